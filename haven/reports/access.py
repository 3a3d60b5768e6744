"""The only door to a report for the person who holds its code (clauses 3.2.1 and 3.3.3).

A code opens its report and nothing else does. While a visit lasts, a sealed cookie stands for the code; a new code
makes both the old code and every such cookie worthless.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from haven.kernel.references import read_code
from haven.kernel.sealing import Unreadable, derived_key, keyed_hash, seal, unseal
from haven.reports.drafts import Opened, idle_limit
from haven.reports.models import Report, WrongCode

_CONTEXT = "reports.visit"
FREE_TRIES = 3
FREE_TRIES_OF_AN_ADDRESS = 50
LONGEST_WAIT = 4.0
FORGOTTEN_AFTER = timedelta(minutes=15)
_MARK = 12


def report_for_code(typed: str) -> Report | None:
    """Return the report that sixteen digits open, or None; the right code is never shut out."""
    code = read_code(typed)
    if code is None:
        return None
    return _reports().filter(code_hash=keyed_hash("code", code)).first()


def report_of_draft(draft: Opened) -> Report | None:
    """Return the report that was sent during a visit, to whoever holds the visit's token."""
    return None if draft.report_id is None else _reports().filter(pk=draft.report_id).first()


def pass_for(report: Report, at: datetime) -> str:
    """Return what a cookie may hold in the code's stead until the visit has rested too long."""
    said = json.dumps([report.pk, _mark(report).hex(), int(at.timestamp())]).encode()
    return base64.urlsafe_b64encode(seal(derived_key("visit"), said, _CONTEXT)).decode("ascii").rstrip("=")


def report_for_pass(text: str, at: datetime) -> Report | None:
    """Return the report that a visit's cookie opens, or None when it is no pass, is old, or the code was renewed."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"==")
        number, mark, since = json.loads(unseal(derived_key("visit"), raw, _CONTEXT))
    except (Unreadable, binascii.Error, UnicodeEncodeError, ValueError):
        return None
    if at.timestamp() - since > idle_limit().total_seconds():
        return None
    report = _reports().filter(pk=number).first()
    return report if report is not None and _mark(report).hex() == mark else None


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("sealing_key").filter(sealing_key__destroyed_at__isnull=True)


def _mark(report: Report) -> bytes:
    """Return what changes with the code."""
    return bytes(report.code_hash or b"")[:_MARK]


def wait_after_wrong_code(*, address: str, browser: str, at: datetime) -> float:
    """Count a wrong code against a browser and its address, of which only keyed hashes are kept; return seconds to wait.

    The first three of a browser cost nothing; then half a second, doubled each time, to four seconds at most. A whole
    address, behind which many people may be, is slowed only after fifty. A quarter of an hour without a wrong code
    forgets them. Only whoever was wrong waits: see haven/web/public/codes.py.
    """
    own = _counted(keyed_hash("visitor", f"{address}|{browser}"), at)
    shared = _counted(keyed_hash("visitor", address), at)
    return max(seconds_to_wait(own, FREE_TRIES), seconds_to_wait(shared, FREE_TRIES_OF_AN_ADDRESS))


def _counted(visitor: bytes, at: datetime) -> int:
    row, _made = WrongCode.objects.get_or_create(visitor=visitor, defaults={"latest_at": at})
    is_old = at - row.latest_at > FORGOTTEN_AFTER
    WrongCode.objects.filter(pk=visitor).update(tries=1 if is_old else F("tries") + 1, latest_at=at)
    return 1 if is_old else row.tries + 1


def seconds_to_wait(tries: int, free: int) -> float:
    """Return how long the answer to the nth wrong code is held back, when that many cost nothing."""
    return 0.0 if tries <= free else min(LONGEST_WAIT, 0.5 * 2.0 ** min(tries - free - 1, 9))
