"""The gate in the database: who writes straight with SQL, as the web role, is refused as well (clause 3.5.2)."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from haven.interventions import actions
from haven.interventions.models import Approval, Intervention
from haven.interventions.models.gate import GATE
from tests.cases import cast as people
from tests.interventions import cast
from tests.risk import cast as risk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.5.2")]
AT, HOUR = cast.AT, cast.HOUR
SERVED = AT + 13 * HOUR


def execute(sql, *values):
    """Run SQL as haven_web, which tests are signed in as."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("haven_web",)
        cursor.execute(sql, values)


def carry_out(step, at=SERVED):
    execute(
        "UPDATE interventions_intervention SET state = 'executed', served = 'by_hand', executed_at = %s, executed_by_id = %s,"
        " served_by_id = %s WHERE id = %s",
        at, step.proposed_by_id, step.proposed_by_id, step.pk,
    )  # fmt: skip


def refused(reason):
    return pytest.raises(DatabaseError, match=reason)


def attempt(reason, act, *given, **more):
    """Expect that the database refuses, and go on in the same test."""
    with refused(reason), transaction.atomic():
        act(*given, **more)


def test_with_everything_there_the_database_agrees(case, worker, other):
    step = cast.approved(case, worker, other)
    carry_out(step)
    assert Intervention.objects.get().is_done


WITHOUT = {
    cast.consult: "every person harmed was consulted",
    cast.reassess: "between the proposal and the act",
    cast.review: "may do to the person harmed was not reviewed",
    cast.evidence: "no evidence was chosen",
    cast.hear: "was not heard before it",
    cast.support: "3.4.4: no help was offered",
    cast.tenure: "no agreement was found",
    cast.write: "identity shield did not pass|letter as it was written last",
}


@pytest.mark.parametrize("act", WITHOUT)
def test_without_one_of_the_conditions_the_database_refuses(case, worker, other, act):
    step = cast.propose(case, worker)
    if act is cast.consult:
        cast.review(step, worker)
    else:
        skipped = {act, cast.write} if act is cast.tenure else {act}
        for each in cast.READY:
            if each not in skipped:
                each(step, worker)
    attempt(WITHOUT[act], carry_out, step)
    assert not Intervention.objects.get().is_done


def test_a_consultation_that_is_dated_later_does_not_count(case, worker, other):
    step = cast.approved(case, worker, other)
    attempt("consulted", carry_out, step, AT + 2 * HOUR)
    attempt("consulted", carry_out, step, AT + HOUR)


def test_every_person_harmed_who_is_in_the_case_counts(case, worker, other):
    step = cast.approved(case, worker, other)
    risk.add(case, people.person("Sami Yusuf", origin="told"), "harmed")
    attempt("every person harmed", carry_out, step)
    case.people.filter(part="harmed").update(until=AT)
    attempt("every person harmed", carry_out, step)


def test_nobody_goes_against_wishes_without_the_managers_row(case, worker, other):
    step = cast.approved(case, worker, other)
    cast.consult(step, worker, at=AT + 12 * HOUR, view="against")
    attempt("going against wishes", carry_out, step)


def test_measures_that_are_not_in_place_do_not_count(case, worker, other):
    step = cast.ready(case, worker, without=(cast.review,))
    cast.review(step, worker, in_place=False)
    attempt("was not reviewed", carry_out, step)


def test_approval_is_by_another_person_of_this_very_text(case, worker, other):
    step = cast.ready(case, worker)
    attempt("nobody other than who proposed", carry_out, step)
    step.refresh_from_db()
    given = {"intervention": step, "approves": True, "rank": 0, "at": AT + 11 * HOUR}
    Approval.objects.create(**given, by=worker, text_hash=step.text_hash)
    attempt("nobody other than who proposed", carry_out, step)
    Approval.objects.create(**given, by=other, text_hash="0" * 64)
    attempt("nobody other than who proposed", carry_out, step)
    Approval.objects.create(**given, by=other, text_hash=step.text_hash)
    back = {**given, "approves": False, "at": AT + 12 * HOUR, "reason": "No"}
    Approval.objects.create(**back, by=other, text_hash=step.text_hash)
    attempt("nobody other than who proposed", carry_out, step)


def test_whoever_wrote_the_letter_does_not_approve_it(case, worker, other):
    step = cast.ready(case, worker, without=(cast.write,))
    cast.write(step, other)
    step.refresh_from_db()
    Approval.objects.create(intervention=step, approves=True, rank=0, at=AT + 11 * HOUR, by=other, text_hash=step.text_hash)
    attempt("nobody other than who proposed", carry_out, step)


