"""Search before create: who, where and what a report may be the same as, shown before anything is decided.

It is evidence for a trained person to weigh; nothing is merged and nobody is accused by it (clause 3.5.1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from haven.accounts.models import Staff
from haven.cases.access.doors import visible_cases, visible_reports
from haven.cases.access.sightings import Sightings, known_to, occupants_of, sightings_of
from haven.cases.models import Case
from haven.homes.models import Property
from haven.people.models import Occupancy, Person
from haven.people.queries import Match, names_like, same_names
from haven.reports.models import Report, ReportPerson

MOST = 12
MOST_NAMESAKES = 60


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
    occupants = occupants_of(report.home)
    return Known(
        home=report.home,
        occupants=occupants,
        reports_here=_reports_here(viewer, report, at),
        cases_here=_cases_here(viewer, report),
        people=_people(viewer, report, told, occupants, at),
    )


def likenesses_of(viewer: Staff, persons: list[Person], *, at: datetime) -> dict[int, list[Likeness]]:
    """Return, for each person, others on record who may be the same, as far as the viewer may know (3.3.3)."""
    return _likenesses(viewer, persons, None, [], at)


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


def _people(
    viewer: Staff, report: Report, told: list[ReportPerson], occupants: list[Occupancy], at: datetime
) -> list[ToldOf]:
    persons, here = [each.person for each in told], [each.person for each in occupants]
    found = _likenesses(viewer, persons, report, here, at)
    return [ToldOf(told=each, likenesses=found.get(each.person_id, [])) for each in told]


def _likenesses(
    viewer: Staff, persons: list[Person], report: Report | None, here: list[Person], at: datetime
) -> dict[int, list[Likeness]]:
    """Return the likeliest for each person: those of the home first, then those in matters, then namesakes."""
    namesakes = list(names_like(persons).only("tokens", "origin", "same_as"))
    candidates = known_to(viewer, namesakes, at=at)[:MOST_NAMESAKES]
    at_home = {person.pk for person in here}
    every = {each.pk: each for each in [*here, *candidates]}
    alike = same_names(persons, list(every.values()))
    chosen = {pk: sorted(found, key=lambda each: _rank(each, at_home))[:MOST] for pk, found in alike.items()}
    ids = {match.person.pk for matches in chosen.values() for match in matches}
    named = Person.objects.select_related("sealing_key").in_bulk(ids)
    seen = sightings_of(viewer, ids, at=at)
    return {
        pk: [
            Likeness(person=named[each.person.pk], why=each.why, seen=_elsewhere(seen[each.person.pk], report))
            for each in matches
        ]
        for pk, matches in chosen.items()
    }


def _rank(match: Match, at_home: set[int]) -> tuple[bool, bool, bool]:
    in_matter = getattr(match.person, "in_matter", False)
    return (match.person.pk not in at_home, not in_matter, match.why != "same")


def _elsewhere(seen: Sightings, report: Report | None) -> Sightings:
    """Return where somebody was seen, but for this report itself."""
    reports = [told for told in seen.reports if report is None or told.report_id != report.pk]
    return Sightings(homes=seen.homes, cases=seen.cases, reports=reports)
