"""By when the work on a case is due: plans, reviews, news and what a band of danger causes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from haven.obligations.rules.facts_of_work import EventFacts, StepFacts
from haven.policy import working_days
from haven.policy.bands import Band
from haven.policy.register import duty


@duty("action_plan", ("3.3.1", "3.4.1", "2.0(c)"), "A plan is agreed with the person, and they have a copy")
def plan_due(starts_at: datetime, band: Band) -> datetime:
    """Work out by when a plan must have been agreed with somebody harmed (clause 3.3.1)."""
    return working_days.due("action_plan", starts_at, band)


@duty("safety_plan", ("3.3.4", "3.3.5", "3.3.6", "3.3.7"), "A plan to keep the person safe is agreed with them")
def safety_plan_due(starts_at: datetime, band: Band) -> datetime:
    """Work out by when a plan to keep somebody safe must have been agreed (clauses 3.3.4 to 3.3.7)."""
    return working_days.due("safety_plan", starts_at, band)


@duty("plan_item", ("3.3.1", "3.4.1"), "What was promised in the plan is done, and other agencies are asked after")
def step_due(step: StepFacts) -> datetime:
    """Work out by when a step of an agreed plan is due: on its own day, or asked after by the standard (clause 3.4.1)."""
    return step.due_at or working_days.due("plan_item", step.agreed_at)


@duty("case_review", ("3.5.1", "2.0(b)"), "A manager looks at the case and decides how it goes on")
def manager_review_due(starts_at: datetime, band: Band) -> datetime:
    """Work out by when a manager must have looked at a case, by its band and at the longest (clause 3.5.1)."""
    longest = longest_without_review_due(starts_at)
    return min(working_days.due("case_review", starts_at, band), longest)


@duty("case_review_longest", "3.5.1", "No case is left without a manager’s look for longer, whatever its band")
def longest_without_review_due(starts_at: datetime) -> datetime:
    """Work out the latest by which any case must have been looked at (clause 3.5.1); part of `case_review`."""
    return working_days.due("case_review_longest", starts_at)


@duty("event_update", ("3.4.1", "2.0(b)"), "The person is told when something happens")
def news_due(event: EventFacts, key: str = "event_update") -> datetime:
    """Work out by when the person must have been told of an event (clause 3.4.1)."""
    return working_days.due(key, event.at)


@duty("event_update_urgent", ("3.4.1", "2.0(b)"), "The person is told the same day of an arrest, a release or a hearing")
def urgent_news_due(event: EventFacts) -> datetime:
    """Work out by when the person must have been told of an arrest, a release or a hearing (clause 3.4.1)."""
    return news_due(event, "event_update_urgent")


@duty("risk_review_event", ("3.3.5", "3.3.1"), "The danger is looked at again after something happened; part of `risk_review`")
def look_again_due(event: EventFacts, band: Band) -> datetime:
    """Work out by when the danger must be looked at again after an event (clause 3.3.5)."""
    return working_days.due("risk_review_event", event.at, band)


@duty("children_referral", "3.4.3(d)", "Children are affected: referring them is decided")
def children_due(event: EventFacts) -> datetime:
    """Work out by when referring children who are affected must have been decided (clause 3.4.3(d))."""
    return working_days.due("children_referral", event.at)


@duty("manager_alert", ("3.3.2", "4.1"), "A manager knows of critical danger, at once")
def manager_alert_due(starts_at: datetime) -> datetime:
    """Work out by when a manager must know of critical danger (clause 3.3.2)."""
    return working_days.due("manager_alert", starts_at, Band.CRITICAL)


@duty("second_caseworker", "3.3.2", "In critical danger a second caseworker is named")
def second_caseworker_due(starts_at: datetime) -> datetime:
    """Work out by when a second caseworker must be named (clause 3.3.2)."""
    return working_days.due("second_caseworker", starts_at, Band.CRITICAL)


@duty("home_secured", ("3.3.7", "3.3.5"), "In critical danger making the home secure is decided")
def home_secured_due(starts_at: datetime) -> datetime:
    """Work out by when making the home secure must have been decided (clause 3.3.7)."""
    return working_days.due("home_secured", starts_at, Band.CRITICAL)


@duty("safe_tonight", ("3.3.8", "3.3.4"), "In critical danger it is decided with them where they are safe tonight")
def safe_tonight_due(starts_at: datetime) -> datetime:
    """Work out by when it must be known where the person is safe tonight (clause 3.3.8)."""
    return working_days.due("safe_tonight", starts_at, Band.CRITICAL)


@duty("police_discussion", ("3.3.3(a)", "3.6.1"), "In critical danger speaking with the police is decided, either way")
def police_discussion_due(starts_at: datetime) -> datetime:
    """Work out by when speaking with the police must have been decided, with consent or under 3.3.3 (clause 3.3.3(a))."""
    return working_days.due("police_discussion", starts_at, Band.CRITICAL)


@duty("strategy_discussion", ("3.6.2", "3.3.5"), "In critical danger the way forward is talked through with other agencies")
def strategy_discussion_due(starts_at: datetime) -> datetime:
    """Work out by when the way forward must have been talked through with other agencies (clause 3.6.2)."""
    return working_days.due("strategy_discussion", starts_at, Band.CRITICAL)


@duty("target_hardening", ("3.3.5", "3.3.6"), "In high danger more security for the home is decided")
def target_hardening_due(starts_at: datetime) -> datetime:
    """Work out by when more security for the home must have been decided (clause 3.3.5)."""
    return working_days.due("target_hardening", starts_at, Band.HIGH)


@duty("multi_agency", "3.6.2", "In high danger working with other agencies is considered and decided")
def multi_agency_due(starts_at: datetime) -> datetime:
    """Work out by when working with other agencies must have been considered (clause 3.6.2)."""
    return working_days.due("multi_agency", starts_at, Band.HIGH)


@duty("housing_options", "3.3.4", "In high danger the choices about staying or moving are talked through")
def housing_options_due(starts_at: datetime) -> datetime:
    """Work out by when staying or moving must have been talked through (clause 3.3.4)."""
    return working_days.due("housing_options", starts_at, Band.HIGH)


AT_LEAST_HIGH = frozenset({Band.HIGH, Band.CRITICAL})
RESPONSES: Mapping[str, tuple[frozenset[Band], Callable[[datetime], datetime]]] = MappingProxyType(
    {
        "manager_alert": (frozenset({Band.CRITICAL}), manager_alert_due),
        "home_secured": (frozenset({Band.CRITICAL}), home_secured_due),
        "safe_tonight": (frozenset({Band.CRITICAL}), safe_tonight_due),
        "police_discussion": (frozenset({Band.CRITICAL}), police_discussion_due),
        "second_caseworker": (frozenset({Band.CRITICAL}), second_caseworker_due),
        "strategy_discussion": (frozenset({Band.CRITICAL}), strategy_discussion_due),
        "target_hardening": (AT_LEAST_HIGH, target_hardening_due),
        "multi_agency": (frozenset({Band.HIGH}), multi_agency_due),
        "housing_options": (AT_LEAST_HIGH, housing_options_due),
    }
)
"""What each band must at least cause, and by when (DOMAIN 3.4)."""
