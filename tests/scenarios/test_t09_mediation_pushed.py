"""T9 Mediation pushed (DOMAIN.md 12): 3.5.2 (mediation), 3.3.1, 3.4.4.

Given high-risk antisemitic abuse. When the officer selects mediation, then it is blocked and the reason is shown; when the
person harmed herself later asks for shuttle mediation, screening runs, both consents are recorded, a manager approves;
refusal by the person responsible does not affect her.
"""

import pytest

from haven.interventions import actions
from haven.interventions.models import Intervention
from haven.interventions.queries import has_carried_out
from haven.kernel.decision import Refused
from haven.risk.queries import highest_band, latest_of
from haven.trail.models import Entry
from tests.interventions import cast
from tests.risk import cast as risk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.5.2", "3.5.2(c)", "3.3.1", "3.4.4")]
AT, HOUR, DAY = cast.AT, cast.HOUR, cast.DAY


@pytest.fixture
def abuse(worker):
    """Antisemitic abuse of a mother, assessed as high."""
    case = cast.case(worker, strands=("RELIGION",))
    risk.assess(case, worker, risk.told(cast.mother(case), D5=3), at=AT + HOUR)
    assert highest_band(case) == "high"
    return case


def asks_herself(case, worker):
    """She asks for it of her own accord, days later, in her own words."""
    words = "I want him to know what it does to us. But I will not sit in a room with him."
    return cast.propose(case, worker, "MEDIATION", asked_for_by=cast.mother(case), asked_words=words, at=AT + 3 * DAY)


def prepare(step, worker, *, dangers=()):
    at = AT + 3 * DAY
    cast.consult(step, worker, at=at + HOUR, view="asks")
    cast.reassess(step, worker, at=at + 2 * HOUR)
    cast.review(step, worker, at=at + 3 * HOUR)
    cast.evidence(step, worker, "perception", at=at + 4 * HOUR)
    given = {"is_trained_in_hate": True, "is_shuttle": True, "words": "Spoke with each of them alone."}
    actions.screen(intervention=step, dangers=dangers, **given, by=worker, at=at + 5 * HOUR)


def takes_part(step, worker, person, agrees=True, hours=6):
    at = AT + 3 * DAY + hours * HOUR
    actions.record_consent(intervention=step, person=person, agrees=agrees, by=worker, at=at)


def test_when_the_officer_selects_mediation_it_is_blocked_and_the_reason_is_shown(abuse, worker):
    with pytest.raises(Refused) as refused:
        cast.propose(abuse, worker, "MEDIATION")
    decision = refused.value.decision
    assert decision.reason == "Mediation is not offered where hate is perceived and the risk is high."
    assert decision.clause == "3.5.2(c)"
    assert "may ask for it" in decision.remedy
    assert not Intervention.objects.exists()
    entry = Entry.objects.filter(chain=abuse.trail_chain).order_by("-seq").first()
    assert (entry.act, entry.outcome, entry.clause) == ("intervention.proposed", "refused", "3.5.2(c)")


def test_saying_that_she_asked_needs_her_and_her_words(abuse, worker):
    for person, words in ((cast.subject(abuse), "Let us talk."), (cast.mother(abuse), " ")):
        with pytest.raises(Refused):
            cast.propose(abuse, worker, "MEDIATION", asked_for_by=person, asked_words=words)


def test_when_she_asks_for_shuttle_mediation_it_is_screened_both_agree_and_a_manager_approves(abuse, worker, boss):
    step = asks_herself(abuse, worker)
    prepare(step, worker)
    mother, subject = cast.mother(abuse), cast.subject(abuse)
    takes_part(step, worker, mother)
    with pytest.raises(Refused):
        cast.ask(step, worker, at=AT + 4 * DAY)
    takes_part(step, worker, subject, hours=7)
    cast.hear(step, worker, at=AT + 4 * DAY)
    cast.support(step, worker, at=AT + 4 * DAY)
    cast.ask(step, worker, at=AT + 4 * DAY + HOUR)
    cast.approve(step, boss, at=AT + 4 * DAY + 2 * HOUR)
    cast.tell(step, worker, at=AT + 4 * DAY + 3 * HOUR)
    cast.serve(step, worker, at=AT + 5 * DAY, how="begun")
    step.refresh_from_db()
    assert (step.state, step.live_until) == ("executed", None)
    assert step.screenings.get().is_shuttle
    actions.record_outcome(intervention=step, kind="agreement", words="He wrote to her.", by=worker, at=AT + 6 * DAY)
    actions.end_intervention(intervention=step, ended_as="agreed", by=worker, at=AT + 7 * DAY)


def test_a_caseworker_does_not_approve_it(abuse, worker, other):
    step = asks_herself(abuse, worker)
    prepare(step, worker)
    takes_part(step, worker, cast.mother(abuse))
    takes_part(step, worker, cast.subject(abuse), hours=7)
    cast.hear(step, worker, at=AT + 4 * DAY)
    cast.support(step, worker, at=AT + 4 * DAY)
    cast.ask(step, worker, at=AT + 4 * DAY + HOUR)
    with pytest.raises(Refused, match="higher level"):
        cast.approve(step, other, at=AT + 4 * DAY + 2 * HOUR)


@pytest.mark.parametrize("danger", ["fear", "coercion", "violence", "live_threat", "power"])
def test_screening_that_finds_danger_stops_it_before_he_is_even_asked(abuse, worker, danger):
    step = asks_herself(abuse, worker)
    prepare(step, worker, dangers=[danger])
    with pytest.raises(Refused, match="found safe"):
        takes_part(step, worker, cast.subject(abuse))


def test_that_he_says_no_does_not_affect_her_nor_mark_anybody(abuse, worker):
    step = asks_herself(abuse, worker)
    prepare(step, worker)
    mother = cast.mother(abuse)
    takes_part(step, worker, mother)
    band, before = highest_band(abuse), latest_of(abuse, person=mother.pk, home=None)
    takes_part(step, worker, cast.subject(abuse), agrees=False, hours=7)
    with pytest.raises(Refused, match=r"person responsible has not been heard|held against nobody"):
        cast.ask(step, worker, at=AT + 4 * DAY)
    actions.end_intervention(intervention=step, ended_as="not_taken_up", by=worker, at=AT + 4 * DAY)
    step.refresh_from_db()
    assert (step.ended_as, step.live_until, step.executed_at) == ("not_taken_up", None, None)
    assert not has_carried_out(abuse)
    assert (highest_band(abuse), latest_of(abuse, person=mother.pk, home=None)) == (band, before)
    abuse.refresh_from_db()
    assert abuse.is_open
    cast.propose(abuse, worker, "FINAL_WARNING", at=AT + 5 * DAY)
