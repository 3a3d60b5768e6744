"""Harassment as a pattern, and repeats of a person or an address: evidence for a person to weigh, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from haven.kernel.decision import Decision
from haven.policy.register import guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One occasion (or several, told as one) and whom it was aimed at."""

    incident: int
    harmed: frozenset[int]
    is_several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Occasions that may together be a course of conduct, and why they may."""

    why: str
    incidents: tuple[int, ...]
    persons: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report or an incident that counts towards a repeat, and when it was."""

    kind: str
    id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """That something has come back as often as the landlord's rule says, and what that rests on."""

    rule: str
    at_least: int
    within_days: int
    rests_on: tuple[Told, ...]


def course_of_conduct(occasions: Iterable[Occasion], *, at_least: int = 2) -> Course | None:
    """Return the occasions that may be harassment, or None (Protection from Harassment Act 1997, ss.1 and 7(3)).

    Two occasions or more to one person, or one occasion or more to each of two or more people. An occasion told as
    ongoing or as a range of times counts as several.
    """
    by_person: dict[int, list[Occasion]] = {}
    every = list(occasions)
    for occasion in every:
        for person in occasion.harmed:
            by_person.setdefault(person, []).append(occasion)
    for person, theirs in sorted(by_person.items()):
        if _how_often(theirs, at_least) >= at_least:
            return Course(why="one_person", incidents=_ids(theirs), persons=(person,))
    if len(by_person) >= 2:
        return Course(why="several_people", incidents=_ids(every), persons=tuple(sorted(by_person)))
    nobody = [occasion for occasion in every if not occasion.harmed]
    if _how_often(nobody, at_least) >= at_least:
        return Course(why="nobody_named", incidents=_ids(nobody), persons=())
    return None


@guard("3.5.1", "harassment is called a pattern where fewer occasions were recorded than the law asks for")
def may_call_harassment(*, course: Course | None, is_perceived: bool) -> Decision:
    """Decide whether a case may be marked as harassment: a pattern, or somebody's perception of one (1.1, 3.5.1)."""
    if course or is_perceived:
        return Decision.yes(clause="3.5.1")
    return Decision.no(
        "One occasion to one person is recorded so far.",
        clause="3.5.1",
        remedy="Record the other occasions, or that the person harmed sees it as harassment.",
    )


def repeat_in(told: Iterable[Told], *, rule: str, at_least: int, within_days: int) -> Repeat | None:
    """Return the newest run of `at_least` or more within `within_days`, or None where it never came back so often."""
    newest_first = sorted(told, key=lambda each: (each.at, each.id), reverse=True)
    span = timedelta(days=within_days)
    for start, newest in enumerate(newest_first):
        run = [each for each in newest_first[start:] if newest.at - each.at <= span]
        if len(run) >= at_least:
            return Repeat(rule=rule, at_least=at_least, within_days=within_days, rests_on=tuple(run))
    return None


def is_hate_related(strands: Sequence[str]) -> bool:
    """Say whether somebody perceives a strand as the reason; perception records, proof is never asked (3.3.2)."""
    return bool(strands)


def _how_often(occasions: Sequence[Occasion], several: int) -> int:
    return sum(several if occasion.is_several else 1 for occasion in occasions)


def _ids(occasions: Sequence[Occasion]) -> tuple[int, ...]:
    return tuple(sorted(occasion.incident for occasion in occasions))
