"""What was recorded for the conditions of a step, in words, the newest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from haven.interventions.choices import Danger, Evidence, Help
from haven.interventions.models import Intervention
from haven.interventions.rules.recording import QUESTIONS
from haven.web.desk import words
from haven.web.desk.behaviourshown import of_whom

Rows = list[tuple[str, str]]


def _reviewed(row: Any, now: datetime) -> Rows:
    since = words.when(row.in_place_at, now) if row.in_place_at else "Not yet"
    return [("May do", row.may_do), ("Safe by", row.measures), ("In place", since)]


def _fair(row: Any, now: datetime) -> Rows:
    answers = [(label, row.said.get(name, "")) for name, label in QUESTIONS.items()]
    return [("Fair, and no more than is needed", "Yes" if row.is_proportionate else "No"), *answers]


def _tenure(row: Any, now: datetime) -> Rows:
    home = f"{row.tenancy.property.one_line}: {row.agreement.title} ({row.agreement.code})"
    return [("Rests on", home), ("How they belong to it", row.get_link_display()), ("How we know", row.words or "")]


def _labels(choices: Any, codes: list[str]) -> str:
    return ", ".join(str(choices(code).label) for code in codes) or "Nothing"


KINDS: dict[str, tuple[Callable[[Any], str], Callable[[Any, datetime], Rows]]] = {
    "consultations": (
        lambda row: "Asked",
        lambda row, now: [("Their wishes", row.wishes), ("What they fear", row.fears), ("How weighed", row.weighed)],
    ),
    "againstwishess": (
        lambda row: "Against wishes",
        lambda row, now: [("Why", row.reason), ("Safety plan", row.safety_plan), ("In place", row.in_place)],
    ),
    "riskreviews": (lambda row: "What the step may do", _reviewed),
    "evidencechosens": (
        lambda row: "Evidence",
        lambda row, now: [("Rests on", _labels(Evidence, row.kinds)), ("Why it is enough", row.why)],
    ),
    "proportionalitys": (lambda row: "Equality and proportionality", _fair),
    "hearinghelds": (lambda row: row.get_result_display(), lambda row, now: [("What was said", row.words)]),
    "supportconsidereds": (
        lambda row: "Help was offered" if row.is_offered else "No help was offered",
        lambda row, now: [("Which", _labels(Help, row.kinds)), ("How, or why not", row.words)],
    ),
    "tenurefounds": (lambda row: "The agreement", _tenure),
    "toldbefores": (
        lambda row: "Told before" if row.told_at else "Not told: not safe",
        lambda row, now: [("How, or why not", row.words)],
    ),
    "screenings": (
        lambda row: "Screened",
        lambda row, now: [("Found", _labels(Danger, row.dangers)), ("What it rests on", row.words)],
    ),
    "consents": (
        lambda row: "Takes part" if row.agrees else "Would rather not take part",
        lambda row, now: [("What they said", row.words or "")],
    ),
    "approvals": (
        lambda row: "Approved" if row.approves else "Sent back",
        lambda row, now: [("Why", row.reason or "")],
    ),
}
"""Each kind of act with its title and its words."""


def said(step: Intervention, now: datetime) -> list[dict[str, Any]]:
    """Return everything that was recorded for the conditions of a step, the newest first."""
    every = [(kind, row) for kind in KINDS for row in getattr(step, kind).select_related("by")]
    every.sort(key=lambda pair: (pair[1].at, pair[1].pk), reverse=True)
    return [_line(kind, row, now) for kind, row in every]


def _line(kind: str, row: Any, now: datetime) -> dict[str, Any]:
    title, rows = KINDS[kind]
    return {
        "title": f"{title(row)}{of_whom(row)}",
        "by": f"{row.by.name}, {words.when(row.at, now)}",
        "rows": [{"term": term, "text": text} for term, text in rows(row, now) if text],
    }
