"""T12 Ill person responsible (DOMAIN.md 12), as far as the tools exist: 3.4.4, 3.4.5, 3.5.2, 5.1, 3.3.4.

Given a person with schizophrenia who shouts racist delusions nightly at a Somali family; they are sleeping at a cousin's.
When the officer asks for a step with a proportionality form from 40 days ago, then it is stale and done again; support
referrals are offered; capacity and terms are considered; the family is protected today regardless, and consulted.
"""

import pytest

from haven.interventions import actions
from haven.interventions.models import Proportionality, RiskReview, SupportConsidered
from haven.interventions.queries import gate_of
from haven.interventions.rules.recording import QUESTIONS
from haven.kernel.decision import Refused
from haven.risk.actions import look_at_subject
from tests.cases import cast as people
from tests.interventions import cast
from tests.risk import cast as risk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.4.4", "3.4.5", "3.5.2")]
AT, HOUR, DAY = cast.AT, cast.HOUR, cast.DAY
LATER = AT + 41 * DAY


@pytest.fixture
def family(worker):
    """A mother and her son, shouted at every night; the man who shouts is known to be ill."""
    case = cast.case(worker, account="He shouts through the wall every night that we must go back to Mogadishu.")
    risk.add(case, people.person("Sami Yusuf", origin="told"), "harmed")
    look_at_subject(case=case, person=cast.subject(case), said={"mental_health": "yes"}, by=worker, at=AT)
    return case


def everybody_asked(step, worker, at):
    for person in (cast.mother(step.case), risk.child(step.case)):
        cast.consult(step, worker, person=person, at=at)


@pytest.fixture
def step(family, worker):
    """Everything is there, and fairness was looked at when it was proposed."""
    found = cast.propose(family, worker, "FINAL_WARNING", at=AT)
    cast.weigh(found, worker, at=AT + DAY)
    everybody_asked(found, worker, AT + 2 * DAY)
    for act in cast.READY[1:]:
        act(found, worker, at=AT + 3 * DAY)
    return found


def test_a_form_from_forty_days_ago_is_stale_and_must_be_done_again(step, worker, boss):
    with pytest.raises(Refused) as refused:
        cast.ask(step, worker, at=LATER)
    assert refused.value.decision.reason == "The look at equality and proportionality is older than 28 days."
    assert refused.value.decision.remedy == "Look at them again, on the facts of today."
    cast.weigh(step, worker, at=LATER)
    cast.ask(step, worker, at=LATER + HOUR)
    cast.approve(step, boss, at=LATER + 2 * HOUR)
    for person in (cast.mother(step.case), risk.child(step.case)):
        cast.tell(step, worker, person=person, at=LATER + 3 * HOUR)
    cast.serve(step, worker, at=LATER + 4 * HOUR)
    assert [each.at for each in Proportionality.objects.order_by("at")] == [AT + DAY, LATER]


def test_it_goes_stale_between_approval_and_service_too(step, worker, boss):
    cast.weigh(step, worker, at=AT + 4 * DAY)
    cast.ask(step, worker, at=AT + 4 * DAY + HOUR)
    cast.approve(step, boss, at=AT + 5 * DAY)
    for person in (cast.mother(step.case), risk.child(step.case)):
        cast.tell(step, worker, person=person, at=AT + 5 * DAY + HOUR)
    with pytest.raises(Refused, match="older than 28 days"):
        cast.serve(step, worker, at=AT + 33 * DAY)


def test_without_any_look_nothing_is_done_because_he_is_known_to_be_ill(family, worker):
    found = cast.propose(family, worker, at=AT)
    assert gate_of(found, AT + HOUR).needs_proportionality
    everybody_asked(found, worker, AT + HOUR)
    for act in cast.READY[1:]:
        act(found, worker, at=AT + 3 * DAY)
    with pytest.raises(Refused, match="have not been looked at"):
        cast.ask(found, worker, at=AT + 4 * DAY)


def test_capacity_adjustments_and_both_sides_are_considered(step, worker):
    assert {"capacity", "connection", "adjustments", "support", "effect_on_them", "effect_on_harmed"} <= set(QUESTIONS)
    said = {**dict.fromkeys(QUESTIONS, "Looked at."), "capacity": ""}
    given = {"intervention": step, "is_proportionate": True, "by": worker, "at": LATER}
    with pytest.raises(Refused, match="A question about equality"):
        actions.assess_proportionality(**given, said=said)


def test_a_step_that_is_not_proportionate_is_not_taken(step, worker):
    cast.weigh(step, worker, at=LATER, is_proportionate=False)
    with pytest.raises(Refused, match="not proportionate"):
        cast.ask(step, worker, at=LATER + HOUR)


def test_help_is_offered_and_nobody_is_approached_without_it(family, worker):
    found = cast.propose(family, worker, at=AT)
    everybody_asked(found, worker, AT + HOUR)
    for act in cast.READY[1:]:
        if act is not cast.support:
            act(found, worker, at=AT + DAY)
    cast.weigh(found, worker, at=AT + DAY)
    with pytest.raises(Refused, match="help to change"):
        cast.ask(found, worker, at=AT + 2 * DAY)
    actions.consider_support(
        intervention=found, is_offered=True, kinds=["mental_health", "social_care"], by=worker, at=AT + 2 * DAY,
        words="His nurse knows; a referral to adult social care went out with his consent.",
    )  # fmt: skip
    cast.ask(found, worker, at=AT + 2 * DAY + HOUR)
    assert SupportConsidered.objects.get().kinds == ["mental_health", "social_care"]


def test_the_family_is_protected_from_the_first_day_whatever_becomes_of_the_step(family, worker):
    found = cast.propose(family, worker, at=AT)
    cast.review(found, worker, at=AT + HOUR)
    assert RiskReview.objects.get().in_place_at < AT + HOUR
    actions.end_intervention(intervention=found, ended_as="withdrawn", by=worker, at=AT + DAY)
    assert RiskReview.objects.exists()


def test_everybody_in_the_family_who_is_harmed_is_consulted(family, worker):
    found = cast.propose(family, worker, at=AT)
    cast.consult(found, worker, at=AT + HOUR)
    with pytest.raises(Refused, match="1 of 2 people harmed"):
        cast.ask(found, worker, at=AT + DAY)
