"""What the register says is carried out is there, and is held by tests that name the clause."""

import pytest

from haven.policy.clauses import CLAUSES


def registered():
    """The guards and duties of the whole program."""
    from haven.policy.register import REGISTER

    return REGISTER


def test_tests_name_only_clauses_that_the_policy_has():
    from haven.insight import tested

    wrong = {
        (test.file, test.name, clause) for test in tested.tests() for clause in test.clauses if clause not in CLAUSES
    }
    assert wrong == set()


def test_every_guard_is_called_by_a_test_that_names_its_clause():
    from haven.insight import tested

    untested = [guard.name for guard in registered().guards.values() if not tested.of_guard(guard.name, guard.clauses)]
    assert untested == []


def test_every_duty_has_a_test_that_names_its_clause():
    from haven.insight import tested

    untested = [duty.key for duty in registered().duties.values() if not any(map(tested.of_clause, duty.clauses))]
    assert untested == []


def test_every_duty_is_a_service_standard_of_the_pack_with_the_same_clause():
    from haven.policy.pack import pack

    standards = pack().standards
    for duty in registered().duties.values():
        assert set(duty.clauses) & set(standards[duty.key].clauses), duty.key


def test_every_record_names_a_model_that_is_there():
    from haven.insight.records import model

    assert all(model(record.model)._meta.pk for record in registered().records.values())


@pytest.mark.parametrize("kind", ["guards", "duties"])
def test_the_register_is_not_empty(kind):
    assert len(getattr(registered(), kind)) > 10
