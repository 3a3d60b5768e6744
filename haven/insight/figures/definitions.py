"""What a figure is: a name, a title, a definition that a regulator can check, and a function that counts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from haven.kernel.clock import LONDON, local_date
from haven.policy.register import figure

DAYS = 365
"""Figures look back over this many whole days."""


class Kind(StrEnum):
    """What a figure's first number is: how many, which share, or how long."""

    COUNT = "count"
    SHARE = "share"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a figure: a code and how many."""

    code: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was counted; the parts add up to the whole unless `adds_up` says otherwise. Minutes where it is a time."""

    parts: tuple[Part, ...] = ()
    middle: float | None = None
    worst: float | None = None

    @property
    def total(self) -> int:
        """Add the parts up."""
        return sum(part.number for part in self.parts)

    @property
    def percent(self) -> int | None:
        """Return the first part as a share of all, rounded down so that a hundred is only ever said of all of them."""
        return int(100 * self.parts[0].number / self.total) if self.parts and self.total else None

    def as_json(self) -> dict[str, Any]:
        """Return what is kept in a snapshot."""
        return {
            "parts": [[part.code, part.number] for part in self.parts],
            "middle": self.middle,
            "worst": self.worst,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Result:
        """Return what a snapshot holds."""
        parts = tuple(Part(code, number) for code, number in kept["parts"])
        return cls(parts=parts, middle=kept["middle"], worst=kept["worst"])


Counting = Callable[[datetime, datetime], Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One figure as it is defined and counted."""

    name: str
    clauses: tuple[str, ...]
    title: str
    definition: str
    kind: Kind
    words: Mapping[str, str]
    words_from: str
    adds_up: bool
    count: Counting


FIGURES: dict[str, Definition] = {}


def counted(
    clauses: Sequence[str],
    title: str,
    definition: str,
    *,
    kind: Kind = Kind.COUNT,
    words: Mapping[str, str] | None = None,
    words_from: str = "",
    adds_up: bool = True,
) -> Callable[[Counting], Counting]:
    """Define a figure by a function of (since, at); its codes are put into `words`, or those of a table of the pack."""

    def decorate(count: Counting) -> Counting:
        name = count.__name__
        figure(tuple(clauses), name, title)
        FIGURES[name] = Definition(
            name=name,
            clauses=tuple(clauses),
            title=title,
            definition=definition,
            kind=kind,
            words=words or {},
            words_from=words_from,
            adds_up=adds_up,
            count=count,
        )
        return count

    return decorate


def since(at: datetime) -> datetime:
    """Return the midnight in England with which the period of all figures begins."""
    return datetime.combine(local_date(at) - timedelta(days=DAYS), time(), tzinfo=LONDON)


def parts_of(numbers: Mapping[str, int]) -> tuple[Part, ...]:
    """Return parts in the order given."""
    return tuple(Part(code, int(number)) for code, number in numbers.items())


def largest_first(rows: Sequence[tuple[str, int]]) -> tuple[Part, ...]:
    """Return parts, the largest first."""
    return tuple(Part(str(code), int(number)) for code, number in sorted(rows, key=lambda row: (-row[1], str(row[0]))))
