"""Closing a case (DOMAIN.md 4.4): what everybody harmed says, the proposal, the whole checklist, the letter."""

from __future__ import annotations

from datetime import datetime

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff
from haven.cases.actions.allocating import saved, seen_case
from haven.cases.choices import CaseState, Part
from haven.cases.models import Case, CasePerson
from haven.correspondence.actions import post_update, queue_mail
from haven.correspondence.choices import Result
from haven.correspondence.models import AllTried, Contact, WelfareDecision
from haven.correspondence.queries import tried_with
from haven.kernel.action import action, note, touch
from haven.kernel.decision import Decision, require
from haven.obligations.choices import ClosingState, LetterBy, View
from haven.obligations.models import Closing, ClosingView
from haven.obligations.queries.closing import SIGNS_OFF, Proposed, closing_facts
from haven.obligations.rules import closing as rules
from haven.people.models import Person
from haven.policy.pack import pack
from haven.reports.models import Report


@action("closing.view_recorded")
def record_view(*, case: Case, person: Person, view: str, words: str, by: Staff, at: datetime) -> ClosingView:
    """Record what somebody harmed thinks of closing, as they said it in the latest conversation with them (3.4.1).

    That they could not be reached is a view only when everything was tried and their welfare was thought of.
    """
    locked = _open_case(case, by)
    require(_is_harmed(locked, person))
    talked = _latest_talk(locked, person)
    tried = _all_tried(locked, person)
    welfare = _welfare(locked, person, tried)
    require(
        rules.may_record_view(
            view,
            has_talked=talked is not None,
            all_tried=tried is not None,
            welfare_decided=welfare is not None,
            has_words=bool(words.strip()),
        )
    )
    not_reached = view == View.NOT_REACHED
    note(person=person.pk, view=view)
    return ClosingView.objects.create(
        case=locked,
        person=person,
        view=view,
        words=words.strip() or None,
        contact=None if not_reached else talked,
        all_tried=tried if not_reached else None,
        welfare=welfare if not_reached else None,
        by=by,
        at=at,
    )


def _is_harmed(case: Case, person: Person) -> Decision:
    if CasePerson.objects.filter(case=case, person=person, part=Part.HARMED, until=None).exists():
        return Decision.yes(clause="3.3.1")
    return Decision.no("Only people harmed in the case are asked what they think of closing.", clause="3.3.1")


def _latest_talk(case: Case, person: Person) -> Contact | None:
    rows = Contact.objects.filter(case=case, person=person, result=Result.TWO_WAY, taken_back_at=None)
    return rows.order_by("-happened_at", "-pk").first()


def _all_tried(case: Case, person: Person) -> AllTried | None:
    if not tried_with(case, person).is_complete:
        return None
    return AllTried.objects.filter(case=case, person=person).order_by("-at").first()


def _welfare(case: Case, person: Person, tried: AllTried | None) -> WelfareDecision | None:
    if tried is None:
        return None
    rows = WelfareDecision.objects.filter(case=case, person=person, at__gte=tried.at)
    return rows.order_by("-at", "-pk").first()


@action("closing.proposed")
def propose_closing(*, case: Case, proposed: Proposed, by: Staff, at: datetime) -> Closing:
    """Propose to close a case, with the reasons and the letter; nothing is closed by it (DOMAIN.md 4.4)."""
    locked = _open_case(case, by)
    facts = closing_facts(locked, proposed, by=by, at=at)
    require(rules.may_propose(facts))
    require(rules.has_a_reason(facts))
    require(_none_waits(locked))
    note(reasons=sorted(proposed.reasons), letter=proposed.letter_by)
    return Closing.objects.create(
        case=locked,
        reasons=sorted(proposed.reasons),
        words=proposed.words.strip(),
        letter=proposed.letter.strip() or None,
        letter_language=proposed.letter_language,
        letter_by=proposed.letter_by,
        needs_sign_off=facts.needs_sign_off,
        proposed_by=by,
        proposed_at=at,
        policy_version=pack().policy.version,
    )


def _none_waits(case: Case) -> Decision:
    if Closing.objects.filter(case=case, state=ClosingState.PROPOSED).exists():
        return Decision.no("A proposal to close waits already.", clause="3.3.1", remedy="Have it decided first.")
    return Decision.yes(clause="3.3.1")


