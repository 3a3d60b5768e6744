"""Reads the whole trail and says what was changed, removed or added behind its back.

It streams: memory does not grow with the trail. Everything is read in one snapshot, so that people may go on working.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from haven.trail import checkpoint
from haven.trail.checkpoint import BATCH, rows_of
from haven.trail.recording import GENESIS, link_after

TOLD_EVERY = 10_000
_ENTRIES = (
    "SELECT chain, seq, at, act, outcome, actor_kind, actor_id, subject_kind, subject_id, guards, clause, codes,"
    " before, link FROM trail_entry ORDER BY chain, seq"
)
_GUARDS, _CODES = 9, 11
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the trail: where, and what."""

    chain: str
    seq: int
    reason: str

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}: {self.reason}"


@dataclass(slots=True)
class Walk:
    """Where the reading stands in one chain."""

    chain: str
    seq: int = 0
    link: bytes = GENESIS


def verify(progress: Progress = lambda done: None) -> list[Fault]:
    """Return every fault of the trail; none means that it is as it was written, up to the latest checkpoint for sure.

    `progress` is told how many entries have been read, now and then.
    """
    with _snapshot():
        return [*_chains(progress), *_chains_without_entries(), *checkpoint.faults(_fault_of_checkpoint)]


def _fault_of_checkpoint(number: int, reason: str) -> Fault:
    return Fault("checkpoint", number, reason)


@contextmanager
def _snapshot() -> Iterator[None]:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _chains(progress: Progress) -> Iterator[Fault]:
    ended: list[Walk] = []
    walk: Walk | None = None
    for done, row in enumerate(rows_of(_ENTRIES), start=1):
        if walk is None or walk.chain != row[0]:
            if walk:
                ended.append(walk)
            walk = Walk(row[0])
        yield from _step(walk, row)
        if len(ended) >= BATCH:
            yield from _heads(ended)
            ended = []
        if done % TOLD_EVERY == 0:
            progress(done)
    yield from _heads([*ended, walk] if walk else [])


def _step(walk: Walk, row: tuple[Any, ...]) -> Iterator[Fault]:
    said, before, link = list(row[:12]), bytes(row[12]), bytes(row[13])
    said[_GUARDS], said[_CODES] = _json(said[_GUARDS]), _json(said[_CODES])
    seq = row[1]
    if seq != walk.seq + 1:
        yield Fault(walk.chain, seq, f"{_missing(walk.seq + 1, seq - 1)} removed")
    elif before != walk.link:
        yield Fault(walk.chain, seq, "does not follow from the entry before it")
    if link_after(before, said) != link:
        yield Fault(walk.chain, seq, "is not as it was written")
    walk.seq, walk.link = seq, link


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str | bytes) else value


def _missing(first: int, last: int) -> str:
    return f"entry {first} was" if first >= last else f"entries {first} to {last} were"


def _heads(walks: Iterable[Walk]) -> Iterator[Fault]:
    """Compare where each chain ended with what its head says."""
    walks = list(walks)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, length, head FROM trail_chain WHERE name = ANY(%s)", [[walk.chain for walk in walks]]
        )
        heads = {name: (length, bytes(head)) for name, length, head in cursor.fetchall()}
    for walk in walks:
        length, head = heads.get(walk.chain, (None, b""))
        if length is None:
            yield Fault(walk.chain, walk.seq, "the chain's head was removed")
        elif length > walk.seq:
            yield Fault(walk.chain, length, f"{_missing(walk.seq + 1, length)} removed")
        elif (length, head) != (walk.seq, walk.link):
            yield Fault(walk.chain, walk.seq, "the chain's head is another: an entry was added or put in its place")


def _chains_without_entries() -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, length FROM trail_chain c WHERE length > 0"
            " AND NOT EXISTS (SELECT FROM trail_entry e WHERE e.chain = c.name) ORDER BY name"
        )
        for name, length in cursor.fetchall():
            yield Fault(name, length, f"{_missing(1, length)} removed")
