"""The register: who carries out which clause, and what it refuses to write down."""

from datetime import UTC, datetime

import pytest

from haven.kernel.decision import Decision
from haven.policy import register as the_register
from haven.policy.clauses import CLAUSES, UnknownClause
from haven.policy.register import REGISTER, Figure, Record, Register

NOW = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)


@pytest.fixture
def register() -> Register:
    return Register()


def test_a_guard_stamps_its_name_on_every_decision(register):
    @register.guard("3.3.3", "tells without permission")
    def may_tell(*, permitted: bool) -> Decision:
        return Decision.yes(clause="3.3.3") if permitted else Decision.no("No permission.", clause="3.3.3")

    yes, no = may_tell(permitted=True), may_tell(permitted=False)
    assert (yes.allowed, yes.guard) == (True, "test_register.may_tell")
    assert (no.allowed, no.guard, no.reason, no.clause) == (
        False,
        "test_register.may_tell",
        "No permission.",
        "3.3.3",
    )


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("haven.cases.rules", "cases.may_open"),
        ("haven.cases.rules.opening", "cases.may_open"),
        ("tests.cases.test_rules", "test_rules.may_open"),
    ],
)
def test_a_guard_is_named_after_its_part_and_function(register, module, expected):
    def may_open() -> Decision:
        return Decision.yes(clause="3.3.2")

    may_open.__module__ = module
    assert register.guard("3.3.2", "opens twice")(may_open)().guard == expected
    assert list(register.guards) == [expected]


def test_a_decision_keeps_the_name_of_the_guard_that_refused_first(register):
    @register.guard("3.3.3", "tells without permission")
    def may_tell() -> Decision:
        return Decision.no("No permission.", clause="3.3.3")

    @register.guard("3.6.1", "tells the police against the person's choice")
    def may_tell_police() -> Decision:
        return may_tell()

    assert may_tell_police().guard == "test_register.may_tell"


@pytest.mark.parametrize("answer", [None, True, False, "yes", 1])
def test_a_guard_that_answers_anything_but_a_decision_is_an_error(register, answer):
    @register.guard("3.3.3", "tells without permission")
    def may_tell() -> Decision:
        return answer

    with pytest.raises(TypeError, match="not a Decision"):
        may_tell()


def test_a_guard_keeps_its_name_docstring_and_arguments(register):
    @register.guard("3.3.3", "tells without permission")
    def may_tell(first: int, *, second: int) -> Decision:
        """Decide whether it may be told."""
        return Decision.no(f"{first} and {second}", clause="3.3.3")

    assert (may_tell.__name__, may_tell.__doc__) == ("may_tell", "Decide whether it may be told.")
    assert may_tell(1, second=2).reason == "1 and 2"


def test_an_unknown_clause_is_refused_at_once(register):
    with pytest.raises(UnknownClause):
        register.guard("9.9", "anything")
    with pytest.raises(UnknownClause):
        register.duty("triage", ("3.3.2", "9.9"), "anything")
    with pytest.raises(UnknownClause):
        register.record("9.9", "reports.Report", "anything")
    with pytest.raises(UnknownClause):
        register.figure("9.9", "time to first contact", "anything")
    for kept in (register.guards, register.duties, register.records, register.figures):
        assert kept == {}


@pytest.mark.parametrize("clauses", [(), []])
def test_no_clause_at_all_is_refused(register, clauses):
    with pytest.raises(ValueError, match="at least one clause"):
        register.record(clauses, "reports.Report", "what was told")


def test_a_guard_with_nothing_to_say_is_refused(register):
    with pytest.raises(ValueError, match="Say in a phrase"):
        register.guard("3.3.3", " ")(lambda: Decision.yes(clause="3.3.3"))


def test_two_rules_cannot_share_a_name(register):
    def may_tell() -> Decision:
        return Decision.yes(clause="3.3.3")

    def other() -> Decision:
        return Decision.yes(clause="3.3.3")

    other.__name__ = "may_tell"
    register.guard("3.3.3", "tells")(may_tell)
    with pytest.raises(ValueError, match="registered twice"):
        register.guard("3.3.3", "tells")(other)


