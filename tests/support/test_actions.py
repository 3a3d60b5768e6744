"""Writing, agreeing and following a plan: one trail entry each, and what is refused leaves nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from haven.kernel.decision import Refused
from haven.people import actions as people_actions
from haven.people.actions import NeedsSaid, Ways
from haven.support import actions
from haven.support.models import DevelopmentRecord, ItemOutcome, Plan, PlanItem
from haven.support.queries import draft_of, open_items, plan_of, unfinished
from haven.support.rules import Copy
from haven.trail.models import Entry
from tests.cases import cast as people
from tests.risk.cast import alleged, mother
from tests.support import cast

pytestmark = pytest.mark.django_db


def refusal(act, **said):
    with pytest.raises(Refused) as caught:
        act(**said)
    return caught.value.decision


@pytest.mark.clause("3.3.1", "3.4.1")
def test_a_plan_is_written_agreed_and_followed(case, worker):
    made = cast.agreed(case, worker, cast.OURS, cast.THEIRS)
    assert plan_of(case, mother(case)) == made
    assert (made.agreed_by, made.told, made.copy_as_needed, made.number) == (worker, "telephone", True, 1)
    ours, theirs = made.items.order_by("pk")
    assert (ours.is_tailored, theirs.is_tailored) == (True, False)
    assert [step.item for step in open_items(case)] == [ours, theirs]
    actions.end_item(item=ours, outcome="done", done_on=cast.TODAY, by=worker, at=people.AT + 2 * people.HOUR)
    assert [step.item for step in unfinished(case)] == [theirs]


@pytest.mark.clause("3.3.1")
def test_a_plan_of_the_landlords_words_alone_is_not_agreed(case, worker):
    made = cast.plan(case, worker)
    actions.add_from_pack(plan=made, codes=["LOCKS", "CONTACT"], by=worker, at=people.AT)
    assert [item.due_on.isoformat() for item in made.items.order_by("pk")] == ["2026-11-24", "2026-11-30"]
    said = {"plan": made, "agreeing": cast.agreeing(), "by": worker, "at": people.AT + people.HOUR}
    decision = refusal(actions.agree_plan, **said)
    assert (decision.clause, "nothing of theirs" in decision.reason) == ("3.3.1", True)
    assert Plan.objects.get().agreed_at is None
    assert Entry.objects.get(act="plan.agreed").outcome == "refused"
    item = made.items.order_by("pk").first()
    own = replace(actions.said_of(item), answers="fear", why="He has a key from when he was a friend")
    actions.write_item(plan=made, item=item, said=own, by=worker, at=people.AT)
    assert actions.agree_plan(**said).is_agreed


@pytest.mark.clause("3.3.1")
@pytest.mark.parametrize("told", ["sent", "voicemail"])
def test_silence_is_no_agreement(case, worker, told):
    made = cast.plan(case, worker, cast.OURS)
    said = cast.agreeing(told=told)
    decision = refusal(actions.agree_plan, plan=made, agreeing=said, by=worker, at=people.AT + people.HOUR)
    assert "Silence" in decision.reason


@pytest.mark.clause("3.4.3(c)")
def test_a_copy_is_in_the_language_and_format_that_they_need_or_as_they_wished(case, worker):
    needs = NeedsSaid(spoken="ar", written="ar", interpreter="yes", formats=["large_print"])
    people_actions.record_needs(person=mother(case), needs=needs, by=worker, at=people.AT)
    made = cast.plan(case, worker, cast.OURS)
    said = {"plan": made, "by": worker, "at": people.AT + people.HOUR}
    english = cast.agreeing(through="interpreter", language="ar")
    assert refusal(actions.agree_plan, agreeing=english, **said).clause == "3.4.3(c)"
    assert refusal(actions.agree_plan, agreeing=cast.agreeing(), **said).clause == "3.4.3(b)"
    wished = replace(english, copy=Copy(language="en", wish="My daughter reads it to me; she likes English"))
    agreed = actions.agree_plan(agreeing=wished, **said)
    assert (agreed.copy_as_needed, agreed.copy_wish) == (False, "My daughter reads it to me; she likes English")


@pytest.mark.clause("3.3.3")
def test_a_copy_goes_by_a_safe_way_only(case, worker):
    made = cast.plan(case, worker, cast.OURS)
    by_post = cast.agreeing(copy=Copy(language="en", way="letter"))
    said = {"plan": made, "agreeing": by_post, "by": worker, "at": people.AT + people.HOUR}
    assert refusal(actions.agree_plan, **said).clause == "3.3.3"
    ways = Ways(preferred="call", safe={"call": "yes", "letter": "yes"})
    people_actions.record_safe_contact(person=mother(case), ways=ways, by=worker, at=people.AT)
    assert actions.agree_plan(**said).copy_way == "letter"


@pytest.mark.clause("3.3.1")
def test_an_agreed_plan_is_fixed_and_a_change_is_a_new_version_to_agree(case, worker):
    first = cast.agreed(case, worker, cast.OURS, cast.THEIRS)
    for act, more in (
        (actions.write_item, {"said": cast.OURS}),
        (actions.add_from_pack, {"codes": ["LOCKS"]}),
        (actions.remove_item, {"item": first.items.first()}),
    ):
        assert refusal(act, plan=first, by=worker, at=people.AT, **more).clause == "3.3.1"
    later = people.AT + people.DAY
    second = actions.begin_plan(case=case, person=mother(case), by=worker, at=later)
    assert [item.carries for item in second.items.order_by("pk")] == list(first.items.order_by("pk"))
    assert second.items.order_by("pk").first().why == cast.OURS.why
    assert refusal(actions.begin_plan, case=case, person=mother(case), by=worker, at=later).clause == "3.3.1"
    assert plan_of(case, mother(case)) == first
    assert draft_of(case, mother(case)) == second
    agreeing = cast.agreeing(agreed_at=later)
    actions.agree_plan(plan=second, agreeing=agreeing, by=worker, at=later)
    assert plan_of(case, mother(case)) == second
    assert {step.item.plan for step in open_items(case)} == {second}


@pytest.mark.clause("3.4.1")
def test_a_step_that_is_taken_out_of_the_next_version_is_settled_first(case, worker):
    first = cast.agreed(case, worker, cast.OURS, cast.THEIRS)
    later = people.AT + people.DAY
    second = actions.begin_plan(case=case, person=mother(case), by=worker, at=later)
    gone = second.items.get(words__isnull=False, doer="person")
    actions.remove_item(plan=second, item=gone, by=worker, at=later)
    said = {"plan": second, "agreeing": cast.agreeing(agreed_at=later), "by": worker, "at": later}
    assert "neither carried on nor settled" in refusal(actions.agree_plan, **said).reason
    left = first.items.get(doer="person")
    actions.end_item(item=left, outcome="not_wanted", reason="It makes me think of it", by=worker, at=later)
    assert actions.agree_plan(**said).is_agreed


@pytest.mark.clause("3.4.1")
def test_a_day_that_has_passed_is_not_agreed_again(case, worker):
    cast.agreed(case, worker)
    late = people.AT + cast.days(10)
    second = actions.begin_plan(case=case, person=mother(case), by=worker, at=late)
    said = {"plan": second, "agreeing": cast.agreeing(agreed_at=late), "by": worker, "at": late}
    assert "had passed" in refusal(actions.agree_plan, **said).reason
    item = second.items.get()
    new_day = replace(actions.said_of(item), due_on=(late + cast.days(2)).date())
    actions.write_item(plan=second, item=item, said=new_day, by=worker, at=late)
    assert actions.agree_plan(**said).is_agreed


@pytest.mark.clause("3.4.1")
def test_what_became_of_a_step_can_be_corrected_and_both_stay(case, worker):
    item = cast.agreed(case, worker).items.get()
    at = people.AT + cast.days(3)
    actions.end_item(item=item, outcome="done", done_on=cast.TODAY, by=worker, at=at)
    actions.end_item(item=item, outcome="not_done", reason="It was another door", by=worker, at=at + people.HOUR)
    first, second = ItemOutcome.objects.order_by("pk")
    assert first.ended_at.isoformat() == "2026-11-23T23:59:00+00:00"
    assert (second.ended_at, second.reason) == (at + people.HOUR, "It was another door")
    assert unfinished(case) == []


def test_done_today_is_done_now(case, worker):
    item = cast.agreed(case, worker).items.get()
    at = people.AT + 2 * people.HOUR
    assert actions.end_item(item=item, outcome="done", done_on=cast.TODAY, by=worker, at=at).ended_at == at


@pytest.mark.clause("3.3.1")
def test_a_plan_is_made_with_somebody_harmed_only(case, worker):
    decision = refusal(actions.begin_plan, case=case, person=alleged(case), by=worker, at=people.AT)
    assert decision.clause == "3.3.1"


@pytest.mark.clause("3.5.1")
def test_nothing_is_planned_in_a_closed_case(case, worker):
    made = cast.plan(case, worker, cast.OURS)
    people.closed(case)
    said = {"by": worker, "at": people.AT}
    for act, more in (
        (actions.begin_plan, {"case": case, "person": mother(case)}),
        (actions.write_item, {"plan": made, "said": cast.OURS}),
        (actions.agree_plan, {"plan": made, "agreeing": cast.agreeing()}),
        (actions.end_item, {"item": made.items.get(), "outcome": "done"}),
        (actions.record_development, {"case": case, "kind": "arrest", "learnt_at": people.AT}),
    ):
        assert refusal(act, **said, **more).clause == "3.5.1"


@pytest.mark.clause("3.3.3")
def test_whoever_may_not_see_the_case_cannot_plan_in_it(case):
    stranger = people.caseworker(people.team("Wear"))
    said = {"case": case, "person": mother(case), "by": stranger, "at": people.AT}
    assert refusal(actions.begin_plan, **said).clause == "3.3.3"
    assert not Plan.objects.exists()


def test_a_step_must_say_what_who_and_when(case, worker):
    made = cast.plan(case, worker)
    for change in ({"words": " "}, {"due_on": None}, {"due_on": cast.TODAY - timedelta(days=1)}, {"why": ""}):
        said = replace(cast.OURS, **change)
        assert not refusal(actions.write_item, plan=made, said=said, by=worker, at=people.AT).allowed
    assert refusal(actions.add_from_pack, plan=made, codes=["TEA"], by=worker, at=people.AT).clause == "3.3.1"
    assert not PlanItem.objects.exists()


def test_a_development_is_recorded_with_when_we_learnt_of_it(case, worker):
    later = people.AT + people.DAY
    made = actions.record_development(
        case=case, kind="arrest", learnt_at=people.AT, words="PC Moss rang", by=worker, at=later
    )
    assert (made.learnt_at, made.at, made.note) == (people.AT, later, "PC Moss rang")
    said = {"case": case, "learnt_at": later + people.HOUR, "by": worker, "at": later}
    assert not refusal(actions.record_development, kind="arrest", **said).allowed
    assert DevelopmentRecord.objects.count() == 1


def test_each_act_leaves_one_entry_without_a_word_of_hers(case, worker):
    made = cast.agreed(case, worker)
    actions.end_item(item=made.items.get(), outcome="not_done", reason="No locks left", by=worker, at=people.AT)
    entries = Entry.objects.filter(chain=case.trail_chain, act__startswith="plan.")
    assert list(entries.order_by("seq").values_list("act", flat=True)) == [
        "plan.begun", "plan.step_written", "plan.agreed", "plan.step_ended",
    ]  # fmt: skip
    assert "lock" not in str([entry.codes for entry in entries])
