"""The questions HRA-1 of the example pack are those of DOMAIN 3.2, point by point."""

import pytest

from haven.policy.bands import Band
from haven.policy.pack import pack

# id: the points of its options, and what "don't know" scores: the middle one, of two the higher
POINTS = {
    "A1": ("0 1 2 3 4 5", 3), "A2": ("0 1 2", 1), "A3": ("0 2 4", 2), "A4": ("0 1 2 3", 2), "A5": ("0 1 2 4 6", 2),
    "B1": ("0 1 2 3", 2), "B2": ("0 1 3", 1), "B3": ("0 2", 2), "B4": ("0 2 4", 2),
    "C1": ("0 1 2 3 4", 2), "C2": ("0 1 2 3 5", 2), "C3": ("0 2 4", 2),
    "D1": ("0 1 2 3 5", 2), "D2": ("0 1 3", 1), "D3": ("0 2 3", 2), "D4": ("0 2 4", 2), "D5": ("0 1 3", 1),
    "D6": ("0 3 5", 3),
    "E1": ("0 1 3", 1), "E2": ("0 1 3", 1), "E3": ("0 2 4", 2), "E4": ("0 1 2", 1),
}  # fmt: skip
MOST = {"PATTERN": 20, "TARGETING": 12, "RESPONSIBLE": 13, "IMPACT": 23, "PROTECTION": 12}
CRITICAL = {
    "VIOLENCE_LATELY", "THREAT_TO_KILL_OR_FIRE", "SELF_HARM_NOW", "HOME_OPEN_TO_THEM", "STRIKES_BACK",
}  # fmt: skip
HIGH = {
    "THREAT_OF_VIOLENCE", "HISTORY_OF_VIOLENCE", "CHILDREN_TARGETED", "CAMPAIGN", "CANNOT_CALL_FOR_HELP",
    "REPEAT_AND_WORSE", "STAFF_WITH_ACCESS",
}  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), POINTS.items())
def test_a_question_scores_what_the_brief_says(question, expected):
    asked = pack().risk_questions[question]
    assert (" ".join(str(option.points) for option in asked.options), asked.middle) == expected


def test_there_are_twenty_two_questions_and_no_other():
    assert list(pack().risk_questions) == list(POINTS)


@pytest.mark.parametrize(("group", "most"), MOST.items())
def test_a_group_scores_at_most_what_the_brief_says(group, most):
    asked = [question for question in pack().risk_questions.values() if question.group == group]
    assert sum(question.most for question in asked) == most


def test_the_score_bands_begin_where_the_brief_says():
    assert {band.band: band.at_least for band in pack().risk_bands.values()} == {
        Band.STANDARD: 0, Band.MEDIUM: 20, Band.HIGH: 38,
    }  # fmt: skip


def test_the_overrides_are_those_of_the_brief():
    found = {code: override.band for code, override in pack().risk_overrides.items()}
    assert found == dict.fromkeys(CRITICAL, Band.CRITICAL) | dict.fromkeys(HIGH, Band.HIGH)


def test_the_floor_and_the_gaps_are_those_of_the_brief():
    whole = pack().risk
    assert (whole.hate_floor, whole.gaps_allowed, whole.lowered_by) == (
        Band.MEDIUM, 3, ("team_manager", "head_of_service"),
    )  # fmt: skip
