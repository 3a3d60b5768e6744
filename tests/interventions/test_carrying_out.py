"""A warning letter from proposal to its end: what is written, what the trail says, and what is refused on the way."""

import pytest

from haven.cases.models import Case
from haven.confidentiality.models import Check, Clearing
from haven.homes.choices import Holding
from haven.homes.models import AgreementClause, Property, Tenancy
from haven.interventions import actions
from haven.interventions.models import Approval, Consultation, Intervention, Letter, TenureFound
from haven.interventions.queries import (
    check_of,
    consulted_at,
    events_of,
    has_carried_out,
    open_in,
    waiting_for_approval,
)
from haven.kernel.decision import Refused
from haven.people.models import Occupancy, Person
from haven.trail.models import Entry
from tests.cases import cast as people
from tests.interventions import cast
from tests.risk import cast as risk

pytestmark = pytest.mark.django_db
AT, HOUR = cast.AT, cast.HOUR


def refused(reason):
    return pytest.raises(Refused, match=reason)


def latest_entry(case):
    return Entry.objects.filter(chain=case.trail_chain).order_by("-seq").first()


def state(step):
    step.refresh_from_db()
    return step.state


@pytest.mark.clause("3.5.2", "3.5.2(a)")
def test_a_letter_goes_out_once_everything_is_there(case, worker, other):
    step = cast.served(case, worker, other)
    assert (step.state, step.executed_at, step.executed_by) == ("executed", AT + 13 * HOUR, worker)
    assert (step.served, str(step.live_until)) == ("by_hand", "2027-11-23")
    entry = latest_entry(case)
    assert (entry.act, entry.codes) == ("intervention.carried_out", {"how": "by_hand", "tool": "FIRST_WARNING"})


def test_how_far_it_has_come_follows_each_act(case, worker, other):
    step = cast.propose(case, worker)
    assert state(step) == "proposed"
    cast.consult(step, worker)
    assert state(step) == "consulted"
    for act in cast.READY[1:]:
        act(step, worker)
    assert state(step) == "assessed"
    cast.ask(step, worker)
    step.refresh_from_db()
    assert step.waiting_since == AT + 10 * HOUR
    cast.approve(step, other)
    assert (state(step), step.waiting_since) == ("approved", None)


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize("act", cast.READY)
def test_approval_is_not_even_asked_for_before_everything_is_there(case, worker, act):
    step = cast.propose(case, worker)
    needs_it = {cast.consult: {cast.hear}, cast.tenure: {cast.write}}.get(act, set())
    for each in cast.READY:
        if each is not act and each not in needs_it:
            each(step, worker)
    with pytest.raises(Refused):
        cast.ask(step, worker)
    assert latest_entry(case).outcome == "refused"
    step.refresh_from_db()
    assert step.waiting_since is None


@pytest.mark.clause("3.5.2")
def test_a_step_is_not_carried_out_before_it_is_approved_and_they_know(case, worker, other):
    step = cast.ready(case, worker)
    with refused("Nobody has approved this step. One more thing is missing."):
        cast.serve(step, worker)
    cast.ask(step, worker)
    cast.approve(step, other)
    with refused("does not know yet"):
        cast.serve(step, worker)
    cast.tell(step, worker)
    with refused("Nobody has approved|dated|not been asked"):
        cast.serve(step, worker, served_at=AT + HOUR)
    assert not Intervention.objects.exclude(executed_at=None).exists()


@pytest.mark.clause("3.5.2")
def test_pressed_twice_it_happens_once_and_the_second_is_told_what_happened(case, worker, other):
    step = cast.served(case, worker, other)
    before = Intervention.objects.values("version", "executed_at").get()
    with refused("recorded already: put through the door or handed over by Ada Worker, 23 November at 23:00, recorded by Ada"):
        cast.serve(step, other, at=AT + 14 * HOUR)
    assert Intervention.objects.values("version", "executed_at").get() == before


@pytest.mark.clause("3.5.2")
def test_what_led_to_it_stays_as_it_was(case, worker, other):
    step = cast.served(case, worker, other)
    for late in (cast.consult, cast.review, cast.evidence, cast.hear, cast.support, cast.tenure, cast.write, cast.weigh):
        with refused("has been carried out"):
            late(step, worker, at=AT + 14 * HOUR)


