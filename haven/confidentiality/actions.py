"""Letting the shield look at a text, and clearing one finding of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.confidentiality import rules
from haven.confidentiality.models import Check, Clearing
from haven.confidentiality.shield import VERSION, Protected, scan
from haven.kernel.action import action, note
from haven.kernel.decision import require


def findings_in(parts: Mapping[str, str], protected: Protected, *, language: str) -> list[dict[str, Any]]:
    """Return what the shield finds in the parts of a text, each with the part that it stands in."""
    return [
        {"part": part, "start": each.start, "end": each.end, "kind": each.kind.value, "words": each.words, "why": each.why}
        for part, text in parts.items()
        for each in scan(text, protected, language=language)
    ]


@action("shield.checked")
def check_text(
    *,
    case: Case,
    parts: Mapping[str, str],
    text_hash: str,
    protected: Protected,
    language: str = "en",
    written_by: Staff,
    by: Staff,
    at: datetime,
) -> Check:
    """Let the identity shield look at a text and keep what it found, fixed to that text (3.3.3, DOMAIN.md 7.7).

    Whoever calls this has asked whether `by` may work on the case.
    """
    found = findings_in(parts, protected, language=language)
    note(found=len(found), kinds=sorted({each["kind"] for each in found}), shield=VERSION)
    return Check.objects.create(
        case=case, text_hash=text_hash, version=VERSION, found=len(found), findings=found, written_by=written_by, by=by, at=at
    )  # fmt: skip


@action("shield.cleared")
def clear_finding(*, check: Check, number: int, reason: str, by: Staff, at: datetime) -> Clearing:
    """Leave one finding in the text, with the reason; by a second person, never the writer (3.3.3).

    Whoever calls this has asked whether `by` may work on the case. Raises Refused for the writer and without a reason.
    """
    locked = Check.objects.select_for_update(of=("self",)).select_related("case__sealing_key").get(pk=check.pk)
    require(
        rules.may_clear(
            by=by.pk,
            written_by=locked.written_by_id,
            is_found=0 <= number < locked.found,
            is_cleared=Clearing.objects.filter(check_of=locked, number=number).exists(),
            reason=reason,
        )
    )
    note(check=locked.pk, number=number)
    return Clearing.objects.create(check_of=locked, number=number, reason=reason.strip(), by=by, at=at)
