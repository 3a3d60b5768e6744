"""What is owed of a plan: that one is agreed with each person harmed, and that its steps are taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from haven.obligations.rules.clocks_of_work import AT_LEAST_HIGH, plan_due, safety_plan_due, step_due
from haven.obligations.rules.facts import CaseFacts, HarmedFacts, Owed, PlanFacts, Reach, ReportFacts, StepFacts
from haven.obligations.rules.owing import changed, ended, of_case, owe
from haven.obligations.rules.responses import spans
from haven.obligations.rules.risks import sooner
from haven.policy.bands import Band


def of_plans(report: ReportFacts, case: CaseFacts) -> Iterator[Owed]:
    """Give what is owed of plans in a case that this report leads (clauses 3.3.1 and 3.4.1)."""
    for somebody in report.harmed:
        if somebody.case == case.id:
            yield _whole_plan(report, case, somebody)
            yield from _safety_plan(report, case, somebody)
    for step in report.steps:
        if step.case == case.id:
            yield _step(report, case, step)


def _whole_plan(report: ReportFacts, case: CaseFacts, somebody: HarmedFacts) -> Owed:
    starts_at = known_since(report, case, somebody)
    due_at = sooner(report, case.id, "action_plan", starts_at, plan_due(starts_at, report.band))
    agreed = (each.agreed_at for each in report.plans if _is_theirs(each, somebody) and each.is_whole)
    owed = owe(report, "action_plan", due_at, met_at=min(agreed, default=None))
    return _towards(report, case, somebody, changed(owed, starts_at=starts_at))


def _safety_plan(report: ReportFacts, case: CaseFacts, somebody: HarmedFacts) -> Iterator[Owed]:
    """Each time that the danger is high, a plan for safety is owed by itself; below, it is part of the whole one."""
    for span in spans(report, case.id, AT_LEAST_HIGH):
        starts_at = max(span.since, known_since(report, case, somebody))
        due_at = safety_plan_due(starts_at, Band.HIGH if span.by else report.band)
        due_at = sooner(report, case.id, "safety_plan", starts_at, due_at)
        theirs = (each for each in report.plans if _is_theirs(each, somebody) and each.keeps_safe)
        agreed = min((each.agreed_at for each in theirs if each.agreed_at >= span.since), default=None)
        owed = _towards(report, case, somebody, ended(owe(report, "safety_plan", due_at, met_at=agreed), span.until))
        yield changed(owed, starts_at=starts_at, occasion=f"{owed.occasion} {span.by}".strip())


def _is_theirs(plan: PlanFacts, somebody: HarmedFacts) -> bool:
    return (plan.case, plan.person) == (somebody.case, somebody.person)


def known_since(report: ReportFacts, case: CaseFacts, somebody: HarmedFacts) -> datetime:
    """Return since when we have known of somebody: from the report, unless they were added to the case later."""
    return report.received_at if somebody.since <= case.opened_at else max(somebody.since, report.received_at)


def _towards(report: ReportFacts, case: CaseFacts, somebody: HarmedFacts, owed: Owed) -> Owed:
    """Owe it to one person; promised to whoever reported and may be asked, and ended when they want no contact."""
    if somebody.has_reported and report.reach is Reach.NOT_WANTED:
        owed = ended(owed, report.reach_since)
    asked = somebody.has_reported and report.reach is Reach.BY_THEIR_WAY and not report.is_anonymous
    return of_case(
        ended(owed, somebody.no_longer_since),
        case,
        occasion=f"person {somebody.person}",
        is_promise=owed.is_promise and asked,
        urgency=min(case.urgency, report.urgency),
    )


def _step(report: ReportFacts, case: CaseFacts, step: StepFacts) -> Owed:
    """A step of ours is met when it is done; one that we decide not to do is missed, whenever we decided that."""
    owed = owe(report, "plan_item", step_due(step), met_at=step.done_at)
    if step.not_done_at is not None:
        owed = ended(owed, max(step.not_done_at, owed.due_at + timedelta(seconds=1)) if step.is_promise else step.not_done_at)
    return of_case(
        ended(ended(owed, step.not_wanted_at), step.replaced_at),
        case,
        starts_at=step.agreed_at,
        occasion=f"step {step.id}",
        is_promise=step.is_promise,
        urgency=min(case.urgency, report.urgency),
    )
