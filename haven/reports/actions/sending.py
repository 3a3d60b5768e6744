"""Sending what was written during a visit: once, however often and in however many tabs it is pressed (3.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from haven.kernel.decision import Refused
from haven.kernel.references import new_code
from haven.reports import questions
from haven.reports.actions.receiving import receive_report
from haven.reports.answers import told_of
from haven.reports.drafts import Opened, Token, opened, sealed
from haven.reports.models import Draft, Report
from haven.reports.visits import VISITOR

CHANNEL = "WEB_FORM"


@dataclass(frozen=True)
class Receipt:
    """What the person is shown once their report is kept."""

    report_id: int
    reference: str
    code: str


def send_draft(*, token: Token, language: str, at: datetime) -> Receipt | None:
    """Make the report of a visit and wipe the answers; None when there is no such visit.

    The draft's row is locked, so a second press waits and gets the first one's receipt. One transaction. Not an act of
    its own: it shares that of `receive_report`, which leaves the trail entry. Raises Refused when an answer is missing.
    """
    refusal: Refused | None = None
    with transaction.atomic():
        row = Draft.objects.select_for_update(of=("self",)).filter(lookup=token.row).first()
        draft = opened(row, token) if row else None
        if row is None or draft is None:
            return None
        if draft.is_sent:
            return receipt_of(draft)
        try:
            return _sent(row, draft, language, at)
        except Refused as refused:
            refusal = refused
    raise refusal


def _sent(row: Draft, draft: Opened, language: str, at: datetime) -> Receipt:
    code = new_code()
    items = [file.item for file in row.files.select_related("item").order_by("pk")] if row.sealing_key_id else []
    report = receive_report(
        told=told_of(questions.pruned(draft.answers), language=language),
        channel=CHANNEL,
        code=code,
        sealing_key=row.sealing_key,
        items=items,
        received_at=at,
        by=VISITOR,
        at=at,
    )
    _wipe(row, draft, report, code, at)
    return Receipt(report.pk, report.reference, code)


def _wipe(row: Draft, draft: Opened, report: Report, code: str, at: datetime) -> None:
    """Leave in the draft only what the receipt shows, and the report's files to the report."""
    draft.content = {"receipt": {"report": report.pk, "reference": report.reference, "code": code}}
    if row.sealing_key_id:
        row.files.all().delete()
    Draft.objects.filter(pk=row.pk).update(
        report=report, sealing_key=None, sealed=sealed(draft), touched_at=at, version=row.version + 1
    )


def receipt_of(draft: Opened) -> Receipt | None:
    """Return the receipt of a visit whose report was sent, or None."""
    kept = draft.content.get("receipt")
    return Receipt(kept["report"], kept["reference"], kept["code"]) if kept else None