@action("case.closed")
def close_case(*, closing: Closing, by: Staff, at: datetime) -> Case:
    """Close a case by a proposal, once every line of the checklist holds at this moment (DOMAIN.md 4.4).

    The letter goes at once where it goes behind the code or by e-mail; otherwise it is owed within the landlord's
    time. Raises Refused with the first line that does not hold.
    """
    case = seen_case(closing.case, by)
    row = _waiting(closing)
    proposed = _proposed(row)
    facts = closing_facts(case, proposed, by=by, at=at)
    require(rules.may_propose(facts))
    for _, line in rules.CHECKLIST:
        require(line(facts))
    row.state, row.decided_by, row.decided_at = ClosingState.CLOSED, by, at
    row.needs_sign_off = facts.needs_sign_off
    row.save(update_fields=["state", "decided_by", "decided_at", "needs_sign_off"])
    _write(case, row, by, at)
    case.state, case.closed_at = CaseState.CLOSED, at
    note(closing=row.pk, reasons=row.reasons, letter=row.letter_by)
    return saved(case, "state", "closed_at")


def _proposed(row: Closing) -> Proposed:
    return Proposed(
        reasons=tuple(row.reasons),
        words=row.words or "",
        letter=row.letter or "",
        letter_by=row.letter_by,
        letter_language=row.letter_language,
        by=row.proposed_by_id,
    )


def _write(case: Case, row: Closing, by: Staff, at: datetime) -> None:
    """Let the letter go the way that was chosen; by post or by hand somebody takes it, and it is owed until then."""
    words = row.letter or ""
    if row.letter_by == LetterBy.CODE:
        for report in Report.objects.filter(case_links__case=case, code_hash__isnull=False).select_related("sealing_key"):
            post_update(report=report, words=words, language=row.letter_language or "en", by=by, at=at)
    if row.letter_by == LetterBy.EMAIL:
        rows = CasePerson.objects.filter(case=case, part=Part.HARMED, until=None).select_related("person")
        for each in rows:
            queue_mail(
                matter=case, person=each.person, words=words, language=row.letter_language or "en", by=by, at=at
            )


@action("closing.sent_back")
def send_back_closing(*, closing: Closing, why: str, by: Staff, at: datetime) -> Closing:
    """Send a proposal to close back with what is missing, or withdraw one's own; the case stays open (3.3.1)."""
    case = _open_case(closing.case, by)
    row = Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
    own = row.proposed_by_id == by.pk
    require(
        rules.may_send_back(
            is_open=row.state == ClosingState.PROPOSED,
            may_sign_off=by.has(*SIGNS_OFF),
            is_proposer=own,
            has_reason=bool(why.strip()),
        )
    )
    row.state = ClosingState.WITHDRAWN if own else ClosingState.SENT_BACK
    row.decided_by, row.decided_at, row.decided_why = by, at, why.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "decided_why"])
    touch(case)
    note(closing=row.pk, state=str(row.state))
    return row


def _waiting(closing: Closing) -> Closing:
    """Return the locked proposal, or refuse when somebody has decided it meanwhile."""
    row = Closing.objects.select_for_update(of=("self",)).select_related("case__sealing_key").get(pk=closing.pk)
    require(_still_waits(row))
    return row


def _still_waits(row: Closing) -> Decision:
    if row.state != ClosingState.PROPOSED:
        return Decision.no(
            f"This proposal has been decided: {row.get_state_display().lower()}.",
            clause="3.3.1",
            remedy="Look at what was decided, and propose anew if it must be.",
        )
    return Decision.yes(clause="3.3.1")


def _open_case(case: Case, by: Staff) -> Case:
    locked = seen_case(case, by)
    require(_may_work(locked, by))
    return locked


def _may_work(case: Case, by: Staff) -> Decision:
    if not by.has(*CASE_ROLES):
        return Decision.no("Caseworkers and their managers close cases.", clause="3.5.1")
    if not case.is_open:
        return Decision.no("This case is closed.", clause="3.5.1", remedy="Open it again if they ask for it.")
    return Decision.yes(clause="3.5.1")


