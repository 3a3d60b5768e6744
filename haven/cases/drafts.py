"""Drafts of the desk's forms: kept on the server for whoever typed, across devices, until sent or for a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from haven.accounts.models import Staff
from haven.cases.access.scope import CaseIsSeen, ReportIsSeen
from haven.cases.kept import Draft
from haven.cases.models import Case
from haven.reports.models import Report

KEPT = timedelta(days=30)
MOST = 50
Typed = Mapping[str, list[str]]


def keep_draft(
    *, staff: Staff, about: Case | Report, form: str, address: str, typed: Typed, seen: str, at: datetime
) -> Draft:
    """Keep what somebody has typed into a form about what they may see, over what they had kept of it before."""
    said = {"address": address, "typed": dict(typed), "seen": seen, "at": at}
    draft, _new = Draft.objects.update_or_create(**_which(staff, about, form), defaults=said)
    return draft


def draft_of(staff: Staff, about: Case | Report, form: str) -> Draft | None:
    """Return what this member of staff has kept of a form, opened with the key of what it is about."""
    found = Draft.objects.filter(**_which(staff, about, form)).first()
    if found is not None:
        setattr(found, "case" if isinstance(about, Case) else "report", about)
    return found


def forget_draft(staff: Staff, about: Case | Report, form: str) -> None:
    """Throw away what somebody had kept of a form, if anything."""
    Draft.objects.filter(**_which(staff, about, form)).delete()


def drafts_for(staff: Staff, *, at: datetime) -> QuerySet[Draft]:
    """Return what somebody has kept about what they may still see, the latest first (3.3.3)."""
    seen = Q(CaseIsSeen(staff, "case")) | (Q(case=None) & Q(ReportIsSeen(staff, "report", at=at)))
    rows = Draft.objects.filter(seen, staff=staff).select_related("case", "report").order_by("-at", "-pk")
    return rows.only("form", "address", "at", "case__reference", "report__reference")


def drafts_waiting(staff: Staff, *, at: datetime) -> int:
    """Count what somebody has kept; one query over their own rows."""
    return drafts_for(staff, at=at)[:MOST].count()


def forget_old_drafts(*, at: datetime) -> None:
    """Forget drafts to which nothing was added for a month."""
    Draft.objects.filter(at__lt=at - KEPT).delete()


def _which(staff: Staff, about: Case | Report, form: str) -> dict[str, Any]:
    is_case = isinstance(about, Case)
    return {
        "staff": staff,
        "case_id": about.pk if is_case else None,
        "report_id": None if is_case else about.pk,
        "form": form,
    }
