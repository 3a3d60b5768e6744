"""Opening evidence. Who may see the report or case that it belongs to has been decided by whoever calls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from haven.evidence import actions
from haven.evidence.choices import Size, Trouble
from haven.evidence.memory import Held
from haven.evidence.models import Copy, Item
from haven.evidence.reading import opened
from haven.evidence.store import Changed, Missing
from haven.kernel.action import Actor


class Damaged(Exception):
    """The stored file is missing or changed; it was written to the trail."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble.label))
        self.trouble = trouble


def open_original(item: Item, *, about: Any, by: Actor, at: datetime) -> Held:
    """Return the verified original and record who opened it; raises Refused, Damaged, NoRoom or Unreadable."""
    actions.ask_for_original(about=about, item=item, by=by, at=at)
    return _verified(item, None, about=about, by=by, at=at)


def open_copy(item: Item, size: Size, *, about: Any, by: Actor, at: datetime) -> Held:
    """Return a copy that a page may show and record who saw it; raises Refused, Damaged, NoRoom or Unreadable."""
    actions.ask_for_copy(about=about, item=item, size=size, by=by, at=at)
    return _verified(item, item.copies.get(size=size), about=about, by=by, at=at)


def _verified(item: Item, copy: Copy | None, *, about: Any, by: Actor, at: datetime) -> Held:
    try:
        return opened(item, copy)
    except (Missing, Changed) as problem:
        what = actions.trouble_of(problem)
        if copy is None:
            actions.record_damage(about=about, item=item, what=what, by=by, at=at)
        else:
            actions.lose_copies(about=about, item=item, what=what, by=by, at=at)
        raise Damaged(what) from None
