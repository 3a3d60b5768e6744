"""The trail with a reader: of one case or report, for whoever may see that; of everything, for those who check it.

Nothing here holds a name. Staff who may see a case see the names of those who worked on it; that is for the page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from haven.kernel.action import Actor
from haven.trail.models import Entry
from haven.trail.recording import record_seen

SIZE = 50
OUTCOMES = ("done", "seen", "refused")


class Chained(Protocol):
    """Whatever has a chain of its own, loaded by the reader through its own door."""

    @property
    def trail_chain(self) -> str:
        """Return the name of the chain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What narrows the trail down; empty means everything."""

    chain: str = ""
    act: str = ""
    outcome: str = ""
    guard: str = ""
    actor: int | None = None
    until: datetime | None = None

    @property
    def codes(self) -> dict[str, Any]:
        """Return what was asked for, for the entry that says that the trail was read."""
        asked = {"chain": self.chain, "what": self.act, "outcome": self.outcome, "guard": self.guard}
        found: dict[str, Any] = {name: value for name, value in asked.items() if value}
        if self.actor is not None:
            found["actor"] = self.actor
        if self.until is not None:
            found["until"] = self.until.isoformat()
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of the trail, newest first, and where the next one begins."""

    rows: Sequence[Entry]
    next: int | None = None


def trail_of(subject: Chained, *, before: int | None = None, size: int = SIZE) -> Found:
    """Return a page of what happened to one case or report, newest first; whoever asks has opened that already."""
    rows = Entry.objects.filter(chain=subject.trail_chain)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: size + 1])
    return Found(rows=found[:size], next=found[size - 1].seq if len(found) > size else None)


def whole_trail(
    reader: Actor,
    wanted: Wanted | None = None,
    *,
    at: datetime,
    without: Collection[str] = (),
    before: int | None = None,
    size: int = SIZE,
) -> Found:
    """Return a page of the whole trail, newest first, and record that it was read and what was asked for.

    `without` names the chains of matters from which a conflict locks the reader out (3.3.3).
    """
    wanted = wanted or Wanted()
    rows = Entry.objects.exclude(chain__in=without) if without else Entry.objects.all()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if wanted.chain:
        rows = rows.filter(chain=wanted.chain)
    if wanted.act:
        rows = rows.filter(act=wanted.act)
    if wanted.outcome in OUTCOMES:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.guard:
        rows = rows.filter(guards__contains=[wanted.guard])
        if wanted.outcome == "refused":
            rows = rows.filter(**{"guards__-1": wanted.guard})
    if wanted.actor is not None:
        rows = rows.filter(actor_kind="staff", actor_id=wanted.actor)
    if wanted.until is not None:
        rows = rows.filter(at__lt=wanted.until)
    found = list(rows.order_by("-pk")[: size + 1])
    record_seen(act="trail.read", subject=None, by=reader, at=at, **wanted.codes)
    return Found(rows=found[:size], next=found[size - 1].pk if len(found) > size else None)
