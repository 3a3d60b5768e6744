"""What of a case must not be in a text to the other side, gathered from every row that could tell it (clause 3.3.3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q

from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson, Incident
from haven.confidentiality.models import Check
from haven.confidentiality.shield import Moment, Place, Protected, Somebody
from haven.confidentiality.shield.ordinary import is_ordinary
from haven.confidentiality.shield.text import words_in
from haven.homes.models import Property
from haven.kernel.clock import local, local_date
from haven.people.models import Occupancy, Person, SafeContact
from haven.reports.models import Addition, Report, ReportPerson

LONGEST = timedelta(days=7)
"""Every day between is named where something went on for no longer than this."""
_CODE = re.compile(r"[A-Z0-9_]+|[a-z0-9_]+|[\d:T.+\-]+Z?")
_NAMES = ("name_to_use", "advocate")
_WORDS = ("code_word", "venue")


def protected_in(
    case: Case, *, recipients: Collection[Person], accounts: Iterable[str] = (), ordinary: Iterable[str] = ()
) -> Protected:
    """Return what a text to these recipients must not hold: everybody in the case but them and others responsible.

    `accounts` are further words as told (what was said in a consultation); `ordinary` the landlord's own words, such as
    the clauses that a letter quotes.
    """
    reports = list(Report.objects.filter(case_links__case=case).select_related("sealing_key"))
    here = {person.one_person for person in recipients}
    own_homes = _homes_of(here)
    people = _people(case, reports, here)
    homes = _homes(case, reports, {person.pk for person in people}) - own_homes
    people = [*people, *_households(homes, here | {person.pk for person in people})]
    contacts = list(SafeContact.objects.filter(person__in=people).select_related("person__sealing_key"))
    details = [row.details or {} for row in contacts]
    return Protected(
        people=(*(_somebody(each) for each in people), *(_by_details(each) for each in details)),
        places=tuple(map(_place, Property.objects.filter(pk__in=homes))),
        moments=tuple(sorted(_moments(case, reports), key=lambda each: (each.day, each.at or time()))),
        accounts=(*_accounts(reports), *(each for each in accounts if each)),
        words=tuple(said for each in details for key in _WORDS if (said := str(each.get(key, "")))),
        own_names=tuple(name for each in recipients for name in _names(each)),
        own_places=tuple(map(_place, Property.objects.filter(pk__in=own_homes))),
        ordinary=tuple(ordinary),
    )


def latest_check(case: Case, text_hash: str) -> Check | None:
    """Return the newest check of this very text."""
    rows = Check.objects.filter(case=case, text_hash=text_hash).select_related("case__sealing_key", "by", "written_by")
    return rows.prefetch_related("clearings__by").order_by("-at", "-pk").first()


def _people(case: Case, reports: Collection[Report], recipients: set[int]) -> list[Person]:
    """Return everybody of the other side, also whose part has ended: in the case, or named by a report."""
    parts = list(CasePerson.objects.filter(case=case).values_list("person", "part"))
    told = list(ReportPerson.objects.filter(report__in=reports).values_list("person", "part"))
    responsible = {person for person, part in (*parts, *told) if part == Part.RESPONSIBLE}
    others = {person for person, part in (*parts, *told) if part != Part.RESPONSIBLE}
    rows = Person.objects.filter(Q(pk__in=others) | Q(same_as__in=others) | Q(also__in=others)).distinct()
    alone = {*recipients, *(responsible - others)}
    return [each for each in rows.select_related("sealing_key") if not {each.pk, each.one_person} & alone]


def _homes_of(people: Collection[int]) -> set[int]:
    lives = Occupancy.objects.filter(Q(person__in=people) | Q(person__same_as__in=people), to_on=None)
    return set(lives.values_list("tenancy__property", flat=True))


def _homes(case: Case, reports: Collection[Report], people: Collection[int]) -> set[int]:
    """Return the homes by which somebody could be known: where it happened, what was told of, where they live."""
    occasions = Incident.objects.filter(case=case).values_list("home", flat=True)
    found = {case.home_id, *(report.home_id for report in reports), *occasions, *_homes_of(people)}
    return {pk for pk in found if pk is not None}


def _households(homes: Collection[int], known: set[int]) -> list[Person]:
    rows = Occupancy.objects.filter(tenancy__property__in=homes, tenancy__ends_on=None, to_on=None)
    people = Person.objects.filter(pk__in=rows.values("person")).exclude(pk__in=known)
    return [each for each in people.select_related("sealing_key") if each.one_person not in known]


def _somebody(person: Person) -> Somebody:
    return Somebody(
        names=tuple(_names(person)),
        telephones=tuple(each for each in (person.telephone,) if each),
        emails=tuple(each for each in (person.email,) if each),
    )


def _names(person: Person) -> Iterator[str]:
    for said in (person.name, person.also_known_as):
        yield from (each.strip() for each in re.split(r"[,;/()]|\baka\b", said or "") if each.strip())


def _by_details(details: dict[str, Any]) -> Somebody:
    return Somebody(
        names=tuple(name for key in _NAMES if (name := names_within(str(details.get(key, ""))))),
        telephones=tuple(str(details[key]) for key in ("number",) if details.get(key)),
        emails=tuple(str(details[key]) for key in ("email",) if details.get(key)),
    )


def names_within(said: str) -> str:
    """Return what are names in a note such as "Ask for Mina" or "Say you are from the library"."""
    words = words_in(said)
    kept = [
        word.said
        for place, word in enumerate(words)
        if not is_ordinary(word.plain) or (word.is_capital and (place > 0 or len(words) == 1))
    ]
    return " ".join(kept)


def _place(home: Property) -> Place:
    return Place(
        saon=home.saon, paon=home.paon, street=home.street, locality=home.locality, town=home.town, postcode=home.postcode
    )


def _moments(case: Case, reports: Collection[Report]) -> set[Moment]:
    found: set[Moment] = set()
    for first, last in Incident.objects.filter(case=case).values_list("happened_from", "happened_to"):
        found.update(_between(first, last))
    for report in reports:
        found.add(_moment(report.received_at))
        found.update(Moment(day) for day in (report.happened_from, report.happened_to) if day)
    added = Addition.objects.filter(report__in=reports).values_list("at", flat=True)
    return found | {_moment(at) for at in added}


def _between(first: datetime | None, last: datetime | None) -> Iterator[Moment]:
    for at in (first, last):
        if at is not None:
            yield _moment(at)
    if first and last and timedelta() < last - first <= LONGEST:
        days = (local_date(last) - local_date(first)).days
        yield from (Moment(local_date(first) + timedelta(days=number)) for number in range(1, days))


def _moment(at: datetime) -> Moment:
    """Return a moment as clocks showed it; midnight stands for a day without a time."""
    there = local(at)
    return Moment(there.date(), None if there.time() == time() else there.time())


def _accounts(reports: Collection[Report]) -> Iterator[str]:
    for report in reports:
        yield report.account
        yield from _texts(report.answers)
    for addition in Addition.objects.filter(report__in=reports).select_related("report__sealing_key"):
        yield addition.words


def _texts(answers: Any) -> Iterator[str]:
    """Give every text that somebody wrote among the answers; codes and dates are not words."""
    if isinstance(answers, dict):
        for each in answers.values():
            yield from _texts(each)
    elif isinstance(answers, list):
        for each in answers:
            yield from _texts(each)
    elif isinstance(answers, str) and not _CODE.fullmatch(answers):
        yield answers
