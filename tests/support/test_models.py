"""What the database itself refuses about plans, whoever asks, and what it cannot read without the key."""

import pytest
from django.db import DatabaseError, connection, transaction

from haven.kernel.sealing import Unreadable
from haven.support import actions
from haven.support.models import DevelopmentRecord, ItemOutcome, Plan, PlanItem
from tests.cases import cast as people
from tests.risk.cast import mother
from tests.support import cast

pytestmark = pytest.mark.django_db
AGREED = {
    "agreed_at": people.AT, "recorded_at": people.AT, "told": "telephone", "language": "en", "through": "directly",
    "copy_language": "en", "copy_format": "print", "copy_way": "handed", "copy_as_needed": True,
}  # fmt: skip


def refused(match):
    return pytest.raises(DatabaseError, match=match)


def draft(case, worker, *items):
    return Plan.objects.filter(pk=cast.plan(case, worker, *items).pk)


@pytest.mark.clause("3.3.1")
def test_a_plan_with_nothing_of_theirs_in_it_is_not_agreed_behind_the_scenes(case, worker):
    rows = draft(case, worker, cast.THEIRS)
    with refused("nothing of theirs"), transaction.atomic():
        rows.update(**AGREED, agreed_by=worker)
    with refused("nothing of theirs"), transaction.atomic():
        Plan.objects.create(
            case=case, person=mother(case), number=9, drafted_at=people.AT, drafted_by=worker, agreed_by=worker, **AGREED
        )
    actions.write_item(plan=rows.get(), said=cast.OURS, by=worker, at=people.AT)
    assert rows.update(**AGREED, agreed_by=worker) == 1


@pytest.mark.clause("3.3.1", "3.4.1")
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"told": "sent"}, "a_plan_is_agreed_in_conversation"),
        ({"told": ""}, "a_plan_is_agreed_in_conversation"),
        ({"agreed_by": None}, "a_plan_is_agreed_in_conversation"),
        ({"language": ""}, "a_plan_is_agreed_in_conversation"),
        ({"copy_way": ""}, "a_plan_is_agreed_in_conversation"),
        ({"recorded_at": people.AT - people.HOUR}, "a_plan_is_agreed_in_conversation"),
        ({"through": "family"}, "relatives_do_not_interpret_a_plan"),
        ({"copy_as_needed": False}, "a_copy_is_as_needed_or_as_wished"),
    ],
)
def test_nothing_is_agreed_by_silence_or_by_halves(case, worker, change, constraint):
    rows = draft(case, worker, cast.OURS)
    with refused(constraint), transaction.atomic():
        rows.update(**{**AGREED, "agreed_by": worker, **change})


@pytest.mark.clause("3.3.1")
def test_an_agreed_plan_and_its_steps_stay_as_they_are(case, worker):
    plan = cast.agreed(case, worker)
    items = PlanItem.objects.filter(plan=plan)
    with refused("agreed_is_fixed|Cannot update"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(covers="safety")
    with refused("never_deleted|Cannot delete"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk)._raw_delete("default")
    for change in (lambda: items.update(kind="other"), lambda: items._raw_delete("default"), lambda: copied(items.get())):
        with refused("steps of an agreed plan stay"), transaction.atomic():
            change()


def copied(item):
    item.pk = None
    item.carries = None
    item.save(force_insert=True)


@pytest.mark.clause("3.3.1")
def test_no_step_moves_out_of_an_agreed_plan(case, worker):
    item = cast.agreed(case, worker).items.get()
    other = actions.begin_plan(case=case, person=mother(case), by=worker, at=people.AT + people.DAY)
    with refused("steps of an agreed plan stay"), transaction.atomic():
        PlanItem.objects.filter(pk=item.pk).update(plan=other)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [({"due_on": None}, "what_we_promise_has_its_day"), ({"answers": ""}, "what_is_tailored_says_to_what")],
)
def test_a_step_says_by_when_and_to_what(case, worker, change, constraint):
    plan = cast.plan(case, worker, cast.OURS)
    with refused(constraint), transaction.atomic():
        PlanItem.objects.filter(plan=plan).update(**change)


def test_versions_are_numbered_and_one_is_drafted_at_a_time(case, worker):
    cast.agreed(case, worker)
    said = {"case": case, "person": mother(case), "drafted_at": people.AT, "drafted_by": worker}
    with refused("versions_of_a_plan_are_numbered"), transaction.atomic():
        Plan.objects.create(number=1, **said)
    Plan.objects.create(number=2, **said)
    with refused("one_draft_of_a_plan_at_a_time"), transaction.atomic():
        Plan.objects.create(number=3, **said)


@pytest.mark.parametrize("model", [ItemOutcome, DevelopmentRecord])
def test_what_became_of_it_and_what_happened_is_only_ever_added(case, worker, model):
    item = cast.agreed(case, worker).items.get()
    at = people.AT + people.DAY
    actions.end_item(item=item, outcome="not_done", reason="No locks left", by=worker, at=at)
    actions.record_development(case=case, kind="arrest", learnt_at=at, by=worker, at=at)
    with refused("never_changed|Cannot update"), transaction.atomic():
        model.objects.update(at=at + people.DAY)
    with refused("never_changed|Cannot delete"), transaction.atomic():
        model.objects.all()._raw_delete("default")
    with refused("are kept|permission denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_an_outcome_has_its_reason_and_its_time(case, worker):
    item = cast.agreed(case, worker).items.get()
    said = {"item": item, "at": people.AT, "by": worker}
    with refused("what_was_not_done_has_a_reason"), transaction.atomic():
        ItemOutcome.objects.create(outcome="not_wanted", ended_at=people.AT, **said)
    with refused("a_step_has_ended_when_recorded"), transaction.atomic():
        ItemOutcome.objects.create(outcome="done", ended_at=people.AT + people.HOUR, **said)
    with refused("a_development_is_recorded_once_learnt"), transaction.atomic():
        DevelopmentRecord.objects.create(
            case=case, kind="arrest", learnt_at=people.AT + people.HOUR, at=people.AT, by=worker
        )


def test_the_words_of_a_plan_are_sealed_with_the_key_of_the_person(case, worker):
    item = cast.agreed(case, worker).items.get()
    actions.end_item(item=item, outcome="not_done", reason="No locks left", by=worker, at=people.AT + people.DAY)
    mother(case).sealing_key.destroy(at=people.AT)
    for row, name in ((PlanItem.objects.get(), "words"), (PlanItem.objects.get(), "why"), (ItemOutcome.objects.get(), "reason")):
        with pytest.raises(Unreadable):
            getattr(row, name)
