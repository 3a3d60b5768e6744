"""What answers come to: the five vectors of DOMAIN 3.2, truth tables, and what must hold of all answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.policy.bands import Band
from haven.risk.choices import NonAnswer
from haven.risk.rules import Circumstances, explanation, scheme, urgency_of, weigh
from haven.risk.rules.weighing import one_higher, one_lower, points_of

SCHEME = scheme()
QUESTIONS = list(SCHEME.questions)
S, M, H, C = Band.STANDARD, Band.MEDIUM, Band.HIGH, Band.CRITICAL

# A1 A2 A3 A4 A5 / B1 B2 B3 B4 / C1 C2 C3 / D1–D6 / E1–E4, what else is known; total, band of the score, final, why
VECTORS = {
    "V1 one slur by a stranger at the door, resilient adult": (
        "0 0 0 2 1 / 3 3 0 0 / 2 1 0 / 1 0 0 0 0 0 / 0 0 0 0", (), 13, S, M, "somebody perceives hate",
    ),
    "V2 weekly abuse from next door, getting worse, second report in twelve months": (
        "3 2 2 2 2 / 3 3 2 0 / 3 2 0 / 3 1 2 2 1 0 / 1 0 0 1", ("REPEAT_VICTIM",), 35, M, H, "harmed before",
    ),
    "V3 threats and damage, isolated refugee mother": (
        "4 2 4 3 4 / 3 3 2 0 / 3 3 0 / 5 3 3 4 3 0 / 3 3 2 2", (), 59, H, H, "The answers score 59, which is high",
    ),
    "V4 first report, burning paper through the letterbox": (
        "0 1 0 3 6 / 3 3 2 0 / 2 1 0 / 3 1 0 0 0 0 / 0 0 2 2", ("FIRE",), 29, M, C, "within 28 days",
    ),
    "V5 low-level abuse, current suicidal plan": (
        "1 0 0 1 1 / 2 3 0 0 / 2 1 0 / 3 1 2 0 0 5 / 1 0 0 1", (), 24, M, C, "self-harm or suicide now",
    ),
}  # fmt: skip


def option(question: str, points: int) -> str:
    """The option of a question that scores so many points."""
    return next(code for code, scored in SCHEME.questions[question].points.items() if scored == points)


def scored(**points: int) -> dict[str, str]:
    """Answers in which these questions score so many points and every other scores none."""
    return {question: option(question, points.get(question, 0)) for question in QUESTIONS}


def written(row: str) -> dict[str, str]:
    """Answers written as a row of points, in the order of the questions."""
    points = [int(number) for number in row.replace("/", " ").split()]
    return scored(**dict(zip(QUESTIONS, points, strict=True)))


def known(*codes: str, is_hate: bool = False) -> Circumstances:
    return Circumstances(codes=frozenset(codes), is_hate=is_hate)


@pytest.mark.clause("3.3.5", "3.3.1")
@pytest.mark.parametrize("vector", VECTORS)
def test_a_vector_comes_to_its_score_and_its_band(vector):
    row, codes, score, by_score, final, why = VECTORS[vector]
    weighed = weigh(SCHEME, written(row), known(*codes, is_hate=True))
    assert (weighed.score, weighed.score_band, weighed.band) == (score, by_score, final)
    assert why in " ".join(explanation(weighed))


def test_arson_alone_makes_the_fourth_vector_critical_without_the_word_for_it():
    weighed = weigh(SCHEME, written(VECTORS["V4 first report, burning paper through the letterbox"][0]), known())
    assert (weighed.override, [each.code for each in weighed.overrides]) == (C, ["VIOLENCE_LATELY"])


@pytest.mark.parametrize(
    ("score", "band"), [(0, S), (19, S), (20, M), (37, M), (38, H), (80, H)]
)  # the bands of DOMAIN 3.2
def test_a_score_has_its_band(score, band):
    from haven.risk.rules.weighing import score_band

    assert score_band(SCHEME, score) is band


# answers that score something, what else is known, the override, the band that it sets
OVERRIDES = [
    ({"A5": 6, "A4": 1}, (), "VIOLENCE_LATELY", C),
    ({}, ("THREAT_TO_KILL",), "THREAT_TO_KILL_OR_FIRE", C),
    ({}, ("FIRE",), "THREAT_TO_KILL_OR_FIRE", C),
    ({"D6": 5}, (), "SELF_HARM_NOW", C),
    ({"E3": 4, "C1": 3}, (), "HOME_OPEN_TO_THEM", C),
    ({"E3": 4, "C1": 4}, (), "HOME_OPEN_TO_THEM", C),
    ({"C3": 4, "C2": 5}, (), "STRIKES_BACK", C),
    ({}, ("THREAT_OF_VIOLENCE",), "THREAT_OF_VIOLENCE", H),
    ({"C2": 5}, (), "HISTORY_OF_VIOLENCE", H),
    ({"D5": 3}, (), "CHILDREN_TARGETED", H),
    ({"B4": 4}, (), "CAMPAIGN", H),
    ({"E2": 3, "A5": 4}, (), "CANNOT_CALL_FOR_HELP", H),
    ({"A3": 2}, ("REPEAT_VICTIM",), "REPEAT_AND_WORSE", H),
    ({"C1": 4}, ("STAFF_RESPONSIBLE",), "STAFF_WITH_ACCESS", H),
]
# almost the same, and not enough
NOT_ENOUGH = [
    ({"A5": 6}, (), "VIOLENCE_LATELY"),
    ({"A5": 4, "A4": 3}, (), "VIOLENCE_LATELY"),
    ({"D6": 3}, (), "SELF_HARM_NOW"),
    ({"E3": 4, "C1": 2}, (), "HOME_OPEN_TO_THEM"),
    ({"E3": 2, "C1": 4}, (), "HOME_OPEN_TO_THEM"),
    ({"C3": 4, "C2": 3}, (), "STRIKES_BACK"),
    ({"C2": 3}, (), "HISTORY_OF_VIOLENCE"),
    ({"D5": 1}, (), "CHILDREN_TARGETED"),
    ({"B4": 2}, (), "CAMPAIGN"),
    ({"E2": 3, "A5": 2}, (), "CANNOT_CALL_FOR_HELP"),
    ({"E2": 1, "A5": 6}, (), "CANNOT_CALL_FOR_HELP"),
    ({"A3": 2}, (), "REPEAT_AND_WORSE"),
    ({}, ("REPEAT_VICTIM",), "REPEAT_AND_WORSE"),
    ({"C1": 4}, (), "STAFF_WITH_ACCESS"),
    ({"C1": 3}, ("STAFF_RESPONSIBLE",), "STAFF_WITH_ACCESS"),
]


@pytest.mark.clause("3.3.5")
@pytest.mark.parametrize(("points", "codes", "override", "band"), OVERRIDES)
def test_an_override_sets_the_band_whatever_the_score(points, codes, override, band):
    weighed = weigh(SCHEME, scored(**points), known(*codes))
    assert weighed.score_band is S
    assert (override, band) in {(each.code, each.band) for each in weighed.overrides}
    assert weighed.band.severity >= band.severity


@pytest.mark.parametrize(("points", "codes", "override"), NOT_ENOUGH)
def test_an_override_needs_all_that_it_rests_on(points, codes, override):
    weighed = weigh(SCHEME, scored(**points), known(*codes))
    assert override not in {each.code for each in weighed.overrides}


def test_the_highest_of_several_overrides_wins_and_each_gives_its_reason():
    weighed = weigh(SCHEME, scored(D6=5, B4=4), known())
    assert [each.band for each in weighed.overrides] == [C, H]
    assert weighed.band is C
    said = explanation(weighed)
    assert said[0].startswith("Critical whatever the score: thoughts of self-harm")
    assert said[1].startswith("High whatever the score: a group, a campaign")


@pytest.mark.parametrize("gap", [NonAnswer.NOT_ASKED, NonAnswer.DECLINED])
def test_violence_counts_as_late_while_nobody_knows_when_the_latest_was(gap):
    assert weigh(SCHEME, {**scored(A5=6), "A4": gap}, known()).band is C


@pytest.mark.parametrize(
    ("points", "is_hate", "expected"),
    [({}, False, None), ({}, True, M), ({"B2": 3}, False, M), ({"B2": 1}, False, None)],
)
def test_the_floor_holds_where_somebody_perceives_hate(points, is_hate, expected):
    assert weigh(SCHEME, scored(**points), known(is_hate=is_hate)).floor is expected


# how many questions are not asked or declined, the band of the score, the provisional band
GAPS = [(0, S, S), (1, S, S), (3, S, S), (4, S, M), (22, S, M)]


@pytest.mark.parametrize("gap", [NonAnswer.NOT_ASKED, NonAnswer.DECLINED, None])
@pytest.mark.parametrize(("count", "by_score", "provisional"), GAPS)
def test_more_than_three_gaps_lift_the_band_by_one(count, by_score, provisional, gap):
    answers = {question: value for question, value in scored().items() if question not in QUESTIONS[-count:] or not count}
    answers |= dict.fromkeys(QUESTIONS[-count:], gap) if gap and count else {}
    weighed = weigh(SCHEME, answers, known())
    assert (weighed.score_band, weighed.provisional_band, weighed.band) == (by_score, provisional, provisional)
    assert (weighed.is_partial, weighed.is_incomplete, len(weighed.gaps)) == (count > 0, count > 3, count)


@pytest.mark.parametrize(("points", "lifted"), [({"A1": 5, "A3": 4, "A5": 6, "D1": 5}, H), ({}, M)])
def test_an_incomplete_assessment_is_one_higher_and_says_so(points, lifted):
    answers = {**scored(**points), **dict.fromkeys(("E1", "E2", "E3", "E4"), NonAnswer.DECLINED)}
    weighed = weigh(SCHEME, answers, known())
    assert weighed.provisional_band is lifted
    assert "4 questions are open" in explanation(weighed)[-1]


def test_nothing_is_lifted_above_critical():
    assert [one_higher(band) for band in Band] == [M, H, C, C]
    assert [one_lower(band) for band in Band] == [S, S, M, H]


def test_lists_show_a_greater_danger_first():
    assert [urgency_of(band) for band in (C, H, M, S)] == [1, 2, 3, 4]


@pytest.mark.parametrize("question", QUESTIONS)
def test_not_knowing_is_an_answer_that_scores_the_middle(question):
    asked = SCHEME.questions[question]
    ordered = sorted(asked.points.values())
    assert points_of(asked, NonAnswer.DONT_KNOW) == ordered[len(ordered) // 2]
    assert weigh(SCHEME, {**scored(), question: NonAnswer.DONT_KNOW}, known()).gaps == ()


def test_open_questions_are_named():
    weighed = weigh(SCHEME, {**scored(), "D6": NonAnswer.DECLINED}, known())
    assert explanation(weighed)[-1] == "1 question is open: D6."


anything = st.fixed_dictionaries(
    {pk: st.sampled_from([*asked.points, *NonAnswer.values]) for pk, asked in SCHEME.questions.items()}
)
real = st.fixed_dictionaries({pk: st.sampled_from(list(asked.points)) for pk, asked in SCHEME.questions.items()})
situations = st.builds(
    Circumstances, codes=st.frozensets(st.sampled_from(list(SCHEME.circumstances))), is_hate=st.booleans()
)


@pytest.mark.clause("3.3.5")
@given(answers=anything, circumstances=situations)
def test_no_answers_come_to_less_than_the_floor_or_an_override(answers, circumstances):
    weighed = weigh(SCHEME, answers, circumstances)
    parts = [weighed.score_band, weighed.provisional_band, weighed.least, *(each.band for each in weighed.overrides)]
    assert weighed.band.severity == max(each.severity for each in parts)
    if circumstances.is_hate:
        assert weighed.band.severity >= SCHEME.whole.hate_floor.severity
    assert 0 <= weighed.score <= 80


@pytest.mark.clause("3.3.5")
@given(answers=real, circumstances=situations, question=st.sampled_from(QUESTIONS), data=st.data())
def test_a_worse_answer_never_lowers_anything(answers, circumstances, question, data):
    points = SCHEME.questions[question].points
    worse = data.draw(st.sampled_from([code for code, scored in points.items() if scored >= points[answers[question]]]))
    before = weigh(SCHEME, answers, circumstances)
    after = weigh(SCHEME, {**answers, question: worse}, circumstances)
    assert after.score >= before.score
    assert after.band.severity >= before.band.severity
    assert {each.code for each in after.overrides} >= {each.code for each in before.overrides}


@given(answers=anything, circumstances=situations, question=st.sampled_from(QUESTIONS), data=st.data())
def test_a_worse_answer_never_lowers_anything_beside_gaps_and_what_nobody_knows(answers, circumstances, question, data):
    codes = list(SCHEME.questions[question].points)
    better = data.draw(st.integers(0, len(codes) - 1))
    worse = data.draw(st.integers(better, len(codes) - 1))
    before = weigh(SCHEME, {**answers, question: codes[better]}, circumstances)
    after = weigh(SCHEME, {**answers, question: codes[worse]}, circumstances)
    assert after.band.severity >= before.band.severity


@given(answers=anything, circumstances=situations, code=st.sampled_from(list(SCHEME.circumstances)))
def test_knowing_more_of_the_circumstances_never_lowers_the_band(answers, circumstances, code):
    more = Circumstances(codes=circumstances.codes | {code}, is_hate=True)
    assert weigh(SCHEME, answers, more).band.severity >= weigh(SCHEME, answers, circumstances).band.severity


@given(answers=anything, circumstances=situations)
def test_the_provisional_band_is_one_higher_just_while_more_than_three_questions_are_open(answers, circumstances):
    weighed = weigh(SCHEME, answers, circumstances)
    gaps = sum(value in ("NOT_ASKED", "DECLINED") for value in answers.values())
    assert len(weighed.gaps) == gaps
    expected = one_higher(weighed.score_band) if gaps > 3 else weighed.score_band
    assert weighed.provisional_band is expected


@given(answers=anything, circumstances=situations)
def test_the_explanation_names_every_override_the_floor_and_the_score(answers, circumstances):
    weighed = weigh(SCHEME, answers, circumstances)
    said = " ".join(explanation(weighed)).lower()
    assert all(each.words.lower() in said for each in weighed.overrides)
    assert ("perceives hate" in said) == (weighed.floor is not None)
    assert f"score {weighed.score}," in said
