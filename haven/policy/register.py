"""What carries out each clause: guards that refuse, duties with due times, records and figures.

`haven policy` and the assurance page are printed from here; a clause with nothing behind it shows as empty.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, TypeVar

from haven.kernel.decision import Decision
from haven.policy.clauses import CLAUSES, KINDS, clause

P = ParamSpec("P")
Due = TypeVar("Due", bound=datetime | None)
Clauses = str | Sequence[str]
Rule = Callable[P, Decision]


@dataclass(frozen=True)
class Guard:
    """A rule that may refuse, called `<part>.<function>`; `summary` says what it refuses."""

    name: str
    clauses: tuple[str, ...]
    summary: str
    function: Callable[..., Decision] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Duty:
    """A rule that works out by when something must be done; `key` names the duty in the table of duties."""

    key: str
    clauses: tuple[str, ...]
    summary: str
    name: str
    function: Callable[..., datetime | None] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Record:
    """A model (`part.Model`) in which facts that a clause asks for are kept."""

    model: str
    clauses: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Figure:
    """A number that is counted from what was recorded."""

    name: str
    clauses: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Carried:
    """Everything that carries out one clause."""

    clause: str
    guards: tuple[Guard, ...]
    duties: tuple[Duty, ...]
    records: tuple[Record, ...]
    figures: tuple[Figure, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands behind the clause."""
        return not (self.guards or self.duties or self.records or self.figures)

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds that the clause expects and that nobody has registered."""
        return tuple(kind for kind in CLAUSES[self.clause].expects if not self.of(kind))

    def of(self, kind: str) -> tuple[Guard | Duty | Record | Figure, ...]:
        """Return what is there of one kind: guard, duty, record or figure."""
        kinds: dict[str, tuple[Guard | Duty | Record | Figure, ...]] = {
            "guard": self.guards,
            "duty": self.duties,
            "record": self.records,
            "figure": self.figures,
        }
        return kinds[kind]


Kept = TypeVar("Kept", Guard, Duty)


class Register:
    """The guards, duties, records and figures that were declared, each kept once."""

    def __init__(self) -> None:
        self.guards: dict[str, Guard] = {}
        self.duties: dict[str, Duty] = {}
        self.records: dict[str, Record] = {}
        self.figures: dict[str, Figure] = {}

    def guard(self, clauses: Clauses, summary: str) -> Callable[[Rule[P]], Rule[P]]:
        """Register a rule that returns a Decision and stamp its name on every decision it makes.

        A decision that an inner guard stamped keeps that name: the rule that refused is the one counted.
        """
        numbers = _checked(clauses)

        def decorate(rule: Rule[P]) -> Rule[P]:
            name = _name_of(rule)

            @functools.wraps(rule)
            def guarded(*args: P.args, **kwargs: P.kwargs) -> Decision:
                decision: object = rule(*args, **kwargs)
                if not isinstance(decision, Decision):
                    raise TypeError(f"The guard {name} returned {type(decision).__name__}, not a Decision.")
                return decision if decision.guard else decision.by(name)

            _keep(self.guards, name, Guard(name, numbers, _said(summary, name), guarded), rule)
            return guarded

        return decorate

    def duty(
        self, key: str, clauses: Clauses, summary: str
    ) -> Callable[[Callable[P, Due]], Callable[P, Due]]:
        """Register a rule that works out a due time; the rule itself is left as it is."""
        numbers = _checked(clauses)

        def decorate(rule: Callable[P, Due]) -> Callable[P, Due]:
            _keep(self.duties, key, Duty(key, numbers, _said(summary, key), _name_of(rule), rule), rule)
            return rule

        return decorate

    def record(self, clauses: Clauses, model: str, summary: str) -> Record:
        """Register that a model keeps what the clauses ask for; a model may be registered more than once."""
        entry = Record(model, _checked(clauses), _said(summary, model))
        self.records[f"{model} {' '.join(entry.clauses)}"] = entry
        return entry

    def figure(self, clauses: Clauses, name: str, summary: str) -> Figure:
        """Register a figure that shows how well the clauses are carried out."""
        entry = Figure(name, _checked(clauses), _said(summary, name))
        self.figures[f"{name} {' '.join(entry.clauses)}"] = entry
        return entry

    def register_of(self, number: str) -> Carried:
        """Return everything that carries out this clause; raises UnknownClause for one that is not there."""
        known = clause(number).number
        return Carried(
            clause=known,
            guards=tuple(each for each in self.guards.values() if known in each.clauses),
            duties=tuple(each for each in self.duties.values() if known in each.clauses),
            records=tuple(each for each in self.records.values() if known in each.clauses),
            figures=tuple(each for each in self.figures.values() if known in each.clauses),
        )

    def clauses_with(self, kind: str | None = None) -> tuple[str, ...]:
        """Return the numbers of the clauses that have something of this kind (any kind if none is named)."""
        if kind is not None and kind not in KINDS:
            raise ValueError(f"There is no kind {kind!r}; the kinds are {', '.join(KINDS)}.")
        return tuple(number for number in CLAUSES if _has(self.register_of(number), kind))


def _has(carried: Carried, kind: str | None) -> bool:
    return not carried.is_empty if kind is None else bool(carried.of(kind))


def _checked(clauses: Clauses) -> tuple[str, ...]:
    numbers = (clauses,) if isinstance(clauses, str) else tuple(clauses)
    if not numbers:
        raise ValueError("Name at least one clause.")
    return tuple(clause(number).number for number in numbers)


def _said(summary: str, name: str) -> str:
    if not summary.strip():
        raise ValueError(f"Say in a phrase what {name} does.")
    return summary


def _name_of(rule: Callable[..., object]) -> str:
    """Name a rule `<part>.<function>`: haven.cases.rules.may_open is cases.may_open."""
    parts = rule.__module__.split(".")
    part = parts[1] if parts[0] == "haven" and len(parts) > 1 else parts[-1]
    return f"{part}.{rule.__name__}"


def _keep(known: dict[str, Kept], key: str, entry: Kept, rule: Callable[..., object]) -> None:
    """Put an entry under its key, unless a rule from elsewhere has it (a module read again may replace)."""
    before = known.get(key)
    if before is not None and _place(before.function) != _place(rule):
        raise ValueError(f"{key} is registered twice: {_place(before.function)} and {_place(rule)}.")
    known[key] = entry


def _place(rule: Callable[..., object]) -> str:
    return f"{rule.__module__}.{rule.__qualname__}"


REGISTER = Register()
guard = REGISTER.guard
duty = REGISTER.duty
record = REGISTER.record
figure = REGISTER.figure
register_of = REGISTER.register_of
clauses_with = REGISTER.clauses_with
