"""Rows about the work on cases turned into facts, kind by kind."""

from __future__ import annotations

from haven.obligations.queries.recorded import Row
from haven.obligations.queries.recorded_work import ENDINGS
from haven.obligations.rules import EventFacts, HarmedFacts, PlanFacts, ReviewFacts, StepFacts
from haven.support.choices import Covers, Ended


def harmed(row: Row) -> HarmedFacts:
    """Return somebody harmed in a case."""
    assert row.one is not None
    assert row.two is not None
    assert row.three is not None
    return HarmedFacts(
        case=row.one,
        person=row.two,
        one_person=row.three,
        since=row.at,
        until=row.later,
        has_reported=bool(row.yes),
        has_told=row.four == 1,
        unwanted_since=row.latest,
    )


def plan(row: Row) -> PlanFacts:
    """Return a version of a plan that was agreed."""
    assert row.one is not None
    assert row.two is not None
    return PlanFacts(
        id=row.number,
        case=row.one,
        person=row.two,
        agreed_at=row.at,
        is_whole=row.word == Covers.WHOLE,
        keeps_safe=bool(row.yes),
    )


def step(row: Row) -> StepFacts:
    """Return a step of an agreed plan, with what became of it."""
    assert row.one is not None
    ending = {ENDINGS[Ended(row.word)]: row.latest} if row.word else {}
    return StepFacts(
        id=row.number,
        case=row.one,
        agreed_at=row.at,
        due_at=row.later,
        is_promise=bool(row.yes),
        replaced_at=row.sort_at,
        **ending,
    )


def event(row: Row) -> EventFacts:
    """Return something that happened in a case."""
    assert row.one is not None
    return EventFacts(kind=row.word, id=row.number, case=row.one, at=row.at)


def review(row: Row) -> ReviewFacts:
    """Return a manager's look at a case."""
    assert row.one is not None
    return ReviewFacts(id=row.number, case=row.one, at=row.at)
