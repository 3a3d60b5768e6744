"""Where somebody has been seen before: homes by the register, reports and cases that the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from haven.accounts.models import Staff
from haven.cases.access.doors import visible_cases, visible_reports
from haven.cases.access.scope import CaseIsSeen, ReportIsSeen
from haven.cases.models import Case, CasePerson
from haven.homes.models import Property
from haven.people.choices import Origin
from haven.people.models import Occupancy, Person
from haven.reports.models import Report, ReportPerson

MOST = 500
_CASE = (
    "person", "part", "case", "case__reference", "case__state", "case__strands", "case__opened_at", "case__home_id",
)  # fmt: skip
_REPORT = (
    "person", "part", "report", "report__reference", "report__channel", "report__strands", "report__incident_types",
    "report__received_at", "report__home_id",
)  # fmt: skip


@dataclass(slots=True)
class Sightings:
    """Everything about one person that the viewer may know."""

    homes: list[Occupancy] = field(default_factory=list)
    cases: list[CasePerson] = field(default_factory=list)
    reports: list[ReportPerson] = field(default_factory=list)

    @property
    def parts(self) -> list[tuple[Case, list[str]]]:
        """Return each case once, with every part that this person has in it, in words."""
        found: dict[int, tuple[Case, list[str]]] = {}
        for each in self.cases:
            found.setdefault(each.case_id, (each.case, []))[1].append(each.get_part_display())
        return list(found.values())

    def __bool__(self) -> bool:
        return bool(self.homes or self.cases or self.reports)

    def is_at(self, home: Property | None) -> bool:
        """Say whether this person lives at that home, or was told of there."""
        if home is None:
            return False
        lives = any(each.tenancy.property_id == home.pk for each in self.homes)
        return lives or any(each.report.home_id == home.pk for each in self.reports)


def sightings_of(viewer: Staff, persons: Collection[int], *, at: datetime) -> dict[int, Sightings]:
    """Return where each of these persons was seen before, in three queries however many they are (3.3.3)."""
    found: dict[int, Sightings] = defaultdict(Sightings)
    if not persons:
        return found
    for lives in _homes(persons):
        found[lives.person_id].homes.append(lives)
    for part in _cases(viewer, persons):
        found[part.person_id].cases.append(part)
    for told in _reports(viewer, persons, at):
        found[told.person_id].reports.append(told)
    return found


def known_to(viewer: Staff, candidates: Collection[Person], *, at: datetime) -> list[Person]:
    """Return those of a few candidates whom the viewer may know of: in the register, or in a matter that they see.

    Those in a matter come first, newest first, and `in_matter` says so. Two queries that look the candidates up, however
    many rows there are besides: as one condition of SQL the planner reads every matter there is (3.3.3).
    """
    ids = [each.pk for each in candidates]
    in_case = CasePerson.objects.filter(person__in=ids, until=None).filter(CaseIsSeen(viewer, "case"))
    told = ReportPerson.objects.filter(person__in=ids).filter(ReportIsSeen(viewer, "report", at=at))
    in_matter = {*in_case.values_list("person", flat=True), *told.values_list("person", flat=True)}
    for each in candidates:
        each.in_matter = each.pk in in_matter  # type: ignore[attr-defined]
    known = [each for each in candidates if each.pk in in_matter or each.origin == Origin.REGISTER]
    return sorted(known, key=lambda each: (each.pk in in_matter, each.pk), reverse=True)


def _homes(persons: Collection[int]) -> Iterable[Occupancy]:
    rows = Occupancy.objects.filter(person__in=persons).select_related("tenancy__property")
    return rows.order_by("to_on", "-from_on", "pk")[:MOST]


def _cases(viewer: Staff, persons: Collection[int]) -> Iterable[CasePerson]:
    rows = CasePerson.objects.filter(person__in=persons, until=None).filter(CaseIsSeen(viewer, "case"))
    return rows.select_related("case").only(*_CASE).order_by("-case__opened_at")[:MOST]


def _reports(viewer: Staff, persons: Collection[int], at: datetime) -> Iterable[ReportPerson]:
    rows = ReportPerson.objects.filter(person__in=persons).filter(ReportIsSeen(viewer, "report", at=at))
    return rows.select_related("report").only(*_REPORT).order_by("-report__received_at")[:MOST]


def occupants_of(home: Property | None) -> list[Occupancy]:
    """Return who lives at a home now by the landlord's register."""
    if home is None:
        return []
    rows = Occupancy.objects.filter(tenancy__property=home, tenancy__ends_on=None, to_on=None)
    return list(rows.select_related("person__sealing_key", "tenancy").order_by("pk")[:25])


@dataclass(frozen=True, slots=True)
class Matters:
    """Cases and reports by the home that they are about."""

    cases: dict[int, list[Case]]
    reports: dict[int, list[Report]]


def matters_at(viewer: Staff, homes: Sequence[Property], *, at: datetime) -> Matters:
    """Return the matters at these homes that the viewer may see, in two queries however many homes (3.3.3)."""
    found = Matters(cases=defaultdict(list), reports=defaultdict(list))
    if not homes:
        return found
    for case in visible_cases(viewer).filter(home__in=homes).defer("summary").order_by("-opened_at")[:100]:
        found.cases[case.home_id or 0].append(case)
    rows = visible_reports(viewer, at=at).filter(home__in=homes).defer("account", "answers", "tokens")
    for report in rows.order_by("-received_at")[:100]:
        found.reports[report.home_id or 0].append(report)
    return found