def test_a_module_that_is_read_again_replaces_its_own_rule(register):
    def may_tell() -> Decision:
        return Decision.yes(clause="3.3.3")

    register.guard("3.3.3", "tells")(may_tell)
    register.guard("3.3.3", "tells without permission")(may_tell)
    assert [guard.summary for guard in register.guards.values()] == ["tells without permission"]


def test_a_duty_is_kept_by_its_key_and_left_as_it_is(register):
    def triage_due(received_at: datetime) -> datetime:
        return received_at

    assert register.duty("triage", "3.3.2", "A trained person reads it")(triage_due) is triage_due
    kept = register.duties["triage"]
    assert (kept.key, kept.clauses, kept.name) == ("triage", ("3.3.2",), "test_register.triage_due")
    assert kept.function(NOW) == NOW


def test_two_duties_cannot_share_a_key(register):
    register.duty("triage", "3.3.2", "Read")(lambda at: at)

    def other(at: datetime) -> datetime:
        return at

    with pytest.raises(ValueError, match="triage is registered twice"):
        register.duty("triage", "3.3.2", "Read")(other)


def test_a_clause_shows_all_four_kinds_and_only_its_own(register):
    @register.guard(("3.3.3", "3.6.1"), "tells without permission")
    def may_tell() -> Decision:
        return Decision.yes(clause="3.3.3")

    @register.duty("police_notify", "3.6.1", "Sent to the police after a yes")
    def police_due(at: datetime) -> datetime:
        return at

    register.record("3.6.1", "reports.Permission", "whether the police may be told")
    register.figure("3.6.1", "police choice asked", "share of incidents in which it was asked")

    police, confidence = register.register_of("3.6.1"), register.register_of("3.3.3")
    assert [guard.name for guard in police.guards] == ["test_register.may_tell"]
    assert [duty.key for duty in police.duties] == ["police_notify"]
    assert police.records == (Record("reports.Permission", ("3.6.1",), "whether the police may be told"),)
    assert police.figures == (
        Figure("police choice asked", ("3.6.1",), "share of incidents in which it was asked"),
    )
    assert [guard.name for guard in confidence.guards] == ["test_register.may_tell"]
    assert (confidence.duties, confidence.records, confidence.figures) == ((), (), ())


def test_a_model_may_keep_what_several_clauses_ask_for(register):
    register.record("3.2.1", "reports.Report", "what was told")
    register.record("3.4.1", "reports.Report", "who was kept informed")
    register.record("3.4.1", "reports.Report", "who was kept informed")
    assert len(register.register_of("3.2.1").records) == 1
    assert len(register.register_of("3.4.1").records) == 1


def test_an_empty_clause_says_so_and_says_what_it_lacks(register):
    empty = register.register_of("3.3.7")
    assert empty.is_empty
    assert empty.missing == CLAUSES["3.3.7"].expects
    register.record("3.3.7", "safety.Repair", "what was mended")
    some = register.register_of("3.3.7")
    assert not some.is_empty
    assert some.missing == tuple(kind for kind in CLAUSES["3.3.7"].expects if kind != "record")


def test_clauses_with_something_behind_them_come_in_the_order_of_the_policy(register):
    register.record("6.1", "trail.Entry", "who looked")
    register.figure("3.2.1", "reports begun and left", "share of forms that were left")
    assert register.clauses_with() == ("3.2.1", "6.1")
    assert register.clauses_with("record") == ("6.1",)
    assert register.clauses_with("guard") == ()


def test_a_kind_that_does_not_exist_is_refused(register):
    with pytest.raises(ValueError, match="guard, duty, record, figure"):
        register.clauses_with("wish")


def test_the_register_of_an_unknown_clause_is_refused(register):
    with pytest.raises(UnknownClause):
        register.register_of("9.9")


def test_the_names_that_other_parts_import_belong_to_the_one_register():
    for name in ("guard", "duty", "record", "figure", "register_of", "clauses_with"):
        assert getattr(the_register, name).__self__ is REGISTER
