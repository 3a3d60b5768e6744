"""What is owed to people harmed of whom somebody else told us: to be spoken with, at length too, and news (3.4.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from haven.obligations.rules import clocks
from haven.obligations.rules.clocks_of_work import news_due
from haven.obligations.rules.events import FOLLOWS, occasion_of
from haven.obligations.rules.facts import CaseFacts, ContactFacts, HarmedFacts, Owed, ReportFacts
from haven.obligations.rules.owing import changed, day_by_day, ended, of_case, owe
from haven.obligations.rules.plans import known_since
from haven.obligations.rules.risks import band_from, sooner

FOR_THEM = "harmed"
"""How the occasions of these duties begin, which tells them from what is owed to whoever told us."""


def unheard(report: ReportFacts, case: CaseFacts) -> list[HarmedFacts]:
    """Return the people harmed in a case that this report leads, if none of them has told us anything themselves."""
    if case.leading_report != report.id:
        return []
    theirs = [each for each in report.harmed if each.case == case.id]
    return [] if any(each.has_told for each in theirs) else theirs


def of_harmed(report: ReportFacts) -> Iterator[Owed]:
    """Give what is owed to those people; a household is spoken with as one, though each has a plan of their own.

    Nobody has promised them anything yet, so that none of it is a promise (clauses 2.0(a), 3.3.2, 3.4.1, 3.5.1).
    """
    for case in report.cases:
        if theirs := unheard(report, case):
            since = min(known_since(report, case, each) for each in theirs)
            for owed in (*_conversations(report, case, theirs, since), *_news(report, case, theirs, since)):
                yield _towards(report, case, theirs, owed)


def _conversations(
    report: ReportFacts, case: CaseFacts, theirs: list[HarmedFacts], since: datetime
) -> Iterator[Owed]:
    """The first, one at length, and one after the other, from the last of a day to the first of the next day with any."""
    known = replace(report, received_at=since)
    spoken = _times(report, case, theirs, lambda each: each.is_two_way)
    at_length = _times(report, case, theirs, lambda each: each.is_two_way and each.is_interview)
    yield owe(known, "first_contact", clocks.first_contact_due(known), met_at=min(spoken, default=None))
    yield owe(known, "interview", clocks.interview_due(known), met_at=min(at_length, default=None))
    days = day_by_day(spoken)
    for (_, last), following in zip(days, [*days, None][1:], strict=True):
        due_at = clocks.update_due(replace(report, band=band_from(report, case.id, last)), last)
        owed = owe(report, "update", due_at, met_at=following[0] if following else None)
        yield changed(owed, starts_at=last, occasion=last.isoformat(timespec="microseconds"))


def _news(report: ReportFacts, case: CaseFacts, theirs: list[HarmedFacts], since: datetime) -> Iterator[Owed]:
    """What happened is told to them, from when we know of them."""
    heard = _times(report, case, theirs, lambda each: each.is_word)
    for event in report.events:
        if event.case == case.id and event.at >= since and (follows := FOLLOWS.get(event.kind)) and follows.news:
            met_at = min((at for at in heard if at >= event.at), default=None)
            owed = owe(report, follows.news, news_due(event, follows.news), met_at=met_at)
            yield changed(owed, starts_at=event.at, occasion=occasion_of(event))


def _times(
    report: ReportFacts, case: CaseFacts, theirs: list[HarmedFacts], is_one: Callable[[ContactFacts], bool]
) -> list[datetime]:
    """Return when there was a contact of this kind with any of them, about the report or in the case."""
    persons = {each.one_person for each in theirs}
    return [each.at for each in report.contacts if each.person in persons and each.case in (None, case.id) and is_one(each)]


def _towards(report: ReportFacts, case: CaseFacts, theirs: list[HarmedFacts], owed: Owed) -> Owed:
    """Owe it in the case; ended when nobody of them is harmed in it any more, or wants to hear from us."""
    ends = [each.no_longer_since for each in theirs]
    owed = ended(owed, None if None in ends else max(max(at for at in ends if at is not None), owed.starts_at))
    return of_case(
        owed,
        case,
        due_at=sooner(report, case.id, owed.key, owed.starts_at, owed.due_at),
        occasion=f"{FOR_THEM} {owed.occasion}".strip(),
        is_promise=False,
        urgency=min(case.urgency, report.urgency),
    )
