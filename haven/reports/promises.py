"""What the person is promised, with the times that hold for their report (clause 3.4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from haven.people.choices import Method
from haven.policy import working_days
from haven.policy.pack import pack
from haven.reports.models import Report
from haven.reports.questions.offered import worded
from haven.reports.weighing import starting_band_of

ALWAYS = ("triage",)
IF_REACHABLE = ("first_contact", "action_plan")


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """Something promised, by when; `kept_at` once it was kept."""

    key: str
    words: str
    due_at: datetime
    kept_at: datetime | None = None


def promised_at_first(report: Report, *, can_be_reached: bool) -> tuple[Promise, ...]:
    """Return the promises that follow from what was told, soonest first, in the language of the page."""
    keys = dict.fromkeys([*ALWAYS, *_for_needs(report), *(IF_REACHABLE if can_be_reached else ())])
    found = [promise for key in keys for promise in _promise(report, key)]
    return tuple(sorted(found, key=lambda one: one.due_at))


def is_reachable(preferred: str) -> bool:
    """Say whether somebody who prefers this way wants to hear from us."""
    return preferred not in ("", Method.NONE, Method.CODE_ONLY)


def _for_needs(report: Report) -> Iterator[str]:
    known = pack().needs
    return (known[code].standard for code in report.needs if code in known)


def _promise(report: Report, key: str) -> Iterator[Promise]:
    standard = pack().standards.get(key)
    if (
        standard is None
        or not standard.promised_to_person
        or standard.starts not in ("received_at", "need_known", "risk_identified")
    ):
        return
    due_at = working_days.due(standard, report.received_at, starting_band_of(report))
    yield Promise(key=key, words=str(worded(standard.promise, standard.promise_in)), due_at=due_at)
