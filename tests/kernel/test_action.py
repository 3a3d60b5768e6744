"""Acts: one transaction, one entry, refusals kept, projections once."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from haven.kernel import action as machinery
from haven.kernel.action import ACTS, SYSTEM, action, heard, note, project_with, touch
from haven.kernel.decision import Decision, Refused, require
from haven.kernel.models import SealingKey
from haven.people.models import Person
from haven.policy.register import Register
from haven.trail.models import Entry

AT = datetime(2026, 11, 22, 18, tzinfo=UTC)
REGISTER = Register()
pytestmark = pytest.mark.django_db


@REGISTER.guard("3.3.1", "Refuses whoever may not.")
def may_pass(*, allowed: bool) -> Decision:
    """Decide by what it is told."""
    if allowed:
        return Decision.yes(clause="3.3.1")
    return Decision.no("Not today.", clause="3.3.1", remedy="Ask tomorrow.")


def a_person():
    return Person.objects.create(
        sealing_key=SealingKey.objects.create_for("person"), origin="told", name="Ama", created_at=AT
    )


@action("test.person_made")
def make_person(*, allowed: bool, by, at) -> Person:
    """Make somebody, then ask."""
    made = a_person()
    note(codes=1)
    require(may_pass(allowed=allowed))
    return made


@action("test.person_greeted")
def greet(*, person: Person, also: list, by, at) -> None:
    """Touch further subjects."""
    touch(*also)


@action("test.people_made")
def make_two(*, second_allowed: bool, by, at) -> list:
    """An act of acts."""
    return [make_person(allowed=True, by=by, at=at), make_person(allowed=second_allowed, by=by, at=at)]


@action("test.forgiving")
def make_one_at_least(*, by, at) -> None:
    """An act that goes on when an inner act is refused."""
    make_person(allowed=True, by=by, at=at)
    with pytest.raises(Refused):
        make_person(allowed=False, by=by, at=at)


@pytest.fixture
def projected():
    """What a projection was given, call by call."""
    calls = []

    def projection(subjects, at):
        calls.append((list(subjects), at))

    project_with(projection)
    yield calls
    machinery._projections.remove(projection)


def entries():
    return list(Entry.objects.filter(act__startswith="test.").order_by("pk"))


def test_an_act_leaves_exactly_one_entry_with_guard_codes_and_subject():
    made = make_person(allowed=True, by=SYSTEM, at=AT)
    [entry] = entries()
    assert (entry.act, entry.outcome, entry.at) == ("test.person_made", "done", AT)
    assert (entry.chain, entry.subject_id) == (f"person:{made.pk}", made.pk)
    assert entry.guards == ["test_action.may_pass"]
    assert entry.codes == {"codes": 1}


def test_a_refused_act_leaves_nothing_but_its_refusal():
    with pytest.raises(Refused) as refusal:
        make_person(allowed=False, by=SYSTEM, at=AT)
    assert refusal.value.decision.remedy == "Ask tomorrow."
    assert not Person.objects.exists()
    [entry] = entries()
    assert (entry.outcome, entry.clause, entry.guards) == ("refused", "3.3.1", ["test_action.may_pass"])
    assert entry.subject_id is None


def test_an_act_that_fails_leaves_no_entry_at_all():
    @action("test.failing")
    def fail(*, by, at):
        a_person()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail(by=SYSTEM, at=AT)
    assert not Person.objects.exists()
    assert entries() == []
    ACTS.pop("test.failing")


def test_acts_within_an_act_each_leave_an_entry():
    make_two(second_allowed=True, by=SYSTEM, at=AT)
    assert [e.act for e in entries()] == ["test.person_made", "test.person_made", "test.people_made"]


def test_an_act_of_acts_is_undone_as_one_and_recorded_as_one_refusal():
    with pytest.raises(Refused):
        make_two(second_allowed=False, by=SYSTEM, at=AT)
    assert not Person.objects.exists()
    assert [(e.act, e.outcome) for e in entries()] == [("test.people_made", "refused")]


def test_a_refusal_that_the_outer_act_takes_undoes_the_inner_act_alone():
    make_one_at_least(by=SYSTEM, at=AT)
    assert Person.objects.count() == 1
    assert [(e.act, e.outcome) for e in entries()] == [("test.person_made", "done"), ("test.forgiving", "done")]


def test_projections_are_called_once_for_each_outermost_act_with_each_subject_once(projected):
    person, other = a_person(), a_person()
    greet(person=person, also=[other, person, other], by=SYSTEM, at=AT)
    assert projected == [([other, person], AT)]


def test_projections_of_nested_acts_wait_for_the_outermost(projected):
    people = make_two(second_allowed=True, by=SYSTEM, at=AT)
    assert projected == [(people, AT)]


def test_projections_are_not_called_for_a_refused_act(projected):
    with pytest.raises(Refused):
        make_person(allowed=False, by=SYSTEM, at=AT)
    assert projected == []


def test_a_projection_that_fails_undoes_the_act_and_its_entry():
    def failing(subjects, at):
        raise ZeroDivisionError

    project_with(failing)
    try:
        with pytest.raises(ZeroDivisionError):
            make_person(allowed=True, by=SYSTEM, at=AT)
    finally:
        machinery._projections.remove(failing)
    assert not Person.objects.exists()
    assert entries() == []


def test_the_entry_is_written_before_projections_are_refreshed(projected):
    seen = []
    project_with(counting := lambda subjects, at: seen.append(len(entries())))
    try:
        make_person(allowed=True, by=SYSTEM, at=AT)
    finally:
        machinery._projections.remove(counting)
    assert seen == [1]


@pytest.mark.parametrize("outside", [lambda: note(code=1), lambda: touch(object())])
def test_notes_and_touches_belong_inside_an_act(outside):
    with pytest.raises(RuntimeError, match="inside an act"):
        outside()


def test_a_rule_may_be_asked_outside_an_act():
    require(may_pass(allowed=True))
    heard(Decision.yes(clause="3.3.1"))
    assert entries() == []


def test_nothing_of_one_act_shows_in_the_next():
    make_person(allowed=True, by=SYSTEM, at=AT)
    greet(person=a_person(), also=[], by=SYSTEM, at=AT)
    assert [e.codes for e in entries()] == [{"codes": 1}, {}]
    assert entries()[1].guards == []


def test_the_same_name_cannot_be_given_to_two_acts():
    with pytest.raises(TypeError, match="exists twice"):

        @action("test.person_made")
        def again(*, by, at): ...


@pytest.mark.parametrize(
    "wrong", [lambda by, at: None, lambda *, by: None, lambda *, at: None, lambda *, by, at, **more: None]
)
def test_an_act_takes_keywords_only_with_by_and_at(wrong):
    with pytest.raises(TypeError, match="keywords only"):
        action("test.never")(wrong)


@pytest.mark.parametrize(
    "given", [{"by": SYSTEM}, {"at": AT}, {}, {"by": SYSTEM, "at": AT, "allowed": True, "more": 1}]
)
def test_an_act_called_wrongly_says_so_and_does_nothing(given):
    with pytest.raises(TypeError):
        make_person(**given)
    assert entries() == []


def test_an_act_inside_a_transaction_that_is_undone_is_undone():
    with transaction.atomic():
        make_person(allowed=True, by=SYSTEM, at=AT)
        assert len(entries()) == 1
        transaction.set_rollback(True)
    assert entries() == []


def test_an_act_without_a_subject_belongs_to_the_actors_chain():
    @action("test.subjectless")
    def idle(*, by, at) -> None: ...

    idle(by=SYSTEM, at=AT)
    ACTS.pop("test.subjectless")
    assert entries()[0].chain == "system"


def test_the_database_refuses_to_forget_an_entry():
    make_person(allowed=True, by=SYSTEM, at=AT)
    for order in ("DELETE FROM trail_entry", "UPDATE trail_entry SET act = ''", "TRUNCATE trail_entry"):
        with pytest.raises(Exception, match="Cannot|permission denied|kept"), transaction.atomic():
            connection.cursor().execute(order)
    assert len(entries()) == 1
