"""Search before create: who, where and what a report may be the same as, shown before anything is decided.

It is evidence for a trained person to weigh; nothing is merged and nobody is accused by it (clause 3.5.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from haven.accounts.models import Staff
from haven.cases.access.doors import visible_cases, visible_reports
from haven.cases.access.sightings import Sightings, occupants_of, sightings_of
from haven.cases.models import Case
from haven.homes.models import Property
from haven.people.choices import Origin
from haven.people.models import Occupancy, Person
from haven.people.queries import same_names
from haven.reports.models import Report, ReportPerson

MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Somebody on record who may be the person told of, why, and where they were seen before."""

    person: Person
    why: str
    seen: Sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOf:
    """Somebody whom the report names, with those who may be the same."""

    told: ReportPerson
    likenesses: list[Likeness]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known already about the people and the home of a report."""

    home: Property | None = None
    occupants: list[Occupancy] = field(default_factory=list)
    reports_here: list[Report] = field(default_factory=list)
    cases_here: list[Case] = field(default_factory=list)
    people: list[ToldOf] = field(default_factory=list)

    @property
    def cases(self) -> list[Case]:
        """Return every case shown, those at the home first, each once."""
        found = {case.pk: case for case in self.cases_here}
        for told in self.people:
            for likeness in told.likenesses:
                for part in likeness.seen.cases:
                    found.setdefault(part.case_id, part.case)
        return list(found.values())

    def as_shown(self) -> dict[str, Any]:
        """Return kinds and ids of what was shown, for the decision that follows."""
        likenesses = [each for told in self.people for each in told.likenesses]
        seen = [told.report_id for each in likenesses for told in each.seen.reports]
        return {
            "home": self.home.pk if self.home else None,
            "reports": sorted({report.pk for report in self.reports_here} | set(seen)),
            "cases": sorted(case.pk for case in self.cases),
            "persons": sorted({each.person.pk for each in likenesses}),
        }


def known_of(viewer: Staff, report: Report, *, at: datetime) -> Known:
    """Return what is known already of a report's people and home, as far as the viewer may know (3.3.3, 3.5.1)."""
    told = list(ReportPerson.objects.filter(report=report).select_related("person__sealing_key").order_by("pk"))
    return Known(
        home=report.home,
        occupants=occupants_of(report.home),
        reports_here=_reports_here(viewer, report, at),
        cases_here=_cases_here(viewer, report),
        people=_people(viewer, report, told, at),
    )


def likenesses_of(viewer: Staff, persons: list[Person], *, at: datetime) -> dict[int, list[Likeness]]:
    """Return, for each person, others on record who may be the same, as far as the viewer may know (3.3.3)."""
    alike = same_names(persons)
    seen = sightings_of(viewer, {match.person.pk for each in alike.values() for match in each}, at=at)
    return {
        pk: _most_likely(
            (Likeness(person=match.person, why=match.why, seen=seen[match.person.pk]) for match in matches), None
        )
        for pk, matches in alike.items()
    }


def _reports_here(viewer: Staff, report: Report, at: datetime) -> list[Report]:
    if report.home_id is None:
        return []
    rows = visible_reports(viewer, at=at).filter(home=report.home_id).exclude(pk=report.pk)
    return list(rows.defer("account", "answers", "tokens").order_by("-received_at")[:MOST])


def _cases_here(viewer: Staff, report: Report) -> list[Case]:
    if report.home_id is None:
        return []
    rows = visible_cases(viewer).filter(home=report.home_id).select_related("caseworker")
    return list(rows.defer("summary").order_by("-opened_at")[:MOST])


def _people(viewer: Staff, report: Report, told: list[ReportPerson], at: datetime) -> list[ToldOf]:
    persons = [each.person for each in told]
    alike = same_names(persons)
    candidates = {match.person.pk for matches in alike.values() for match in matches}
    seen = sightings_of(viewer, candidates, at=at)
    return [
        ToldOf(
            told=each,
            likenesses=_most_likely(
                (
                    Likeness(person=match.person, why=match.why, seen=_elsewhere(seen[match.person.pk], report))
                    for match in alike.get(each.person_id, ())
                ),
                report.home,
            ),
        )
        for each in told
    ]


def _most_likely(likenesses: Iterable[Likeness], home: Property | None) -> list[Likeness]:
    """Keep those whom the viewer may know of; same home first, then those with cases, then by name."""
    allowed = [each for each in likenesses if each.seen or each.person.origin == Origin.REGISTER]

    def rank(each: Likeness) -> tuple[bool, bool, bool, int]:
        return (not each.seen.is_at(home), not each.seen.cases, each.why != "same", -each.person.pk)

    return sorted(allowed, key=rank)[:MOST]


def _elsewhere(seen: Sightings, report: Report) -> Sightings:
    return Sightings(
        homes=seen.homes,
        cases=seen.cases,
        reports=[told for told in seen.reports if told.report_id != report.pk],
    )
