"""What the questions about risk must say together, so that no pack asks less than the policy can bear (DOMAIN 3.2)."""

from typing import TYPE_CHECKING

from haven.policy.bands import Band
from haven.policy.pack.tables_risk import Override, RiskQuestion, RiskSet, ScoreBand

if TYPE_CHECKING:
    from haven.policy.pack.loading import Reading

MOST_GAPS = 3
SCORED = (Band.STANDARD, Band.MEDIUM, Band.HIGH)
"""The bands that a score leads to; critical comes of what was said, never of a sum."""
NON_ANSWERS = ("NOT_ASKED", "DECLINED", "DONT_KNOW")
"""What stands in the place of an answer; the program knows these by name, so no option may be called so."""


ALWAYS_CRITICAL = ("VIOLENCE_LATELY", "THREAT_TO_KILL_OR_FIRE", "SELF_HARM_NOW")
"""Overrides that no pack leaves out or weakens."""


def check_risk(reading: "Reading") -> None:
    """Note every fault of the questions, the bands, the floor and the overrides."""
    _set(reading)
    _groups(reading)
    for entry in reading.of("risk_questions").values():
        _question(reading, entry)
    _bands(reading)
    for entry in reading.of("risk_overrides").values():
        _override(reading, entry)


def _set(reading: "Reading") -> None:
    for entry in reading.of("risk").values():
        whole: RiskSet = entry
        if whole.hate_floor is Band.STANDARD:
            reason = "a case with a hate strand is never standard while it is open"
            reading.fault("risk", "", reason, "hate_floor")
        if whole.gaps_allowed > MOST_GAPS:
            reading.fault("risk", "", f"'gaps_allowed' must be {MOST_GAPS} or fewer", "gaps_allowed")
        if not whole.lowered_by or "caseworker" in whole.lowered_by:
            reason = "only managers lower a band: name 'team_manager', 'head_of_service' or both"
            reading.fault("risk", "", reason, "lowered_by")
        asked: RiskQuestion | None = reading.of("risk_questions").get(whole.hate_question)
        if asked and whole.hate_from > asked.most:
            reading.fault("risk", "", f"{asked.id} never scores {whole.hate_from}", "hate_from")
        children: RiskQuestion | None = reading.of("risk_questions").get(whole.children_question)
        if children and whole.children_from > children.most:
            reading.fault("risk", "", f"{children.id} never scores {whole.children_from}", "children_from")


def _groups(reading: "Reading") -> None:
    used = {question.group for question in reading.of("risk_questions").values()}
    for code in reading.of("risk_groups").keys() - used if reading.is_whole("risk_questions") else ():
        reading.fault("risk_groups", code, f"no question stands in the group {code!r}", "code")


def _question(reading: "Reading", question: RiskQuestion) -> None:
    points = [option.points for option in question.options]
    if len(points) < 2 or points[0] != 0 or any(one >= other for one, other in zip(points, points[1:], strict=False)):
        reason = "give at least two options that begin at 0 points and rise"
        reading.fault("risk_questions", question.id, reason, "options")
    seen: set[str] = set()
    for index, option in enumerate(question.options):
        if option.code in NON_ANSWERS:
            reason = f"{option.code!r} is what stands where there is no answer"
            reading.fault("risk_questions", question.id, reason, "options", index)
        if option.code in seen:
            reading.fault("risk_questions", question.id, f"{option.code!r} is there twice", "options", index)
        seen.add(option.code)


def _bands(reading: "Reading") -> None:
    if not reading.is_whole("risk_bands"):
        return
    bands: dict[str, ScoreBand] = dict(reading.of("risk_bands"))
    if tuple(bands) != SCORED:
        reading.fault("risk_bands", "", f"write the bands {', '.join(SCORED)}, each once and in this order")
        return
    starts = [bands[band].at_least for band in SCORED]
    if starts[0] != 0:
        reading.fault("risk_bands", SCORED[0], "the lowest band begins at 0", "at_least")
    for band, before, start in zip(SCORED[1:], starts, starts[1:], strict=False):
        if start <= before:
            reading.fault("risk_bands", band, f"{band} must begin above {before}", "at_least")
    most = sum(question.most for question in reading.of("risk_questions").values())
    if reading.is_whole("risk_questions") and starts[-1] > most:
        reading.fault("risk_bands", SCORED[-1], f"no answers score {starts[-1]}: the most is {most}", "at_least")


def _override(reading: "Reading", override: Override) -> None:
    if override.band is Band.STANDARD:
        reading.fault("risk_overrides", override.code, "standard overrides nothing", "band")
    if override.code in ALWAYS_CRITICAL and override.band is not Band.CRITICAL:
        reading.fault("risk_overrides", override.code, f"{override.code} is always critical", "band")
    if not override.answers and not override.circumstances:
        reading.fault("risk_overrides", override.code, "name answers or circumstances that it rests on")
    for index, scores in enumerate(override.answers):
        asked: RiskQuestion | None = reading.of("risk_questions").get(scores.question)
        if asked and scores.at_least > asked.most:
            reason = f"{asked.id} never scores {scores.at_least}"
            reading.fault("risk_overrides", override.code, reason, "answers", index)
