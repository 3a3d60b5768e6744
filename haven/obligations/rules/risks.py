"""What an assessed danger does to clocks: the band that holds from then on, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from haven.obligations.rules import clocks
from haven.obligations.rules.facts import CaseFacts, Owed, Reach, ReportFacts, RiskFacts
from haven.obligations.rules.owing import of_case, owe
from haven.policy import working_days
from haven.policy.bands import Band
from haven.policy.pack import pack

FROM_THE_START = frozenset({"received_at", "last_two_way_contact"})
"""Facts that start a clock which the danger shortens; other clocks start with something of their own."""


def steps(report: ReportFacts, case: int) -> list[tuple[datetime, Band]]:
    """Return the highest band of anybody in a case after each assessment and judgement, oldest first."""
    now: dict[str, Band] = {}
    found = []
    for each in _in_order(report, case):
        now[each.target] = each.band
        found.append((each.at, max(now.values(), key=lambda band: band.severity)))
    return found


def band_from(report: ReportFacts, case: int, at: datetime) -> Band:
    """Return the band by which a clock that starts at this time runs: the assessed one, else what was told."""
    if not report.risks:
        return report.band
    return next((band for since, band in reversed(steps(report, case)) if since <= at), report.band)


def sooner(report: ReportFacts, case: int, key: str, starts_at: datetime, due_at: datetime) -> datetime:
    """Bring a due time forward where the danger was found to be greater; no assessment ever puts it off."""
    standard = pack().standards[key]
    if not report.risks or not standard.is_banded or standard.starts not in FROM_THE_START:
        return due_at
    held = steps(report, case)
    before = [band for since, band in held if since <= starts_at][-1:]
    times = [working_days.due(key, starts_at, band) for band in before]
    times += [working_days.due(key, since, band) for since, band in held if since > starts_at]
    return min([due_at, *times])


def of_risk(report: ReportFacts) -> Iterator[Owed]:
    """Give what is owed about the danger to people in the cases that this report leads."""
    for case in report.cases:
        if case.leading_report == report.id:
            if case.can_be_assessed:
                yield _first(report, case)
            for _, events in groupby(_by_target(report, case.id), attrgetter("target")):
                yield from _of_one(report, case, list(events))


def _first(report: ReportFacts, case: CaseFacts) -> Owed:
    """The first assessment; it is promised where somebody may ask the person in a way that they named."""
    assessed = [each.at for each in report.risks if each.case == case.id and not each.is_judgement]
    owed = owe(report, "risk_initial", clocks.first_assessment_due(report), met_at=min(assessed, default=None))
    asked = report.reach is Reach.BY_THEIR_WAY and not report.is_anonymous
    return replace(of_case(owed, case), is_promise=owed.is_promise and asked)


def _of_one(report: ReportFacts, case: CaseFacts, events: list[RiskFacts]) -> Iterator[Owed]:
    """Give the duties to look again at one person or household, and to ask what was left open."""
    for each, following in zip(events, [*events[1:], None], strict=True):
        due_at = clocks.next_assessment_due(each)
        yield _since(report, case, each, "risk_review", due_at, following.at if following else None)
    assessments = [each for each in events if not each.is_judgement]
    for before, each in zip([None, *assessments], assessments, strict=False):
        if each.is_incomplete and not (before and before.is_incomplete):
            whole = [one.at for one in assessments if not one.is_incomplete and _order(one) > _order(each)]
            due_at = clocks.completion_due(each)
            yield _since(report, case, each, "assessment_completion", due_at, min(whole, default=None))


def _since(
    report: ReportFacts, case: CaseFacts, each: RiskFacts, key: str, due_at: datetime, met_at: datetime | None
) -> Owed:
    """Return a duty that an assessment or judgement started."""
    kind = "judgement" if each.is_judgement else "assessment"
    owed = of_case(owe(report, key, due_at, met_at=met_at), case)
    return replace(owed, starts_at=each.at, occasion=f"{kind} {each.id}")


def _in_order(report: ReportFacts, case: int) -> list[RiskFacts]:
    return sorted((each for each in report.risks if each.case == case), key=_order)


def _by_target(report: ReportFacts, case: int) -> list[RiskFacts]:
    return sorted(_in_order(report, case), key=attrgetter("target"))


def _order(each: RiskFacts) -> tuple[datetime, bool, int]:
    return each.at, each.is_judgement, each.id
