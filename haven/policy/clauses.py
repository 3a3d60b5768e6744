"""The clauses of the policy, 1.1 to 6.1: what each promises, and what carrying it out needs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FILE = Path(__file__).with_name("clauses.toml")
KINDS = ("guard", "duty", "record", "figure")


class UnknownClause(LookupError):
    """A clause number that the policy does not have."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A numbered heading of the policy."""

    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause, in our own words; `order` counts from 1 in the order of the policy."""

    number: str
    section: Section
    heading: str
    summary: str
    needs: str
    expects: tuple[str, ...]
    order: int
    parent: str | None = None


def clause(number: str) -> Clause:
    """Return the clause with this number, or raise UnknownClause."""
    try:
        return CLAUSES[number]
    except KeyError:
        raise UnknownClause(f"The policy has no clause {number!r}. {_nearest(number)}") from None


def is_clause(number: str) -> bool:
    """Say whether the policy has a clause with this number."""
    return number in CLAUSES


def children_of(number: str) -> tuple[Clause, ...]:
    """Return the lettered clauses under a clause, in order; none for a clause that has no letters."""
    return tuple(each for each in CLAUSES.values() if each.parent == clause(number).number)


def _nearest(number: str) -> str:
    stem = number.split("(")[0].split("-")[0]
    near = [known for known in CLAUSES if known.startswith(stem)] if stem else []
    return f"Near it: {', '.join(near)}." if near else "They run from 1.1 to 6.1."


def _read() -> tuple[Mapping[str, Section], Mapping[str, Clause]]:
    with _FILE.open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    sections = {row["number"]: Section(**row) for row in data["section"]}
    clauses: dict[str, Clause] = {}
    for order, row in enumerate(data["clause"], start=1):
        typed = {"section": sections[row["section"]], "expects": tuple(row["expects"]), "order": order}
        clauses[row["number"]] = Clause(**{**row, **typed})
    return MappingProxyType(sections), MappingProxyType(clauses)


SECTIONS, CLAUSES = _read()
