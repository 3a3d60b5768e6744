"""What is shown of contacts: tries and conversations in words, and how far the tries with somebody go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from haven.cases.access.files import InCase
from haven.cases.models import Case
from haven.correspondence.choices import Covered, NotCounted, PoliceTalk, Result, StillSafe, Way
from haven.correspondence.models import Contact, Mail, WelfareDecision
from haven.correspondence.queries import reachable, tried_with
from haven.correspondence.rules import Tried, may_reach
from haven.web.desk import words
from haven.web.desk.contact import safe_rows
from haven.web.desk.shown import name_of


def contact(each: Contact, now: datetime) -> dict[str, Any]:
    """Return one contact or try in words."""
    talked = each.result == Result.TWO_WAY
    lines = []
    if each.is_interview:
        lines.append("The full talk" + (", with an interpreter or signer" if each.had_interpreter else ""))
    if each.covered:
        lines.append("Spoke of: " + ", ".join(Covered(code).label.lower() for code in each.covered))
    if talked and each.still_safe:
        lines.append("Still safe: " + StillSafe(each.still_safe).label)
    if talked and each.police:
        lines.append("Police: " + PoliceTalk(each.police).label)
    return {
        "pk": each.pk,
        "title": f"{each.get_way_display()}: {each.get_result_display().lower()}",
        "name": name_of(each.person),
        "when": words.when(each.happened_at, now),
        "byline": f"{each.by.name if each.by else 'Haven'}, written down {words.when(each.at, now)}",
        "theirs": each.began == "them",
        "talked": talked,
        "lines": lines,
        "words": each.words,
        "not_counted": NotCounted(each.not_counted).label if each.not_counted else "",
        "taken_back": _taken_back(each, now),
    }


def _taken_back(each: Contact, now: datetime) -> dict[str, str] | None:
    if each.taken_back_at is None or each.taken_back_by is None:
        return None
    byline = f"{each.taken_back_by.name}, {words.when(each.taken_back_at, now)}"
    return {"byline": byline, "why": each.taken_back_why or ""}


def mail(each: Mail, now: datetime) -> dict[str, Any]:
    """Return one e-mail in words."""
    state = each.get_state_display()
    why = {code: text for code, text in NotCounted.choices if code}.get(each.why, "")
    waits = each.settled_at is None and each.not_before > now
    return {
        "pk": each.pk,
        "name": name_of(each.person),
        "state": f"{state}, not before {words.when(each.not_before, now)}" if waits else state,
        "why": why,
        "lost": each.state in ("stopped", "failed", "returned"),
        "sent": each.state == "sent",
        "words": each.words,
        "language": each.language,
        "byline": f"{each.by.name}, {words.when(each.at, now)}",
    }


def welfare(each: WelfareDecision, now: datetime) -> dict[str, str]:
    """Return one decision about somebody who cannot be reached."""
    return {
        "name": name_of(each.person),
        "decided": each.get_decided_display(),
        "reason": each.reason,
        "byline": f"{each.by.name}, {words.when(each.at, now)}",
    }


def somebody(case: Case, each: InCase, now: datetime) -> dict[str, Any]:
    """Return how somebody can be reached now, and how far the tries go."""
    known = reachable(each.person, each.safe_contact)
    gone = tried_with(case, each.person)
    return {
        "pk": each.person.pk,
        "name": name_of(each.person),
        "parts": ", ".join(part.get_part_display().lower() for part in each.parts),
        "safe": safe_rows(each.safe_contact, now),
        "mail": may_reach(known, Way.EMAIL, at=now),
        "can_mail": known.may_use(Way.EMAIL) and not known.asks_for_none,
        "tried": sentence(gone),
        "all_tried": gone.is_complete,
    }


def sentence(gone: Tried) -> str:
    """Say how far the tries go towards saying that somebody could not be reached."""
    if not gone.counted and not gone.uncounted:
        return ""
    said = f"{_count(gone.counted, 'try counts', 'tries count')} since they were last heard from"
    if gone.uncounted:
        said += f"; {_count(gone.uncounted, 'does', 'do')} not, being at an unsafe time or by a way not known to be safe"
    if gone.is_complete:
        return f"{said}. Everything was tried. Decide who sees whether they are safe; the case stays open."
    missing = [
        text
        for number, text in (
            (gone.attempts_missing, _count(gone.attempts_missing, "more try", "more tries")),
            (gone.ways_missing, "another safe way"),
            (gone.times_missing, "another safe time of the week"),
            (gone.days_missing, _count(gone.days_missing, "more working day", "more working days")),
        )
        if number
    ]
    return f"{said}. Still needed: {', '.join(missing)}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
