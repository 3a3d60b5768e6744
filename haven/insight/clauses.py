"""Clause by clause: what carries the policy out, how often, and which tests hold it (DESIGN idea 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from haven.insight import counting, tested
from haven.insight.counting import Counted
from haven.insight.figures import FIGURES, Definition, Result
from haven.insight.gaps import GAPS
from haven.insight.tested import Tested
from haven.obligations.queries import Counts
from haven.obligations.queries import counts as duty_counts
from haven.policy.clauses import CLAUSES, Clause, clause
from haven.policy.register import Carried, register_of
from haven.trail.queries import Asked, guards_asked


class State(StrEnum):
    """How far a clause is carried out."""

    CARRIED_OUT = "carried_out"
    PARTLY = "partly"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRow:
    """A guard, how often it was asked and refused, and the tests that call it."""

    name: str
    summary: str
    asked: Asked
    tests: tuple[Tested, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A duty and how it stands."""

    key: str
    summary: str
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A record and how many there are."""

    model: str
    summary: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure and what was counted."""

    definition: Definition
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """One clause with everything behind it; `tests` are those that name it, where it is known which tests there are."""

    clause: Clause
    guards: tuple[GuardRow, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    records: tuple[RecordRow, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    tests: tuple[Tested, ...] = ()
    missing: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()
    needs_tests: bool = False
    gap: str = ""

    @property
    def state(self) -> State:
        """Say how far the clause is carried out: all that it needs is there, and tests hold it; or some; or nothing."""
        if not (self.guards or self.duties or self.records or self.figures):
            return State.EMPTY
        lacks = self.missing or self.untested or self.needs_tests or self.gap
        return State.PARTLY if lacks else State.CARRIED_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """The whole policy, and when it was counted."""

    clauses: tuple[ClauseRow, ...]
    at: datetime
    counted_at: datetime

    def in_state(self, state: State) -> tuple[ClauseRow, ...]:
        """Return the clauses that are carried out this far."""
        return tuple(row for row in self.clauses if row.state is state)

    @property
    def tests(self) -> int:
        """Count the tests that name a clause, each once."""
        return len({(test.file, test.name) for row in self.clauses for test in row.tests})


def assurance(*, at: datetime) -> Assurance:
    """Return every clause with what carries it out, counted; the number of queries is fixed."""
    counted, guards, duties = counting.current(at), guards_asked(), duty_counts(at=at)
    rows = tuple(_row(number, counted, guards, duties) for number in CLAUSES)
    return Assurance(clauses=rows, at=at, counted_at=counted.at)


def clause_row(number: str, *, at: datetime) -> tuple[ClauseRow, datetime]:
    """Return one clause with what carries it out, and when that was counted; raises UnknownClause."""
    known = clause(number).number
    counted = counting.current(at)
    return _row(known, counted, guards_asked(), duty_counts(at=at)), counted.at


def _row(number: str, counted: Counted, guards: dict[str, Asked], duties: dict[str, Counts]) -> ClauseRow:
    carried = register_of(number)
    guard_rows = tuple(
        GuardRow(
            name=each.name,
            summary=each.summary,
            asked=guards.get(each.name, Asked()),
            tests=tested.of_guard(each.name, each.clauses),
        )
        for each in carried.guards
    )
    tests = tested.of_clause(number)
    return ClauseRow(
        clause=CLAUSES[number],
        guards=guard_rows,
        duties=tuple(
            DutyRow(key=each.key, summary=each.summary, counts=duties.get(each.key, Counts()))
            for each in carried.duties
        ),
        records=_records(number, carried, counted),
        figures=tuple(
            FigureRow(definition=FIGURES[each.name], result=counted.figures.get(each.name, Result()))
            for each in carried.figures
            if each.name in FIGURES
        ),
        tests=tests,
        missing=carried.missing,
        needs_tests=tested.are_known() and not tests,
        gap=GAPS.get(number, ""),
        untested=tuple(row.name for row in guard_rows if not row.tests) if tested.are_known() else (),
    )


def _records(number: str, carried: Carried, counted: Counted) -> tuple[RecordRow, ...]:
    return tuple(
        RecordRow(model=each.model, summary=each.summary, count=counted.records.get(f"{number} {each.model}", 0))
        for each in carried.records
    )


def as_json(row: ClauseRow) -> dict[str, Any]:
    """Return one clause as `haven policy --json` prints it; the names are a promise to whoever reads it."""
    return {
        "clause": row.clause.number,
        "heading": row.clause.heading,
        "summary": row.clause.summary,
        "needs": row.clause.needs,
        "state": str(row.state),
        "missing": list(row.missing),
        "gap": row.gap,
        "guards": [
            {
                "name": guard.name,
                "refuses": guard.summary,
                "asked": guard.asked.asked,
                "refused": guard.asked.refused,
                "tests": len(guard.tests),
            }
            for guard in row.guards
        ],
        "duties": [{"key": duty.key, "requires": duty.summary, **_counts(duty.counts)} for duty in row.duties],
        "records": [{"model": each.model, "holds": each.summary, "count": each.count} for each in row.records],
        "figures": [
            {
                "name": each.definition.name,
                "title": each.definition.title,
                "definition": each.definition.definition,
                "parts": {part.code: part.number for part in each.result.parts},
                "total": each.result.total,
                "middle_minutes": each.result.middle,
                "worst_minutes": each.result.worst,
            }
            for each in row.figures
        ],
        "tests": [{"file": test.file, "name": test.name} for test in row.tests],
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "met": counts.met,
        "met_late": counts.met_late,
        "missed": counts.missed,
        "open": counts.open,
        "late": counts.late,
        "lapsed": counts.lapsed,
    }
