"""Keeps what is derived equal to what the facts say, duties and watches: in each act's transaction, or all at once."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Model, QuerySet

from haven.accounts.models import WorkChanged
from haven.obligations import watches
from haven.obligations.models import Duty, DutyTally, Watch
from haven.obligations.queries.counts import COUNTED, recounted, summed
from haven.obligations.queries.facts import facts_of, reports_touched
from haven.obligations.queries.watched import cases_left_by
from haven.obligations.rules import Owed, duties_of
from haven.reports.models import Report

BATCH = 2_000
TRIES = 5
NAMES = Owed._fields
LINKS = ("report", "case", "team", "staff")
COLUMNS = tuple(f"{name}_id" if name in LINKS else name for name in NAMES)
CHANGING = ("clause", "starts_at", "due_at", "met_at", "ended_at", "is_promise", "urgency", "team", "staff")
Identity = tuple[int, str, int | None, str]
Progress = Callable[[int], None]


def refresh(subjects: list[Any], at: datetime) -> None:
    """Derive what an act touched again, in the act's own transaction; a fixed number of queries."""
    reports, cases = reports_touched(subjects), set[int]()
    if reports:
        cases |= _bring_up_to_date(sorted(reports)).cases
    for changed in (each for each in subjects if isinstance(each, WorkChanged)):
        cases |= cases_left_by(changed.staff)
    if cases:
        watches.bring_up_to_date(cases, at)


@dataclass(slots=True)
class Differences:
    """How the table of duties differs from what the facts say; `cases` are those that the reports are in."""

    missing: list[Owed] = field(default_factory=list)
    changed: list[tuple[int, Owed, Owed]] = field(default_factory=list)
    stale: list[tuple[int, Owed]] = field(default_factory=list)
    cases: set[int] = field(default_factory=set)
    watches: int = 0

    @property
    def count(self) -> int:
        """Count the differences."""
        return len(self.missing) + len(self.changed) + len(self.stale) + self.watches


def differences_in(reports: QuerySet[Report]) -> Differences:
    """Compare the table with the derivation for these reports; three queries."""
    facts = facts_of(reports)
    derived = {_identity(owed): owed for each in facts for owed in duties_of(each)}
    found = Differences(cases={case.id for each in facts for case in each.cases})
    for pk, *values in (
        Duty.objects.filter(report__in=[each.id for each in facts]).order_by().values_list("pk", *COLUMNS)
    ):
        kept = Owed._make(values)
        wanted = derived.pop(_identity(kept), None)
        if wanted is None:
            found.stale.append((pk, kept))
        elif wanted != kept:
            found.changed.append((pk, kept, wanted))
    found.missing.extend(derived.values())
    return found


def _identity(owed: Owed) -> Identity:
    return owed.report, owed.key, owed.case, owed.occasion


def _bring_up_to_date(reports: list[int]) -> Differences:
    """Lock these reports, so that no act writes what another has changed meanwhile; then write what differs."""
    found = differences_in(Report.objects.select_for_update(no_key=True).filter(pk__in=reports))
    if found.stale:
        Duty.objects.filter(pk__in=[pk for pk, _ in found.stale]).delete()
    _change({pk: wanted for pk, _, wanted in found.changed})
    _add(found.missing)
    _tally(found)
    return found


def _change(owed: dict[int, Owed]) -> None:
    """Change rows in one statement."""
    if not owed:
        return
    columns = [_written(owed), *(_written(map(attrgetter(name), owed.values())) for name in CHANGING)]
    with connection.cursor() as cursor:
        cursor.execute(_update(Duty, tuple(f"{name}_id" if name in LINKS else name for name in CHANGING)), columns)


def _add(owed: list[Owed]) -> None:
    """Insert rows in one statement, as short for one as for thousands."""
    if not owed:
        return
    columns = [_written(map(attrgetter(name), owed)) for name in NAMES]
    with connection.cursor() as cursor:
        cursor.execute(_insert(Duty, COLUMNS), columns)


def _written(values: Iterable[object]) -> str:
    """Write a list as PostgreSQL reads arrays; the driver would take longer over each value than over the statement."""
    said: dict[object, str] = {None: "NULL"}  # the same moments, keys and people come again and again
    return "{" + ",".join([said.get(value) or said.setdefault(value, f'"{value}"') for value in values]) + "}"


def _tally(found: Differences) -> None:
    """Add to the counts what came and take off what went."""
    steps: Counter[tuple[str, str]] = Counter()
    for owed in [*found.missing, *(wanted for _, _, wanted in found.changed)]:
        steps[owed.key, counted_as(owed)] += 1
    for owed in [*(kept for _, kept in found.stale), *(kept for _, kept, _ in found.changed)]:
        steps[owed.key, counted_as(owed)] -= 1
    keys = sorted({key for (key, _), step in steps.items() if step})
    if keys:
        with connection.cursor() as cursor:
            counts = ([steps[key, name] for key in keys] for name in COUNTED)
            cursor.execute(_insert(DutyTally, ("key", *COUNTED)), [keys, *counts])