@pytest.mark.clause("3.5.2")
def test_a_changed_word_makes_check_and_approval_void(case, worker, other):
    step = cast.approved(case, worker, other)
    before = step.text_hash
    cast.write(step, worker, at=AT + 13 * HOUR, change="Stop at once.")
    step.refresh_from_db()
    assert step.text_hash != before
    assert state(step) == "assessed"
    with refused("text was changed after it was approved"):
        cast.serve(step, worker, at=AT + 14 * HOUR)
    cast.ask(step, worker, at=AT + 14 * HOUR)
    with refused("changed since you opened it"):
        actions.approve(intervention=step, text_hash=before, by=other, at=AT + 15 * HOUR)
    cast.approve(step, other, at=AT + 15 * HOUR)
    cast.serve(step, worker, at=AT + 16 * HOUR)
    assert Letter.objects.count() == 2


@pytest.mark.clause("3.5.2")
def test_whoever_proposed_wrote_or_checked_does_not_approve(case, worker, other, boss):
    step = cast.ready(case, worker, without=(cast.write,))
    cast.write(step, other)
    cast.ask(step, boss)
    for each in (worker, other, boss):
        with refused("Whoever proposed, wrote or checked"):
            cast.approve(step, each)
    third = people.caseworker(worker.team)
    cast.approve(step, third)
    assert Approval.objects.get().by == third


@pytest.mark.clause("3.5.2")
def test_a_final_warning_needs_a_manager_and_no_first_warning(case, worker, other, boss):
    step = cast.ready(case, worker, tool="FINAL_WARNING")
    cast.ask(step, worker)
    with refused("higher level"):
        cast.approve(step, other)
    cast.approve(step, boss)
    assert state(step) == "approved"


def test_two_people_decide_one_wins_and_the_other_is_told(case, worker, other, boss):
    step = cast.ready(case, worker)
    cast.ask(step, worker)
    text = Intervention.objects.get().text_hash
    actions.send_back(intervention=step, text_hash=text, reason="Shorter.", by=boss, at=AT + 11 * HOUR)
    with refused("Nobody has asked for approval"):
        cast.approve(step, other)
    assert Approval.objects.get().reason == "Shorter."


@pytest.mark.clause("3.5.2")
def test_asking_again_after_approval_asks_for_approval_again(case, worker, other):
    step = cast.approved(case, worker, other)
    cast.consult(step, worker, at=AT + 12 * HOUR + HOUR / 2, view="no_view")
    assert state(step) == "assessed"
    with refused("asked again after this was approved"):
        cast.serve(step, worker, at=AT + 13 * HOUR)


@pytest.mark.clause("3.5.2")
def test_wishes_are_gone_against_by_a_manager_with_a_plan_and_after_telling_her(case, worker, other, boss):
    step = cast.propose(case, worker)
    cast.consult(step, worker, view="against")
    for act in cast.READY[1:]:
        act(step, worker)
    with refused("does not want this step"):
        cast.ask(step, worker)
    reasons = actions.Reasons(reason="Children are in danger.", safety_plan="A move.", in_place="Alarm.", told_at=AT + 9 * HOUR)
    given = {"intervention": step, "person": cast.mother(case), "reasons": reasons, "at": AT + 9 * HOUR + HOUR / 2}
    with refused("a level above"):
        actions.go_against_wishes(**given, by=other)
    actions.go_against_wishes(**given, by=boss)
    cast.ask(step, worker)
    cast.approve(step, other)
    cast.tell(step, worker)
    cast.serve(step, worker)
    assert state(step) == "executed"


@pytest.mark.clause("3.5.2")
def test_somebody_harmed_who_comes_into_the_case_is_asked_too(case, worker, other):
    step = cast.approved(case, worker, other)
    child = risk.add(case, people.person("Sami Yusuf", origin="told"), "harmed")
    with refused("1 of 2 people harmed"):
        cast.serve(step, worker)
    cast.consult(step, worker, person=child, at=AT + 13 * HOUR)
    with refused("assessed again once a step"):
        cast.serve(step, worker, at=AT + 14 * HOUR)


@pytest.mark.clause("3.5.2")
def test_the_person_responsible_is_not_heard_before_the_consultation(case, worker):
    step = cast.propose(case, worker)
    with refused("Each person harmed is asked first"):
        cast.hear(step, worker)
    cast.hear(step, worker, "not_safe")


