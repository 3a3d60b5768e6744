"""How to reach somebody without harm, and what they need, in words."""

from __future__ import annotations

from datetime import datetime

from haven.people.choices import Method, Safe
from haven.people.models import Needs, SafeContact
from haven.web.desk import words

WAYS = (
    ("call", "Telephone"),
    ("text", "Text message"),
    ("email", "E-mail"),
    ("letter", "Letter"),
    ("visit", "Visit"),
    ("voicemail", "Voicemail"),
    ("withheld_number", "Withheld number"),
)
DETAILS = (
    ("number", "Number"),
    ("email", "E-mail address"),
    ("address", "Address for letters"),
    ("hours", "Safe days and times, as they said it"),
    ("times", "Safe times that Haven heeds"),
    ("name_to_use", "Name to use"),
    ("code_word", "Code word"),
    ("who_else_sees", "Who else may see it"),
    ("venue", "Where to meet"),
    ("advocate", "Through"),
    ("notes", "Notes"),
)


def safe_rows(contact: SafeContact | None, now: datetime) -> list[dict[str, str]]:
    """Return what may be used to reach somebody, what may not, and when that was last confirmed."""
    if contact is None:
        return [{"term": "How to reach them", "text": "Not known. Do not contact them until it is."}]
    by_answer = {
        answer: ", ".join(text for way, text in WAYS if getattr(contact, way) == answer) for answer in Safe.values
    }
    confirmed = words.when(contact.confirmed_at, now) if contact.confirmed_at else "Never"
    rows = [
        ("Preferred", Method(contact.preferred).label),
        ("Safe", by_answer[Safe.YES] or "Nothing"),
        ("Never", by_answer[Safe.NO]),
        ("Not known, so not used", by_answer[Safe.UNKNOWN]),
    ]
    details = contact.details or {}
    rows += [(text, str(details[name])) for name, text in DETAILS if details.get(name)]
    rows.append(("Confirmed", confirmed))
    return [{"term": term, "text": text} for term, text in rows if text]


def needs_rows(needs: Needs | None) -> list[dict[str, str]]:
    """Return what somebody needs so that they can be heard."""
    if needs is None:
        return []
    rows = [
        ("Speaks", words.language(needs.spoken) if needs.spoken else ""),
        ("Reads", words.language(needs.written) if needs.written else ""),
        ("Interpreter", words.readable(needs.interpreter)),
        ("Formats", ", ".join(words.readable(each) for each in needs.formats)),
        ("Would rather speak with", needs.interviewer or ""),
        ("Other needs", needs.other or ""),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]
