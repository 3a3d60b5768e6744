"""Checkpoints: a keyed seal over everything that was added since the checkpoint before.

The key is the deployment's, which is not in the database: whoever rewrites a chain from end to end with the database
owner's power still cannot make a checkpoint agree with it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep
from typing import Any, TypeVar

from django.db import connection, transaction

from haven.kernel.sealing import derived_key
from haven.trail.models import Checkpoint
from haven.trail.recording import GENESIS

F = TypeVar("F")
BATCH = 2000
_LOCK = 7_214_001


class NotQuiet(Exception):
    """An act that began before the checkpoint did not end in time; the next checkpoint will cover it."""


@dataclass(slots=True)
class Tally:
    """What was added within one stretch of the trail."""

    chains: int = 0
    entries: int = 0
    digest: bytes = GENESIS


def make_checkpoint(*, at: datetime, patience: int = 60) -> Checkpoint | None:
    """Seal what was added since the latest checkpoint; None when nothing was. One at a time."""
    with transaction.atomic():
        _alone()
        last = Checkpoint.objects.order_by("-pk").first()
        start = last.last_entry_id if last else 0
        end = _settled_end(patience)
        if end <= start:
            return None
        tally = tally_of(start, end)
        made = Checkpoint(at=at, last_entry_id=end, chains=tally.chains, entries=tally.entries, digest=tally.digest)
        made.seal = seal_of(made, bytes(last.seal) if last else GENESIS)
        made.save(force_insert=True)
        _count_guards(start, end)
        return made


def seal_of(checkpoint: Checkpoint, before: bytes) -> bytes:
    """Return the keyed seal that a checkpoint must bear after the seal before it."""
    said = json.dumps(
        [
            before.hex(), checkpoint.at.astimezone(UTC).isoformat(), checkpoint.last_entry_id, checkpoint.chains,
            checkpoint.entries, bytes(checkpoint.digest).hex(),
        ]
    )  # fmt: skip
    return hmac.new(derived_key("checkpoint"), said.encode(), hashlib.sha256).digest()


def tally_of(after: int, upto: int) -> Tally:
    """Digest the links with ids in (after, upto], in the order of their ids."""
    tally, digest = Tally(), hashlib.sha256()
    order = "SELECT chain, seq, link FROM trail_entry WHERE id > %s AND id <= %s ORDER BY id"
    for chain, seq, link in rows_of(order, [after, upto]):
        digest.update(f"{chain}/{seq}:".encode() + bytes(link))
        tally.entries += 1
        tally.chains += seq == 1
    tally.digest = digest.digest()
    return tally


def faults(fault: Callable[[int, str], F]) -> Iterator[F]:
    """Compare every checkpoint with the entries that it sealed."""
    before, start = GENESIS, 0
    for made in Checkpoint.objects.order_by("pk").iterator(BATCH):
        if not hmac.compare_digest(seal_of(made, before), bytes(made.seal)):
            yield fault(made.pk, "its seal is broken: it, or the checkpoint before it, was changed or removed")
        found = tally_of(start, made.last_entry_id)
        if (found.entries, found.chains, found.digest) != (made.entries, made.chains, bytes(made.digest)):
            yield fault(made.pk, _difference(made, found.entries))
        before, start = bytes(made.seal), made.last_entry_id


def _difference(made: Checkpoint, found: int) -> str:
    if found < made.entries:
        return f"{made.entries - found} of the {made.entries} entries that it sealed were removed"
    if found > made.entries:
        return f"{found - made.entries} entries were added under its seal"
    return "entries that it sealed were rewritten"


def rows_of(order: str, given: list[Any] | None = None) -> Iterator[tuple[Any, ...]]:
    """Stream the rows of a query through a cursor on the server."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(order, given)
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _settled_end(patience: int) -> int:
    """Return an id below which nothing more can appear.

    Ids are given out before their acts end, so the highest id seen may be followed by lower ones. Whoever adds an entry
    locks the table for writing before the entry has an id, and until the act has ended; once everybody who was writing
    when we looked is done, whatever had an id then is there for good. Nobody is made to wait but this task, and it waits
    for nobody else: not for a backup, nor for another database of the server.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM trail_entry")
        end = int(cursor.fetchone()[0])
    writing = _writing()
    for _ in range(patience):
        if not writing:
            break
        sleep(1)
        writing &= _writing()
    if writing:
        raise NotQuiet(f"an act has been under way for more than {patience} seconds")
    return end


def _writing() -> set[str]:
    """Return who is adding to the trail just now."""
    with connection.cursor() as cursor:
        cursor.execute(WRITING)
        return {row[0] for row in cursor}


WRITING = """
SELECT virtualtransaction FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
 WHERE datname = current_database() AND relation = 'trail_entry'::regclass AND mode = 'RowExclusiveLock'
   AND pid <> pg_backend_pid()
"""


def _count_guards(after: int, upto: int) -> None:
    """Add the guards that these entries name to the tallies by day (in England)."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_GUARDS_BY_DAY, [after, upto])


COUNT_GUARDS_BY_DAY = """
INSERT INTO trail_guardtally (guard, day, asked, refused)
SELECT guard, (at AT TIME ZONE 'Europe/London')::date, count(*),
       count(*) FILTER (WHERE outcome = 'refused' AND place = jsonb_array_length(guards))
FROM trail_entry CROSS JOIN LATERAL jsonb_array_elements_text(guards) WITH ORDINALITY AS asked (guard, place)
WHERE id > %s AND id <= %s AND guards <> '[]'
GROUP BY 1, 2
ON CONFLICT (guard, day) DO UPDATE
SET asked = trail_guardtally.asked + excluded.asked, refused = trail_guardtally.refused + excluded.refused
"""
