"""What is known of a case when somebody would close it, as the checklist of DOMAIN.md 4.4 asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Q

from haven.accounts.choices import CASE_ROLES, Role
from haven.accounts.models import Staff
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson, CaseReport, Incident
from haven.correspondence.choices import Covered, Result, Way
from haven.correspondence.models import Contact
from haven.correspondence.queries import reachable
from haven.correspondence.queries.reach import address_of
from haven.evidence.choices import Scan
from haven.interventions.choices import State
from haven.interventions.queries import open_in
from haven.obligations.choices import LetterBy
from haven.obligations.models import OPEN, Closing, ClosingView, Duty
from haven.obligations.rules.closing import Affected, ClosingFacts
from haven.people.models import Person
from haven.people.queries import latest_needs
from haven.policy.bands import Band
from haven.reports.models import Attachment, Report
from haven.risk.models import Assessment
from haven.risk.queries import band_now
from haven.support.queries import unfinished

SIGNS_OFF = (Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a proposal to close says, made or about to be made."""

    reasons: tuple[str, ...] = ()
    words: str = ""
    letter: str = ""
    letter_by: str = ""
    letter_language: str = ""
    by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmed:
    """Those harmed in a case, and what they said of closing."""

    people: list[Person] = field(default_factory=list)
    views: dict[int, ClosingView] = field(default_factory=dict)


def harmed_in(case: Case) -> Harmed:
    """Return everybody harmed in a case, with what they said of closing since anything last happened."""
    rows = CasePerson.objects.filter(case=case, part=Part.HARMED, until=None).select_related("person__sealing_key")
    people = [row.person for row in rows.order_by("pk")]
    views = ClosingView.objects.filter(case=case).order_by("person", "-at", "-pk").distinct("person")
    since = last_happened(case)
    return Harmed(
        people=people,
        views={
            each.person_id: each
            for each in views.select_related("case__sealing_key", "by")
            if since is None or each.at >= since
        },
    )


def last_happened(case: Case) -> datetime | None:
    """Return when the latest occasion of a case was written down, or the latest report came in."""
    recorded: datetime | None = Incident.objects.filter(case=case).aggregate(last=Max("recorded_at"))["last"]
    told = CaseReport.objects.filter(case=case).aggregate(last=Max("report__received_at"))["last"]
    return max((each for each in (recorded, told) if each is not None), default=None)


def closing_facts(case: Case, proposed: Proposed, *, by: Staff, at: datetime) -> ClosingFacts:
    """Return everything that the checklist asks of a case and a proposal to close it."""
    harmed = harmed_in(case)
    return ClosingFacts(
        at=at,
        is_open=case.is_open,
        does_casework=by.has(*CASE_ROLES),
        may_sign_off=by.has(*SIGNS_OFF),
        is_proposer=proposed.by in (None, by.pk),
        reasons=proposed.reasons,
        words=proposed.words,
        people=tuple(_affected(case, each, harmed.views.get(each.pk)) for each in harmed.people),
        household_assessed_at=_assessed(case, person=None),
        has_household=case.home_id is not None,
        last_happened_at=last_happened(case),
        open_steps=len(unfinished(case)),
        open_interventions=open_in(case).exclude(state__in=(State.EXECUTED, State.MONITORED)).count(),
        open_duties=_open_duties(case),
        files_unsettled=_files_unsettled(case),
        letter=proposed.letter,
        letter_by=proposed.letter_by,
        letter_is_readable=_is_readable(harmed.people, proposed.letter_language),
        safe_ways=safe_ways(case, harmed.people),
    )


def _affected(case: Case, person: Person, said: ClosingView | None) -> Affected:
    latest = Assessment.objects.filter(case=case, person=person).order_by("-number").first()
    told = _told(case, person)
    return Affected(
        id=person.pk,
        view=said.view if said else "",
        view_at=said.at if said else None,
        assessed_at=latest.at if latest else None,
        is_incomplete=bool(latest and latest.is_incomplete),
        band=Band(band_now(latest, latest.judgements.all())) if latest else None,
        reopening_explained=Covered.REOPENING in told,
        rights_explained=Covered.COMPLAINT in told,
    )


def _told(case: Case, person: Person) -> set[str]:
    rows = Contact.objects.filter(case=case, person=person, result=Result.TWO_WAY, taken_back_at=None)
    return {code for covered in rows.values_list("covered", flat=True) for code in covered}


def _assessed(case: Case, *, person: Person | None) -> datetime | None:
    rows = Assessment.objects.filter(case=case, person=person)
    found: datetime | None = rows.aggregate(last=Max("at"))["last"]
    return found


def _open_duties(case: Case) -> frozenset[str]:
    reports = CaseReport.objects.filter(case=case).values("report")
    rows = Duty.objects.filter(OPEN, Q(case=case) | Q(case=None, report__in=reports))
    return frozenset(rows.values_list("key", flat=True))


def _files_unsettled(case: Case) -> int:
    reports = CaseReport.objects.filter(case=case).values("report")
    rows = Attachment.objects.filter(report__in=reports)
    return rows.filter(Q(item__scan=Scan.WAITING) | ~Q(item__trouble="")).count()


def _is_readable(people: Iterable[Person], language: str) -> bool:
    needs = latest_needs([each.pk for each in people])
    return all(not each.written or each.written == language for each in needs.values())


def safe_ways(case: Case, people: Iterable[Person]) -> frozenset[str]:
    """Return the ways in which a letter may reach everybody harmed, or whoever holds a code where nobody is named."""
    found: frozenset[str] | None = None
    for person in people:
        known = reachable(person)
        ways = {
            LetterBy.CODE: known.has_code,
            LetterBy.EMAIL: known.may_use(Way.EMAIL) and bool(address_of(person)) and not known.asks_for_none,
            LetterBy.LETTER: known.may_use(Way.LETTER) and not known.asks_for_none,
            LetterBy.VISIT: known.may_use(Way.IN_PERSON) and not known.asks_for_none,
        }
        safe = frozenset(way for way, may in ways.items() if may)
        found = safe if found is None else found & safe
    if found is not None:
        return found
    has_code = Report.objects.filter(case_links__case=case, code_hash__isnull=False).exists()
    return frozenset({LetterBy.CODE}) if has_code else frozenset()


def proposal_of(case: Case) -> Closing | None:
    """Return the proposal to close that waits for a decision, or None."""
    rows = Closing.objects.filter(case=case, state="proposed").select_related("case__sealing_key", "proposed_by")
    return rows.first()


def closings_of(case: Case) -> list[Closing]:
    """Return every proposal to close a case, newest first."""
    rows = Closing.objects.filter(case=case).select_related("case__sealing_key", "proposed_by", "decided_by")
    return list(rows.order_by("-proposed_at", "-pk"))


def nobody_said(harmed: Harmed) -> list[Person]:
    """Return those harmed who have not said what they think of closing."""
    return [each for each in harmed.people if harmed.views.get(each.pk) is None or not harmed.views[each.pk].view]


