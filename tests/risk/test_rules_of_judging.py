"""Who may assess whom, and who may judge otherwise than the answers: truth tables, and what must hold of all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.accounts.choices import Role
from haven.cases.rules.seeing import Viewer
from haven.policy.bands import Band
from haven.risk.choices import Factor, Said
from haven.risk.rules import (
    Standing,
    may_answer,
    may_be_assessed,
    may_judge,
    may_look_at,
    may_name_who_answered,
    scheme,
)

SCHEME = scheme()
LOWERED_BY = SCHEME.whole.lowered_by
S, M, H, C = Band.STANDARD, Band.MEDIUM, Band.HIGH, Band.CRITICAL
OFFICER = Viewer(id=1, roles=frozenset({Role.CASEWORKER}), team=1)
ASSESSOR = Viewer(id=2, roles=frozenset({Role.TEAM_MANAGER}), team=1)
MANAGER = Viewer(id=3, roles=frozenset({Role.TEAM_MANAGER}), team=1)
HEAD = Viewer(id=4, roles=frozenset({Role.HEAD_OF_SERVICE}), team=None)


def standing(weighed=H, now=H, least=S, **more):
    given = {"is_latest": True, "is_incomplete": False, "assessed_by": ASSESSOR.id, "caseworker": OFFICER.id, **more}
    return Standing(weighed=weighed, now=now, least=least, **given)


# who, weighed, now, least, to; whether they may, or a word of why not
JUDGED = [
    (OFFICER, S, S, S, C, True),
    (OFFICER, M, M, M, H, True),
    (ASSESSOR, M, M, M, C, True),
    (OFFICER, H, H, S, M, "neither assessed it nor has the case"),
    (ASSESSOR, H, H, S, M, "neither assessed it nor has the case"),
    (MANAGER, H, H, S, M, True),
    (HEAD, H, H, S, M, True),
    (MANAGER, H, H, S, S, "by one at most"),
    (MANAGER, M, M, M, S, "keeps it at medium"),
    (MANAGER, H, H, H, M, "keeps it at high"),
    (MANAGER, C, C, C, H, "keeps it at critical"),
    (MANAGER, C, C, H, H, True),
    (MANAGER, H, M, S, S, "by one at most"),
    (MANAGER, M, C, S, H, True),
    (MANAGER, M, C, S, M, "by one at most"),
    (MANAGER, H, H, S, H, "high already"),
    (OFFICER, H, M, S, H, True),
]


@pytest.mark.clause("3.3.5")
@pytest.mark.parametrize(("by", "weighed", "now", "least", "to", "expected"), JUDGED)
def test_who_may_judge_otherwise(by, weighed, now, least, to, expected):
    decision = may_judge(by, to, standing(weighed, now, least), reasons="He has moved away.", lowered_by=LOWERED_BY)
    assert decision.allowed is (expected is True)
    assert expected is True or expected in decision.reason


@pytest.mark.clause("3.3.5")
def test_lowering_needs_reasons_and_raising_none():
    assert not may_judge(MANAGER, M, standing(), reasons="  ", lowered_by=LOWERED_BY)
    assert may_judge(OFFICER, C, standing(), reasons="", lowered_by=LOWERED_BY)


@pytest.mark.parametrize(
    ("more", "reason"),
    [({"is_latest": False}, "newer assessment"), ({"is_incomplete": True}, "Too many questions are open")],
)
def test_only_the_latest_and_a_complete_one_is_lowered(more, reason):
    decision = may_judge(MANAGER, M, standing(**more), reasons="Calmer now.", lowered_by=LOWERED_BY)
    assert not decision
    assert reason in decision.reason
    assert decision.remedy


def test_a_manager_who_has_the_case_does_not_lower_it():
    decision = may_judge(MANAGER, M, standing(caseworker=MANAGER.id), reasons="Calmer.", lowered_by=LOWERED_BY)
    assert not decision


def test_a_pack_may_leave_lowering_to_heads_of_service():
    assert not may_judge(MANAGER, M, standing(), reasons="Calmer.", lowered_by=("head_of_service",))
    assert may_judge(HEAD, M, standing(), reasons="Calmer.", lowered_by=("head_of_service",))


bands = st.sampled_from(list(Band))
people = st.builds(
    Viewer,
    id=st.integers(1, 4),
    roles=st.frozensets(st.sampled_from(list(Role))),
    team=st.just(1),
    is_active=st.booleans(),
)


@pytest.mark.clause("3.3.5")
@given(by=people, to=bands, weighed=bands, now=bands, least=bands, reasons=st.sampled_from(["", "Calmer."]))
def test_no_judgement_goes_below_the_floor_or_an_override_or_down_by_more_than_one(
    by, to, weighed, now, least, reasons
):
    decision = may_judge(by, to, standing(weighed, now, least), reasons=reasons, lowered_by=LOWERED_BY)
    if decision and to.severity < now.severity:
        assert to.severity >= least.severity
        assert to.severity == now.severity - 1
        assert to.severity >= weighed.severity - 1
        assert by.is_active
        assert by.roles & {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}
        assert by.id not in (OFFICER.id, ASSESSOR.id)
        assert reasons
    if to.severity > now.severity:
        assert decision


@pytest.mark.clause("3.3.1")
@pytest.mark.parametrize(
    ("about", "is_harmed", "has_home", "allowed"),
    [
        ("person", True, False, True),
        ("person", False, True, False),
        ("household", False, True, True),
        ("household", True, False, False),
        ("case", True, True, False),
    ],
)
def test_whose_risk_is_assessed(about, is_harmed, has_home, allowed):
    assert may_be_assessed(about, is_harmed=is_harmed, has_home=has_home).allowed is allowed


@pytest.mark.clause("3.3.5")
@pytest.mark.parametrize(
    ("answers", "circumstances", "allowed"),
    [
        ({"A1": "DAILY"}, (), True),
        ({"A1": "DECLINED", "D6": "DONT_KNOW", "E1": "NOT_ASKED"}, ("FIRE",), True),
        ({}, (), True),
        ({"A1": "NOW"}, (), False),
        ({"A1": ""}, (), False),
        ({"Z9": "YES"}, (), False),
        ({}, ("FLOOD",), False),
    ],
)
def test_answers_are_of_the_set(answers, circumstances, allowed):
    assert may_answer(SCHEME, answers, circumstances).allowed is allowed


@pytest.mark.clause("3.3.5")
def test_every_answer_says_who_gave_it():
    assert may_name_who_answered(["person", "officer"])
    assert not may_name_who_answered(["person", ""])


@pytest.mark.clause("3.4.5")
@pytest.mark.parametrize(
    ("said", "is_responsible", "allowed"),
    [
        (dict.fromkeys(Factor.values, Said.NOT_KNOWN.value), True, True),
        ({"age": "yes"}, True, True),
        ({"age": "yes"}, False, False),
        ({"age": "perhaps"}, True, False),
        ({"character": "yes"}, True, False),
    ],
)
def test_only_the_life_of_a_person_responsible_is_looked_at(said, is_responsible, allowed):
    assert may_look_at(said, is_responsible=is_responsible).allowed is allowed
