"""Recording contacts with people and tries to reach them (clauses 3.4.1, 3.5.1), and thinking of their welfare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff
from haven.cases.actions.allocating import seen_case
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson
from haven.correspondence import rules
from haven.correspondence.choices import Began, NotCounted, Result, StillSafe
from haven.correspondence.models import AllTried, Contact, WelfareDecision
from haven.correspondence.queries.contacts import about, tried_with
from haven.correspondence.queries.reach import reachable
from haven.kernel.action import action, note, touch
from haven.kernel.decision import require
from haven.people.actions import confirm_safe_contact
from haven.people.models import Person
from haven.people.queries import latest_needs, latest_safe_contact
from haven.policy.bands import Band
from haven.reports.models import Report, ReportPerson
from haven.risk.queries import highest_band


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTold:
    """A contact or a try, as the member of staff tells it."""

    way: str
    result: str
    happened_at: datetime
    began: str = Began.US
    is_interview: bool = False
    covered: Sequence[str] = ()
    still_safe: str = ""
    police: str = ""
    had_interpreter: bool | None = None
    was_then: bool | None = None
    words: str = ""


@action("contact.recorded")
def record_contact(*, matter: Case | Report, person: Person, told: ContactTold, by: Staff, at: datetime) -> Contact:
    """Record that somebody was reached, or tried to be reached; whether a try counts is decided here and kept.

    Raises Refused for the person responsible (3.5.2), for a conversation that does not say whether it is still safe to
    reach them so (3.3.3) or what came of speaking about the police (3.2.3), and for a time to come (3.4.1).
    """
    if isinstance(matter, Case):
        matter = seen_case(matter, by)
    said = _reaching(matter, person, told, by)
    require(rules.may_record_contact(said, at=at))
    require(rules.may_contact_here(said))
    require(rules.may_count_as_two_way(said))
    require(rules.has_asked_whether_safe(said))
    require(rules.has_spoken_of_police(said))
    require(rules.had_interpreter(said))
    two_way = told.result == Result.TWO_WAY
    ours = told.began == Began.US and not two_way
    known = reachable(person)
    why = NotCounted.NONE
    if ours:
        why = rules.not_counted(known, told.way, told.result, at=told.happened_at, was_then=told.was_then)
    note(way=told.way, result=told.result, not_counted=str(why), person=person.pk)
    made = Contact.objects.create(
        **about(matter),
        person=person,
        way=told.way,
        began=told.began,
        result=told.result,
        happened_at=told.happened_at,
        not_counted=why,
        is_interview=told.is_interview,
        covered=sorted(set(told.covered)) if two_way else [],
        still_safe=told.still_safe if two_way else "",
        police=told.police if two_way else "",
        had_interpreter=told.had_interpreter if two_way else None,
        words=told.words.strip() or None,
        by=by,
        at=at,
    )
    confirmed = latest_safe_contact([person.pk]).get(person.pk)
    if two_way and told.still_safe == StillSafe.CONFIRMED and confirmed is not None:
        confirm_safe_contact(contact=confirmed, person=person, by=by, at=at)
    note_when_all_tried(matter, person, at=at)
    touch(matter)
    return made


def note_when_all_tried(matter: Case | Report, person: Person, *, at: datetime) -> None:
    """Set down that everything was tried to reach somebody, once until they are heard from; a piece of the acts that try."""
    if not isinstance(matter, Case):
        return
    done_at = tried_with(matter, person).done_at
    if done_at is not None:
        AllTried.objects.get_or_create(case=matter, person=person, at=done_at)


def _reaching(matter: Case | Report, person: Person, told: ContactTold, by: Staff) -> rules.Reaching:
    """Return what rules need to know of a contact; a piece of recording one."""
    parts = _parts(matter, person)
    needs = latest_needs([person.pk]).get(person.pk)
    return rules.Reaching(
        way=told.way,
        result=told.result,
        began=told.began,
        happened_at=told.happened_at,
        since=_since(matter),
        is_interview=told.is_interview,
        still_safe=told.still_safe,
        police=told.police,
        words=told.words,
        does_casework=by.has(*CASE_ROLES),
        is_in_matter=bool(parts),
        is_responsible=Part.RESPONSIBLE in parts,
        is_harmed=Part.HARMED in parts,
        band=_band(matter),
        needs_interpreter=needs is not None and needs.interpreter == "yes",
        had_interpreter=told.had_interpreter,
    )


def _parts(matter: Case | Report, person: Person) -> set[str]:
    if isinstance(matter, Case):
        rows = CasePerson.objects.filter(case=matter, person=person).exclude(part=Part.RESPONSIBLE, until__isnull=False)
        found = set(rows.values_list("part", flat=True))
        told = ReportPerson.objects.filter(report__case_links__case=matter, person=person, part="reporter")
        return found | ({"reporter"} if told.exists() else set())
    return set(ReportPerson.objects.filter(report=matter, person=person).values_list("part", flat=True))


def _since(matter: Case | Report) -> datetime:
    """Return the minute in which the landlord first heard of a matter: nobody was spoken with about it before.

    Times of contacts are written down to the minute, so that a call in that very minute is none that came before.
    """
    if isinstance(matter, Report):
        return matter.received_at.replace(second=0, microsecond=0)
    reports = Report.objects.filter(case_links__case=matter).order_by("received_at")
    first = reports.values_list("received_at", flat=True).first()
    return (min(first, matter.opened_at) if first else matter.opened_at).replace(second=0, microsecond=0)


def _band(matter: Case | Report) -> Band | None:
    return highest_band(matter) if isinstance(matter, Case) else None


@action("contact.taken_back")
def take_contact_back(*, contact: Contact, reason: str, by: Staff, at: datetime) -> Contact:
    """Take back a contact that was recorded by mistake; it stays on record with the reason (3.4.1)."""
    if contact.case is not None:
        seen_case(contact.case, by)
    row = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    require(
        rules.may_take_contact_back(
            does_casework=by.has(*CASE_ROLES), is_taken_back=row.taken_back_at is not None, has_reason=bool(reason.strip())
        )
    )
    row.taken_back_at, row.taken_back_by, row.taken_back_why = at, by, reason.strip()
    row.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    return row


@action("contact.welfare_decided")
def decide_welfare(
    *, case: Case, person: Person, decided: str, reason: str, by: Staff, at: datetime
) -> WelfareDecision:
    """Decide what is done for somebody who cannot be reached (clause 3.3.3(a), DOMAIN.md 4.4)."""
    locked = seen_case(case, by)
    complete = tried_with(locked, person).is_complete
    band = highest_band(locked)
    require(
        rules.may_decide_welfare(
            decided,
            is_complete=complete,
            bands=[band] if band else [],
            reason=reason,
            does_casework=by.has(*CASE_ROLES),
        )
    )
    note(person=person.pk, decided=decided)
    return WelfareDecision.objects.create(
        case=locked, person=person, decided=decided, reason=reason.strip(), after_all_tries=complete, by=by, at=at
    )