@cache
def _insert(model: type[Model], columns: tuple[str, ...]) -> str:
    """Return the statement that inserts rows given as one list for each column."""
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT * FROM {_lists(model, columns)}"  # noqa: S608


@cache
def _update(model: type[Model], columns: tuple[str, ...]) -> str:
    """Return the statement that changes these columns of rows, given as one list of keys and one for each column."""
    names = ("id", *columns)
    changes = ", ".join(f"{name} = given.{name}" for name in columns)
    return (
        f"UPDATE {model._meta.db_table} kept SET {changes} "  # noqa: S608
        f"FROM {_lists(model, names)} AS given({', '.join(names)}) WHERE kept.id = given.id"
    )


def _lists(model: type[Model], columns: tuple[str, ...]) -> str:
    """Return rows given as one list for each column."""
    kinds = [model._meta.get_field(name.removesuffix("_id")).db_type(connection) for name in columns]
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in kinds)})"


def counted_as(owed: Owed) -> str:
    """Return the column of the tally in which a duty is counted."""
    if owed.met_at is not None:
        return "met" if owed.met_at <= owed.due_at else "met_late"
    if owed.ended_at is not None:
        return "missed" if owed.ended_at > owed.due_at else "lapsed"
    return "open"


def rebuild(progress: Progress = lambda done: None) -> int:
    """Derive every duty again and write what differs; return how much did. People may go on working meanwhile."""
    differing = 0
    for done, reports in _batches():
        with _uncollected():
            differing += _again(reports).count
        progress(done)
    return differing


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no garbage be looked for meanwhile: a batch makes many small facts and no rings, and looking costs a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _again(reports: list[int]) -> Differences:
    """Bring one batch up to date in a transaction of its own; tries again when acts got in each other's way."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                _without_waiting_for_the_disk()
                found = _bring_up_to_date(reports)
                found.watches = watches.bring_up_to_date(found.cases)
                return found
        except OperationalError as problem:
            if attempt == TRIES - 1 or "deadlock" not in str(problem):
                raise
    raise AssertionError("unreachable")


def _without_waiting_for_the_disk() -> None:
    """Let this transaction be told of as done before it is on disk: what a crash then loses is worked out again."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def drop() -> None:
    """Throw away what is derived; `rebuild` makes it again."""
    with transaction.atomic():
        Watch.objects.all()._raw_delete(Watch.objects.db)
        Duty.objects.all()._raw_delete(Duty.objects.db)
        DutyTally.objects.all()._raw_delete(DutyTally.objects.db)


def check(progress: Progress = lambda done: None) -> Iterator[str]:
    """Say where the table of duties differs from what the facts say, one line a difference, by reference."""
    for done, reports in _batches():
        found = differences_in(Report.objects.filter(pk__in=reports))
        if found.count:
            yield from _said(found)
        yield from watches.said(found.cases)
        progress(done)
    yield from _wrong_tallies()


def _batches() -> Iterator[tuple[int, list[int]]]:
    """Give the ids of all reports, batch by batch, with how many have been given."""
    last, done = 0, 0
    while reports := list(Report.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last, done = reports[-1], done + len(reports)
        yield done, reports


def _said(found: Differences) -> Iterator[str]:
    named = [*found.missing, *(wanted for _, _, wanted in found.changed), *(kept for _, kept in found.stale)]
    references = dict(Report.objects.filter(pk__in={owed.report for owed in named}).values_list("pk", "reference"))
    for owed in found.missing:
        yield f"{references[owed.report]} {owed.key}: missing, due {owed.due_at:%Y-%m-%d %H:%M} UTC"
    for _, kept, wanted in found.changed:
        yield f"{references[wanted.report]} {wanted.key}: {', '.join(_changes(kept, wanted))}"
    for _, kept in found.stale:
        yield f"{references[kept.report]} {kept.key}: there, but nothing requires it"


def _changes(kept: Owed, wanted: Owed) -> Iterable[str]:
    for name in NAMES:
        before, after = getattr(kept, name), getattr(wanted, name)
        if before != after:
            yield f"{name} is {_shown(before)}, should be {_shown(after)}"


def _shown(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else str(value)


def _wrong_tallies() -> Iterator[str]:
    kept, real = summed(), recounted()
    for key in sorted({*kept, *real}):
        for name in COUNTED:
            before, after = kept.get(key, {}).get(name, 0), real.get(key, {}).get(name, 0)
            if before != after:
                yield f"{key}: {before} are counted as {name.replace('_', ' ')}, should be {after}"