@pytest.mark.clause("3.5.2")
def test_a_managed_home_is_as_good_as_our_own(case, worker, other):
    Property.objects.filter(tenancies=cast.tenancy_of(case)).update(holding=Holding.MANAGED)
    assert cast.served(case, worker, other).is_done


@pytest.mark.clause("3.5.2(a)")
def test_the_tenant_answers_for_the_household_and_for_visitors(case, worker):
    mother = cast.tenancy(people.home(street="Elm Row"), code="LSE-2006", name="Joan Hall", part="leaseholder")
    step = cast.propose(case, worker)
    with refused("register does not say so"):
        cast.tenure(step, worker, let=mother, link="household")
    with refused("Say how we know"):
        cast.tenure(step, worker, let=mother, link="visitor")
    cast.tenure(step, worker, let=mother, link="visitor", words="He says that he is there every night.")
    found = TenureFound.objects.get()
    assert [each.name for each in found.recipients.all()] == ["Joan Hall"]
    Occupancy.objects.create(tenancy=mother, person=cast.subject(case), part="member", from_on="2020-01-01")
    cast.tenure(step, worker, let=mother, link="household", at=AT + 9 * HOUR)


@pytest.mark.clause("3.5.2(a)")
def test_a_letter_quotes_only_the_agreement_that_the_household_has(case, worker):
    other_agreement = cast.tenancy(people.home(street="Elm Row"), code="AST-2021").agreement
    step = cast.ready(case, worker, without=(cast.write,))
    with refused("clause of another agreement"):
        cast.write(step, worker, clauses=list(AgreementClause.objects.filter(agreement=other_agreement)))
    with refused("quotes no clause"):
        cast.write(step, worker, clauses=[])
    cast.write(step, worker)
    kept = Letter.objects.get().content["english"]["clauses"]
    clause = cast.clauses(cast.tenancy_of(case))[0]
    assert kept == [{"number": clause.number, "heading": clause.heading, "words": clause.words}]


@pytest.mark.clause("3.5.2(a)")
def test_a_new_agreement_before_service_stops_the_letter(case, worker, other):
    step = cast.approved(case, worker, other)
    newer = cast.tenancy(people.home(street="Elm Row"), code="AST-2021").agreement
    Tenancy.objects.filter(pk=cast.tenancy_of(case).pk).update(agreement=newer)
    with refused("another version of the agreement"):
        cast.serve(step, worker)


@pytest.mark.clause("3.3.3")
def test_a_letter_to_the_home_of_the_person_harmed_is_stopped(case, worker, other):
    step = cast.approved(case, worker, other)
    Occupancy.objects.create(tenancy=cast.tenancy_of(case), person=cast.mother(case), part="member", from_on="2020-01-01")
    with refused("A person harmed lives under this tenancy"):
        cast.serve(step, worker)


@pytest.mark.clause("3.4.3(c)")
def test_a_letter_in_a_language_that_is_not_read_is_stopped_until_translated_or_agreed(case, worker):
    cast.reads(cast.subject(case), "pl")
    step = cast.ready(case, worker)
    with refused("not in the language"):
        cast.ask(step, worker)
    cast.write(step, worker, agreed_language="He said on the telephone that English is easier.")
    cast.ask(step, worker)


@pytest.mark.clause("3.3.3")
def test_the_shield_knows_what_was_said_when_they_were_consulted(case, worker):
    step = cast.propose(case, worker)
    asked = cast.asked(wishes="Tell him to leave my hollyhocks alone.", at=AT + HOUR)
    actions.record_consultation(intervention=step, person=cast.mother(case), asked=asked, by=worker, at=AT + 2 * HOUR)
    for act in cast.READY[1:-1]:
        act(step, worker)
    cast.write(step, worker, conduct="You trampled hollyhocks on Sunday night at twenty to ten, at 24 Larch Road.")
    found = {(each["kind"], each["words"]) for each in Check.objects.get().findings}
    assert {("word", "hollyhocks"), ("date", "Sunday"), ("time", "twenty to ten")} <= found
    assert any(kind == "address" for kind, _ in found)


