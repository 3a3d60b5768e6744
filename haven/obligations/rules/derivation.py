"""Facts in, duties out: what a report and the cases it is in require, what met it, and what ended it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from haven.obligations.rules import clocks
from haven.obligations.rules.afterwards import of_closing
from haven.obligations.rules.facts import DoneFacts, Owed, Reach, ReportFacts
from haven.obligations.rules.harmed import of_harmed, unheard
from haven.obligations.rules.owing import changed, day_by_day, ended, of_case, owe
from haven.obligations.rules.reaching import of_silence
from haven.obligations.rules.risks import band_from, of_risk, sooner
from haven.obligations.rules.work import of_work

SPOKEN = frozenset({"IN_PERSON", "PHONE", "PHONE_OOH"})
"""Channels on which somebody answers at once, so that the person knows that we have it."""


def duties_of(report: ReportFacts) -> list[Owed]:
    """Return every duty that a report has started, in the order in which people meet them."""
    owed = [*_in_triage(report), *_of_reviews(report), *_for_needs(report), *_towards_the_person(report)]
    owed += of_harmed(report)
    owed += of_risk(report, owed)
    owed += [*of_work(report), *of_silence(report), *of_closing(report)]
    return [_as_done(report, each) for each in owed] if report.done else owed


def _as_done(report: ReportFacts, owed: Owed) -> Owed:
    """Say that a duty is met where somebody recorded it as done, if that was before it was met otherwise."""
    times = [each.done_at for each in report.done if _is_of(each, owed)]
    if owed.met_at is not None:
        times.append(owed.met_at)
    return changed(owed, met_at=min(times), ended_at=None) if times else owed


def _is_of(done: DoneFacts, owed: Owed) -> bool:
    return (done.key, done.occasion) == (owed.key, owed.occasion) and done.case in (None, owed.case)


def _in_triage(report: ReportFacts) -> Iterator[Owed]:
    if not report.from_staff and (report.has_code or not report.is_anonymous):
        owed = owe(report, "ack", clocks.acknowledgement_due(report), met_at=_acknowledged_at(report))
        yield ended(owed, _all_closed_at(report))
    yield owe(report, "triage", clocks.triage_due(report), met_at=_read_at(report), staff=report.reader)
    for alarm in report.alarms:
        if alarm.out_of_hours:
            yield changed(
                owe(report, "danger_handover", clocks.danger_due(alarm), met_at=alarm.taken_at),
                occasion=f"alarm {alarm.id}",
                starts_at=alarm.raised_at,
            )
    yield _caseworker(report)


def _acknowledged_at(report: ReportFacts) -> datetime | None:
    """A code is shown, and a conversation is had, while the report is written down; otherwise the first message."""
    if report.has_code or report.channel in SPOKEN:
        return report.logged_at
    return min((each.at for each in report.messages if not each.from_person), default=None)


def _read_at(report: ReportFacts) -> datetime | None:
    """Reading is recorded when somebody takes it up; whoever decided about it has read it."""
    decided = [each.at for each in report.decisions]
    return min([*decided, *([report.read_at] if report.read_at else [])], default=None)


def _caseworker(report: ReportFacts) -> Owed:
    named = [case.caseworker_since or case.opened_at for case in report.cases if case.caseworker]
    owed = owe(report, "assign", clocks.caseworker_due(report), met_at=min(named, default=None))
    if report.cases:
        return changed(ended(owed, _all_closed_at(report)), team=report.cases[0].team)
    return ended(owed, _set_aside_at(report))


def _all_closed_at(report: ReportFacts) -> datetime | None:
    """Return when the last of its cases was closed; None while one is open, or while it is in none."""
    closed = [case.closed_at for case in report.cases if case.closed_at]
    return max(closed) if closed and len(closed) == len(report.cases) else None


def _of_reviews(report: ReportFacts) -> Iterator[Owed]:
    for decision in report.decisions:
        if decision.makes_no_case:
            yield changed(
                owe(report, "recorded_reason_review", clocks.review_due(decision), met_at=decision.reviewed_at),
                occasion=f"decision {decision.id}",
                starts_at=decision.at,
            )


def _for_needs(report: ReportFacts) -> Iterator[Owed]:
    """What was asked for when it was reported, such as a lock or an interpreter; once, in the first case."""
    for needed in report.needed:
        for key in (needed, *clocks.ALONG_WITH.get(needed, ())):
            if key in clocks.FOR_NEEDS:
                yield next(_for_each_case(report, owe(report, key, clocks.FOR_NEEDS[key](report))))


def _towards_the_person(report: ReportFacts) -> Iterator[Owed]:
    """What is owed to the person who told us; nobody can speak with somebody whom they do not know."""
    if report.from_staff:
        return
    if not report.is_anonymous and not _wants_no_contact_from_the_start(report):
        yield from _first_contacts(report)
        yield from _interviews(report)
    if report.has_code or not report.is_anonymous:
        yield _police_decision(report)
        yield from _police_notices(report)
        yield from _updates(report)


def _wants_no_contact_from_the_start(report: ReportFacts) -> bool:
    since = report.reach_since
    return report.reach is Reach.NOT_WANTED and since is not None and since <= report.logged_at


def _first_contacts(report: ReportFacts) -> Iterator[Owed]:
    owed = owe(report, "first_contact", clocks.first_contact_due(report), met_at=_conversed_at(report))
    yield from _for_each_case(report, _if_wanted(report, owed))


def _interviews(report: ReportFacts) -> Iterator[Owed]:
    for case in report.cases:
        held = _spoken(report, case.id, is_interview=True)
        if case.leading_report == report.id and (held or not unheard(report, case)):
            owed = owe(report, "interview", clocks.interview_due(report), met_at=min(held, default=None))
            yield from _for_each_case(replace(report, cases=(case,)), _if_wanted(report, owed))


def _if_wanted(report: ReportFacts, owed: Owed) -> Owed:
    """End what a person who wants no contact any more was owed; promise a conversation only where a way is known."""
    if report.reach is Reach.NOT_WANTED:
        owed = ended(owed, report.reach_since)
    return changed(owed, is_promise=owed.is_promise and report.reach is Reach.BY_THEIR_WAY)


def _police_decision(report: ReportFacts) -> Owed:
    due_at = clocks.police_decision_due(report, _conversed_at(report))
    asked_at = min((each.at for each in report.police), default=None)
    owed = owe(report, "police_decision", due_at, met_at=asked_at)
    return next(_for_each_case(report, owed))


def _police_notices(report: ReportFacts) -> Iterator[Owed]:
    """One duty for each yes; whoever takes the yes back is owed nothing any more, and nobody may tell the police."""
    said_yes_at: datetime | None = None
    answers = [each for each in report.police if each.may_be_told is not None]
    for each in [*sorted(answers, key=lambda one: one.at), None]:
        if each is not None and each.may_be_told:
            said_yes_at = said_yes_at or each.at
            continue
        if said_yes_at is not None:
            owed = owe(report, "police_notify", clocks.police_notice_due(report, said_yes_at))
            owed = changed(owed, starts_at=said_yes_at, occasion=said_yes_at.isoformat(timespec="microseconds"))
            yield next(_for_each_case(report, ended(owed, each.at if each else None)))
        said_yes_at = None


def _for_each_case(report: ReportFacts, owed: Owed) -> Iterator[Owed]:
    """Give the duty once for each case that the report is in, to its caseworker; to triage while it is in none."""
    if not report.cases:
        yield ended(changed(owed, staff=report.reader), _set_aside_at(report))
    for case in report.cases:
        yield of_case(
            owed,
            case,
            urgency=min(case.urgency, report.urgency),
            due_at=sooner(report, case.id, owed.key, owed.starts_at, owed.due_at),
        )


def _updates(report: ReportFacts) -> Iterator[Owed]:
    """One duty from each confirmed contact to the next, while a case is open."""
    for case in report.cases:
        contacts = _confirmed_contacts(report, case.id)
        during = [each for each in contacts if case.closed_at is None or each[0] <= case.closed_at]
        for (_, last), following in zip(during, [*during, None][1:], strict=True):
            assessed = replace(report, band=band_from(report, case.id, last))
            due_at = sooner(report, case.id, "update", last, clocks.update_due(assessed, last))
            owed = owe(report, "update", due_at, met_at=following[0] if following else None)
            yield of_case(owed, case, starts_at=last, occasion=last.isoformat(timespec="microseconds"))


def _conversed_at(report: ReportFacts) -> datetime | None:
    """Return when both sides had first spoken: somebody recorded it, or the person answered what we wrote."""
    spoken = _spoken(report)
    said = min((each.at for each in report.messages if not each.from_person), default=None)
    if said is not None:
        spoken += [each.at for each in report.messages if each.from_person and each.at > said]
    return min(spoken, default=None)


def _spoken(report: ReportFacts, case: int | None = None, *, is_interview: bool = False) -> list[datetime]:
    """Return when we and whoever told us heard each other: about the report, and in any of its cases or in one."""
    return [
        each.at
        for each in report.contacts
        if each.is_two_way
        and each.with_teller
        and (each.is_interview or not is_interview)
        and (case is None or each.case in (None, case))
    ]


def _confirmed_contacts(report: ReportFacts, case: int) -> list[tuple[datetime, datetime]]:
    """Return first and last contact of each day on which the person heard from us for certain about a case."""
    times = _spoken(report, case)
    ours = [each for each in report.messages if not each.from_person]
    times += [each.read_at for each in ours if each.read_at]
    if ours:
        said = min(each.at for each in ours)
        times += [each.at for each in report.messages if each.from_person and each.at > said]
    return day_by_day(times)


def _set_aside_at(report: ReportFacts) -> datetime | None:
    """Return when it was decided that the report makes no case, unless that was overturned or decided otherwise."""
    latest = max(report.decisions, key=lambda each: (each.at, each.id), default=None)
    stands = latest is not None and latest.makes_no_case and not latest.overturned
    return latest.at if latest is not None and stands else None
