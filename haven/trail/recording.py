"""How an entry is linked to the one before it and written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from haven.kernel.action import Act, Actor
from haven.kernel.decision import Decision
from haven.trail.models import Chain, Entry

GENESIS = bytes(32)


def record_act(act: Act, subject: Any, refusal: Decision | None) -> None:
    """Write the entry of an act that was done, or refused."""
    append(
        chain=getattr(subject, "trail_chain", None) or chain_of(act.by),
        at=act.at,
        act=act.name,
        outcome="done" if refusal is None else "refused",
        by=act.by,
        subject=subject,
        guards=[d.guard for d in act.decisions if d.guard],
        clause="" if refusal is None else refusal.clause,
        codes=act.codes,
    )


def record_seen(*, act: str, subject: Any, by: Actor, at: datetime, **codes: Any) -> None:
    """Write that somebody opened, searched or exported something."""
    chain = getattr(subject, "trail_chain", None) or chain_of(by)
    with transaction.atomic():
        append(chain=chain, at=at, act=act, outcome="seen", by=by, subject=subject, guards=[], clause="", codes=codes)


def chain_of(by: Actor) -> str:
    """Return the chain for acts with no subject of their own: the actor's."""
    return f"{by.actor_kind}:{by.actor_id}" if by.actor_id else by.actor_kind


def append(
    *, chain: str, at: datetime, act: str, outcome: str, by: Actor, subject: Any, guards: list[str], clause: str,
    codes: dict[str, Any],
) -> None:  # fmt: skip
    """Add one link to a chain, in the running transaction; the chain's head is locked until it ends."""
    _check(codes)
    seq, before = _next(chain)
    entry = Entry(
        chain=chain,
        seq=seq,
        at=at,
        act=act,
        outcome=outcome,
        actor_kind=by.actor_kind,
        actor_id=by.actor_id,
        subject_kind=subject._meta.label_lower if hasattr(subject, "_meta") else "",
        subject_id=getattr(subject, "pk", None),
        guards=guards,
        clause=clause,
        codes=codes,
        before=before,
    )
    entry.link = link_of(entry)
    entry.save(force_insert=True)
    Chain.objects.filter(name=chain).update(length=seq, head=entry.link)


def link_of(entry: Entry) -> bytes:
    """Return the hash that an entry must bear, given what it says and the link before it."""
    return link_after(
        bytes(entry.before),
        [
            entry.chain, entry.seq, entry.at, entry.act, entry.outcome, entry.actor_kind, entry.actor_id,
            entry.subject_kind, entry.subject_id, entry.guards, entry.clause, entry.codes,
        ],
    )  # fmt: skip


def link_after(before: bytes, said: Sequence[Any]) -> bytes:
    """Hash what an entry says (chain, seq, at, act … codes) after the link before it."""
    words = [each.astimezone(UTC).isoformat() if isinstance(each, datetime) else each for each in said]
    text = json.dumps(words, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(before + text.encode()).digest()


def _check(codes: Mapping[str, Any] | Sequence[Any]) -> None:
    """Refuse what the database would hand back otherwise than it was given, which would break the chain."""
    for value in codes.values() if isinstance(codes, Mapping) else codes:
        if isinstance(value, float):
            raise TypeError("codes in the trail are texts, whole numbers, yes or no, and lists of these")
        if isinstance(value, Mapping | list | tuple):
            _check(value)


def _next(chain: str) -> tuple[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trail_chain (name, length, head) VALUES (%s, 0, %s)"
            " ON CONFLICT (name) DO UPDATE SET length = trail_chain.length RETURNING length, head",
            [chain, GENESIS],
        )
        length, head = cursor.fetchone()
    return length + 1, bytes(head)