@pytest.mark.clause("3.3.3")
def test_what_was_found_is_taken_out_or_cleared_by_whoever_approves(case, worker, other):
    step = cast.ready(case, worker, without=(cast.write,))
    cast.write(step, worker, conduct="You shouted at Amina.")
    cast.ask(step, worker)
    with refused("one thing in the text"):
        cast.approve(step, other)
    step.refresh_from_db()
    check = check_of(step)
    clear = {"intervention": step, "check": check, "number": 0, "reason": "He named her himself.", "at": AT + 11 * HOUR}
    with refused("cannot approve it"):
        actions.clear_found(**clear, by=worker)
    actions.clear_found(**clear, by=other)
    assert Clearing.objects.get().reason == "He named her himself."
    cast.approve(step, other, at=AT + 12 * HOUR)
    cast.tell(step, worker, at=AT + 13 * HOUR)
    cast.serve(step, worker, at=AT + 14 * HOUR)
    assert state(step) == "executed"


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize(
    ("kind", "expected"), [("reply", "monitored"), ("complied", "monitored"), ("counter", "monitored"), ("repeated", "breached")]
)
def test_what_comes_of_it_is_recorded_and_it_ends(case, worker, other, kind, expected):
    step = cast.served(case, worker, other)
    actions.record_outcome(intervention=step, kind=kind, words="He wrote to us.", by=worker, at=AT + 15 * HOUR)
    assert state(step) == expected
    actions.record_outcome(intervention=step, kind="reply", words="And again.", by=worker, at=AT + 16 * HOUR)
    assert state(step) == expected
    actions.end_intervention(intervention=step, ended_as="complied", by=worker, at=AT + 17 * HOUR)
    assert (state(step), step.ended_as) == ("ended", "complied")
    with refused("until it ends"):
        actions.record_outcome(intervention=step, kind="reply", words="Late.", by=worker, at=AT + 18 * HOUR)


def test_duties_and_closing_read_what_was_done(case, worker, other):
    assert (list(open_in(case)), events_of(case), consulted_at(case), has_carried_out(case)) == ([], [], None, False)
    step = cast.ready(case, worker)
    cast.ask(step, worker)
    assert list(waiting_for_approval(Case.objects.filter(pk=case.pk))) == [step]
    assert list(waiting_for_approval(Case.objects.none())) == []
    assert consulted_at(case) == AT + 2 * HOUR
    cast.approve(step, other)
    cast.tell(step, worker)
    cast.serve(step, worker)
    assert has_carried_out(case)
    assert list(open_in(case)) == [step]
    actions.end_intervention(intervention=step, ended_as="complied", by=worker, at=AT + 20 * HOUR)
    assert [(each.what, each.at) for each in events_of(case)] == [
        ("proposed", AT + HOUR), ("executed", AT + 13 * HOUR), ("ended", AT + 20 * HOUR),
    ]  # fmt: skip
    assert list(open_in(case)) == []


@pytest.mark.clause("3.3.3")
def test_nobody_without_the_case_acts_or_decides(case, worker):
    step = cast.ready(case, worker)
    cast.ask(step, worker)
    stranger = people.manager(people.team("Wear"))
    for act in (cast.approve, cast.support, cast.tell, cast.write):
        with refused("nothing here"):
            act(step, stranger)


@pytest.mark.clause("3.5.1")
def test_nothing_is_done_in_a_closed_case(case, worker):
    step = cast.propose(case, worker)
    people.closed(case, AT)
    with refused("closed"):
        cast.consult(step, worker)
    with refused("closed"):
        cast.propose(case, worker, "FINAL_WARNING")
    assert not Consultation.objects.exists()


def test_the_trail_holds_codes_and_never_a_word(case, worker, other):
    cast.served(case, worker, other)
    written = " ".join(str(each.codes) for each in Entry.objects.filter(chain=case.trail_chain))
    for word in ("Amina", "Dean", "alarm", "joke", "abuse", "Larch"):
        assert word not in written


@pytest.mark.clause("3.5.2")
def test_records_that_were_confirmed_to_be_one_person_are_asked_once(case, worker, other):
    mother = cast.mother(case)
    again = risk.add(case, people.person("Amina Yussuf", origin="told"), "harmed")
    Person.objects.filter(pk=again.pk).update(same_as=mother)
    assert cast.served(case, worker, other).is_done
    assert {each.person for each in Consultation.objects.all()} == {mother}


def test_who_took_it_there_is_kept_beside_who_recorded_it(case, worker, other):
    step = cast.approved(case, worker, other)
    given = {"intervention": step, "how": "in_person", "served_at": AT + 13 * HOUR, "by": worker, "at": AT + 14 * HOUR}
    actions.record_service(**given, served_by=other)
    step.refresh_from_db()
    assert (step.served_by, step.executed_by) == (other, worker)
