"""Answers given so far, for the length of one visit (docs/adr/0005-public-draft.md).

The visitor's cookie holds 32 random bytes. A hash of the first half finds the row; the second half, with the
deployment's key, opens it. The cookie alone or the database alone opens nothing. A draft is no act: nothing of it
enters the trail.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from haven.kernel.sealing import Unreadable, derived_key, seal, unseal
from haven.reports.models import Draft

_HALF = 16
_CONTEXT = "reports.draft.sealed"


class Busy(Exception):
    """Two tabs saved again and again at the same moment."""


def idle_limit() -> timedelta:
    """Return how long a visit may rest before what was written is thrown away."""
    return timedelta(minutes=settings.HAVEN_VISIT_MINUTES)


@dataclass(frozen=True, slots=True)
class Token:
    """What the visitor's cookie holds."""

    lookup: bytes
    key: bytes

    @classmethod
    def fresh(cls) -> Token:
        """Return a new token that nobody has."""
        return cls(secrets.token_bytes(_HALF), secrets.token_bytes(_HALF))

    @classmethod
    def read(cls, text: str) -> Token | None:
        """Return the token in a cookie, or None for anything else."""
        try:
            raw = base64.urlsafe_b64decode(text.encode("ascii") + b"==")
        except (binascii.Error, UnicodeEncodeError, ValueError):
            return None
        return cls(raw[:_HALF], raw[_HALF:]) if len(raw) == 2 * _HALF else None

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.lookup + self.key).decode("ascii").rstrip("=")

    @property
    def row(self) -> bytes:
        """Return the primary key of the draft that this token opens."""
        return hashlib.sha256(self.lookup).digest()

    @property
    def sealing(self) -> bytes:
        """Return the key that opens the draft: from the visitor's half and the deployment's key."""
        return hmac.new(derived_key("draft"), self.key, hashlib.sha256).digest()


@dataclass(slots=True)
class Opened:
    """A draft that the visitor's token has opened."""

    token: Token
    version: int = 0
    report_id: int | None = None
    sealing_key_id: int | None = None
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def answers(self) -> dict[str, Any]:
        """Return the answers given so far, by question code."""
        return self.content.setdefault("answers", {})  # type: ignore[no-any-return]

    @property
    def is_sent(self) -> bool:
        """Say whether this visit's report was sent."""
        return self.report_id is not None


def open_draft(token: Token | None, at: datetime) -> Opened | None:
    """Return the draft of a visit, or None when there is none, it has rested too long, or the key is not its own."""
    if token is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [token.row, at - idle_limit()])
        found = cursor.fetchone()
    return None if found is None else _opened(token, *found)


# By hand, for it is asked at every step.
_FIND = """
SELECT version, report_id, sealing_key_id, sealed FROM reports_draft WHERE lookup = %s AND touched_at > %s
"""


def opened(row: Draft, token: Token) -> Opened | None:
    """Return what a draft's row holds, or None when this token does not open it."""
    return _opened(token, row.version, row.report_id, row.sealing_key_id, row.sealed)


def _opened(
    token: Token, version: int, report: int | None, key: int | None, sealed: bytes | memoryview
) -> Opened | None:
    try:
        content = json.loads(unseal(token.sealing, bytes(sealed), _CONTEXT))
    except Unreadable:
        return None
    return Opened(token, version, report, key, content)


def sealed(draft: Opened) -> bytes:
    """Return a draft's content as it lies in the database."""
    plain = json.dumps(draft.content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return seal(draft.token.sealing, plain, _CONTEXT)


def begin(content: dict[str, Any], at: datetime) -> Opened:
    """Start a draft under a fresh token."""
    draft = Opened(Token.fresh(), version=1, content=content)
    Draft.objects.create(lookup=draft.token.row, sealed=sealed(draft), touched_at=at)
    return draft


def change(draft: Opened, how: Callable[[dict[str, Any]], None], at: datetime) -> Opened:
    """Change a draft's content and save it; what another tab saved meanwhile is kept.

    A draft that another tab has sent meanwhile comes back unchanged. Raises Busy after ten tries, and KeyError when the
    draft has been destroyed meanwhile.
    """
    was_sent = draft.is_sent
    for _attempt in range(10):
        how(draft.content)
        saved = Draft.objects.filter(lookup=draft.token.row, version=draft.version).update(
            sealed=sealed(draft), touched_at=at, version=F("version") + 1
        )
        if saved:
            draft.version += 1
            return draft
        again = open_draft(draft.token, at)
        if again is None:
            raise KeyError("the draft is gone")
        if again.is_sent and not was_sent:
            return again
        draft = again
    raise Busy
