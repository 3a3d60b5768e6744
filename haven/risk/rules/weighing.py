"""What the answers come to: score, band of the score, floor, overrides, gaps, and the greatest of them (DOMAIN 3.2).

The number supports a decision; a person signs it, and another person may judge otherwise (`judging`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from haven.policy.bands import Band
from haven.policy.pack.tables_risk import Override, RiskQuestion, Scores
from haven.risk.choices import NonAnswer
from haven.risk.rules.scheme import Scheme

GAPS = frozenset({NonAnswer.NOT_ASKED.value, NonAnswer.DECLINED.value})
"""Non-answers that score nothing and leave the assessment partial; not knowing is an answer."""
Answers = Mapping[str, str]
"""A question's id and the code of an option or of a non-answer; a question that is not there was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known beside the answers: codes that hold, and whether the case has a hate strand."""

    codes: frozenset[str] = frozenset()
    is_hate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Something that sets a band, by its code and in words."""

    code: str
    band: Band
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What an assessment comes to, with everything that made it so."""

    score: int
    score_band: Band
    provisional_band: Band
    floor: Band | None
    overrides: tuple[Reason, ...]
    gaps: tuple[str, ...]
    is_incomplete: bool

    @property
    def is_partial(self) -> bool:
        """Say whether any question was not asked or not answered."""
        return bool(self.gaps)

    @property
    def override(self) -> Band | None:
        """Return the highest band that an override sets."""
        return max((each.band for each in self.overrides), key=lambda band: band.severity, default=None)

    @property
    def band(self) -> Band:
        """Return the final band: the greatest of the score's (provisional while incomplete), floor and overrides."""
        return self.provisional_band.or_worse(self.floor).or_worse(self.override)

    @property
    def least(self) -> Band:
        """Return the band below which no judgement goes: the floor or the highest active override."""
        return Band.STANDARD.or_worse(self.floor).or_worse(self.override)


def weigh(scheme: Scheme, answers: Answers, circumstances: Circumstances) -> Weighed:
    """Return what these answers come to under these circumstances (clause 3.3.5)."""
    points = {pk: points_of(asked, answers.get(pk, NonAnswer.NOT_ASKED)) for pk, asked in scheme.questions.items()}
    gaps = tuple(pk for pk in scheme.questions if is_gap(answers.get(pk, NonAnswer.NOT_ASKED)))
    score = sum(points.values())
    incomplete = len(gaps) > scheme.whole.gaps_allowed
    found = score_band(scheme, score)
    return Weighed(
        score=score,
        score_band=found,
        provisional_band=one_higher(found) if incomplete else found,
        floor=floor(scheme, points, circumstances),
        overrides=_active(scheme, points, gaps, circumstances.codes),
        gaps=gaps,
        is_incomplete=incomplete,
    )


def points_of(asked: RiskQuestion, value: str) -> int:
    """Return what an answer scores: its option's points, the middle ones for "don't know", none for a gap."""
    if is_gap(value):
        return 0
    return asked.middle if value == NonAnswer.DONT_KNOW else asked.points[value]


def answers_of_set(scheme: Scheme, answers: Answers) -> dict[str, str]:
    """Return the answers that this set of questions still knows, of an assessment made by an earlier one."""
    return {
        question: value
        for question, value in answers.items()
        if question in scheme.questions
        and (value in scheme.questions[question].points or value in NonAnswer.values)
    }


def is_gap(value: str) -> bool:
    """Say whether a question was not asked or not answered."""
    return value in GAPS


def score_band(scheme: Scheme, score: int) -> Band:
    """Return the highest band that begins at this score or below."""
    return max((each for each in scheme.bands if score >= each.at_least), key=lambda each: each.at_least).band


def one_higher(band: Band) -> Band:
    """Return the next band up; nothing is above critical."""
    bands = list(Band)
    return bands[min(band.severity + 1, len(bands) - 1)]


def one_lower(band: Band) -> Band:
    """Return the next band down; nothing is below standard."""
    return list(Band)[max(band.severity - 1, 0)]


def urgency_of(band: Band) -> int:
    """Return the step by which lists show a case of this band: 1 critical to 4 standard; 0 is danger not yet assessed."""
    return 1 + Band.CRITICAL.severity - band.severity


def floor(scheme: Scheme, points: Mapping[str, int], circumstances: Circumstances) -> Band | None:
    """Return the least band where somebody perceives hate: by the case's strands, or by what was answered."""
    answered = points.get(scheme.whole.hate_question, 0) >= scheme.whole.hate_from
    return scheme.whole.hate_floor if circumstances.is_hate or answered else None


def _active(
    scheme: Scheme, points: Mapping[str, int], gaps: Collection[str], circumstances: Collection[str]
) -> tuple[Reason, ...]:
    """Return the overrides that hold, the highest first."""
    found = [each for each in scheme.overrides.values() if _holds(each, points, gaps, circumstances)]
    ordered = sorted(found, key=lambda each: -each.band.severity)
    return tuple(Reason(code=each.code, band=each.band, words=each.label) for each in ordered)


def _holds(
    override: Override, points: Mapping[str, int], gaps: Collection[str], circumstances: Collection[str]
) -> bool:
    named = not override.circumstances or not set(override.circumstances).isdisjoint(circumstances)
    return named and all(_is_met(each, points, gaps) for each in override.answers)


def _is_met(scores: Scores, points: Mapping[str, int], gaps: Collection[str]) -> bool:
    return points[scores.question] >= scores.at_least or (scores.or_gap and scores.question in gaps)


def explanation(weighed: Weighed) -> tuple[str, ...]:
    """Say in sentences how the band came about, what decided it first."""
    lines = [f"{each.band.capitalize()} whatever the score: {_lower(each.words)}." for each in weighed.overrides]
    if weighed.floor:
        lines.append(f"Never below {weighed.floor} while the case is open: somebody perceives hate.")
    lines.append(f"The answers score {weighed.score}, which is {weighed.score_band}.")
    if weighed.is_incomplete:
        lines.append(
            f"{len(weighed.gaps)} questions are open, so the score counts as {weighed.provisional_band} until they are "
            "asked."
        )
    elif weighed.is_partial:
        count = len(weighed.gaps)
        lines.append(f"{count} question{' is' if count == 1 else 's are'} open: {', '.join(weighed.gaps)}.")
    return tuple(lines)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
