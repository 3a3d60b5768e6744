"""What an assessed danger does to clocks: the band that holds from then on, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from haven.obligations.rules import clocks
from haven.obligations.rules.clocks_of_work import look_again_due
from haven.obligations.rules.events import asking_to_look
from haven.obligations.rules.facts import CaseFacts, EventFacts, Owed, Reach, ReportFacts, RiskFacts
from haven.obligations.rules.owing import of_case, owe
from haven.policy import working_days
from haven.policy.bands import Band
from haven.policy.pack import pack

FROM_THE_START = frozenset({"received_at", "last_two_way_contact", "opened"})
"""Facts that start a clock which the danger shortens; other clocks start with something of their own."""


def steps(report: ReportFacts, case: int) -> list[tuple[datetime, Band]]:
    """Return the highest band of anybody in a case after each assessment and judgement, oldest first."""
    now: dict[str, Band] = {}
    found = []
    for each in _in_order(report, case):
        now[each.target] = each.band
        found.append((each.at, max(now.values(), key=lambda band: band.severity)))
    return found


def steps_told(report: ReportFacts, case: int) -> list[tuple[datetime, Band, str]]:
    """Return the band as told, and after each assessment and judgement, with what put it there (nothing: as told)."""
    if not report.risks:
        return [(report.received_at, report.band, "")]
    now: dict[str, Band] = {}
    found = [(report.received_at, report.band, "")]
    for each in _in_order(report, case):
        now[each.target] = each.band
        kind = "judgement" if each.is_judgement else "assessment"
        since = max(each.at, report.received_at)
        found.append((since, max(now.values(), key=lambda band: band.severity), f"{kind} {each.id}"))
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


def of_risk(report: ReportFacts, updates: Sequence[Owed] = ()) -> Iterator[Owed]:
    """Give what is owed about the danger to people in the cases that this report leads; `updates` are its news."""
    for case in report.cases:
        if case.leading_report == report.id:
            if case.can_be_assessed:
                yield _first(report, case)
            asked = asking_to_look(report, case.id, updates) if report.risks else []
            for _, found in groupby(_by_target(report, case.id), attrgetter("target")):
                yield from _of_one(report, case, list(found), asked)


def _first(report: ReportFacts, case: CaseFacts) -> Owed:
    """The first assessment; it is promised where somebody may ask the person in a way that they named."""
    assessed = [each.at for each in report.risks if each.case == case.id and not each.is_judgement]
    owed = owe(report, "risk_initial", clocks.first_assessment_due(report), met_at=min(assessed, default=None))
    asked = report.reach is Reach.BY_THEIR_WAY and not report.is_anonymous
    urgency = min(case.urgency, report.urgency)
    return of_case(owed, case, is_promise=owed.is_promise and asked, urgency=urgency)


def _of_one(
    report: ReportFacts, case: CaseFacts, found: list[RiskFacts], asked: Sequence[EventFacts]
) -> Iterator[Owed]:
    """Give the duties to look again at one person or household, and to ask what was left open."""
    for each, following in zip(found, [*found[1:], None], strict=True):
        until = following.at if following else None
        times = [look_again_due(event, each.band) for event in calling(found, each, until, asked)]
        yield _since(report, case, each, "risk_review", min([clocks.next_assessment_due(each), *times]), until)
    assessments = [each for each in found if not each.is_judgement]
    for before, each in zip([None, *assessments], assessments, strict=False):
        if each.is_incomplete and not (before and before.is_incomplete):
            whole = [one.at for one in assessments if not one.is_incomplete and _order(one) > _order(each)]
            due_at = clocks.completion_due(each)
            yield _since(report, case, each, "assessment_completion", due_at, min(whole, default=None))


def calling(
    found: Sequence[RiskFacts], each: RiskFacts, until: datetime | None, asked: Iterable[EventFacts]
) -> list[EventFacts]:
    """Return the events that call for another look after this one: since the last assessment, for nobody judges them away.

    An assessment after an event meets it; a judgement ends the clock of its band, and the events go on calling.
    """
    before = [one.at for one in found if not one.is_judgement and _order(one) <= _order(each)]
    since = max(before, default=None)
    return [event for event in asked if (since is None or event.at > since) and (until is None or event.at <= until)]


def _since(
    report: ReportFacts, case: CaseFacts, each: RiskFacts, key: str, due_at: datetime, met_at: datetime | None
) -> Owed:
    """Return a duty that an assessment or judgement started."""
    kind = "judgement" if each.is_judgement else "assessment"
    owed = owe(report, key, due_at, met_at=met_at)
    urgency = min(case.urgency, report.urgency)
    return of_case(owed, case, starts_at=each.at, occasion=f"{kind} {each.id}", urgency=urgency)


def _in_order(report: ReportFacts, case: int) -> list[RiskFacts]:
    return sorted((each for each in report.risks if each.case == case), key=_order)


def _by_target(report: ReportFacts, case: int) -> list[RiskFacts]:
    return sorted(_in_order(report, case), key=attrgetter("target"))


def _order(each: RiskFacts) -> tuple[datetime, bool, int]:
    return each.at, each.is_judgement, each.id