@pytest.mark.clause("3.3.3")
def test_the_shield_passed_this_very_text_and_nothing_is_open(case, worker, other):
    step = cast.ready(case, worker, without=(cast.write,))
    cast.write(step, worker, conduct="You shouted at Amina.")
    attempt("identity shield did not pass", carry_out, step)
    execute("UPDATE interventions_intervention SET text_hash = 'other' WHERE id = %s", step.pk)
    attempt("not the letter as it was written last", carry_out, step)


@pytest.mark.clause("3.3.3")
def test_whoever_wrote_a_text_does_not_clear_it_in_the_database_either(case, worker, other):
    step = cast.ready(case, worker, without=(cast.write,))
    cast.write(step, worker, conduct="You shouted at Amina.")
    columns = "(check_id, number, reason, by_id, at)"
    clear = f"INSERT INTO confidentiality_clearing {columns} SELECT id, 0, '', %s, %s FROM confidentiality_check"
    attempt("whoever wrote a text", execute, clear, worker.pk, AT)
    execute(clear, other.pk, AT)


def test_mediation_does_not_begin_before_both_agreed(case, worker, boss):
    mother = cast.mother(case)
    step = cast.propose(case, worker, "MEDIATION", asked_for_by=mother, asked_words="I want to talk.")
    for act in (cast.consult, cast.reassess, cast.review, cast.evidence, cast.hear, cast.support):
        act(step, worker)
    Approval.objects.create(intervention=step, approves=True, rank=1, at=AT + 11 * HOUR, by=boss, text_hash="")
    attempt("before both sides agreed", carry_out, step)


def test_a_legal_step_needs_a_fresh_look_at_proportionality(case, worker, other):
    step = Intervention.objects.create(
        case=case, subject=cast.subject(case), tool="INJUNCTION", has_letter=False, rests_on_agreement=False, is_legal=True,
        purpose="P", proposed_by=worker, proposed_at=AT, policy_version="1",
    )  # fmt: skip
    for act in (cast.consult, cast.reassess, cast.review, cast.evidence, cast.hear, cast.support):
        act(step, worker)
    attempt("proportionality were not looked at", carry_out, step)
    cast.weigh(step, worker)
    attempt("proportionality were not looked at", carry_out, step, AT + 29 * cast.DAY)
    attempt("before both sides agreed", carry_out, step)


def test_what_was_carried_out_is_not_changed_nor_are_the_acts_that_led_to_it(case, worker, other):
    step = cast.served(case, worker, other)
    attempt("stays as it was", execute, "UPDATE interventions_intervention SET executed_at = %s", AT)
    attempt("stays as it was|carried_out_whole", execute, "UPDATE interventions_intervention SET executed_at = NULL")
    for table in ("consultation", "riskreview", "evidencechosen", "approval", "letter", "toldbefore", "hearingheld"):
        attempt("Cannot|cannot|denied", execute, f"UPDATE interventions_{table} SET at = %s", AT)
        attempt("Cannot|cannot|denied", execute, f"DELETE FROM interventions_{table}")
    attempt("Cannot|cannot|denied", execute, "DELETE FROM interventions_intervention")
    assert step.is_done


def test_nothing_is_inserted_as_carried_out(case, worker):
    given = {
        "case": case, "subject": cast.subject(case), "tool": "FIRST_WARNING", "has_letter": True, "rests_on_agreement": True,
        "is_legal": False, "purpose": "P", "proposed_by": worker, "proposed_at": AT, "policy_version": "1",
    }  # fmt: skip
    done = {"executed_at": AT, "executed_by": worker, "served_by": worker, "served": "by_hand", "state": "executed"}
    attempt("consulted", Intervention.objects.create, **given, **done)
    attempt("what_counts_was_carried_out", Intervention.objects.create, **given, state="executed")
    attempt("a_warning_is_a_letter", Intervention.objects.create, **{**given, "has_letter": False})
    attempt("who_asked_and_how", Intervention.objects.create, **given, asked_words="Please")
    attempt("an_ended_step_has_an_end", Intervention.objects.create, **given, state="ended")
    actions.propose(case=case, subject=cast.subject(case), tool="FIRST_WARNING", purpose="P", by=worker, at=AT)
    attempt("one_step_in_preparation", Intervention.objects.create, **given)


def test_every_refusal_of_the_trigger_is_met_by_a_test():
    said = re.findall(r"RAISE EXCEPTION 'haven: [\d.()a-z]+: ((?:[^']|'')+)'", GATE)
    here = Path(__file__).read_text(encoding="utf-8")
    patterns = [part for text in re.findall(r'attempt\("([^"]+)"', here) + list(WITHOUT.values()) for part in text.split("|")]
    assert [each for each in said if not any(re.search(re.sub(r"^3.4.4: ", "", p), each) for p in patterns)] == []
