"""Stored files opened and held against the hash that was taken when they were given."""

from __future__ import annotations

import hashlib
import hmac

from haven.evidence.memory import Held
from haven.evidence.models import Copy, Item
from haven.evidence.store import Changed, Sink, identity_for, store

PATIENCE = 10.0
"""Seconds that an opening waits for other openings to give their memory back."""


class _Hashed:
    """Passes bytes on and hashes them."""

    def __init__(self, into: Sink) -> None:
        self._into = into
        self._hash = hashlib.sha256()

    def write(self, content: bytes, /) -> int:
        self._hash.update(content)
        self._into.write(content)
        return len(content)

    def digest(self) -> bytes:
        return self._hash.digest()


def pour(item: Item, into: Sink, copy: Copy | None = None) -> None:
    """Write an original, or one of its copies, into `into`; raises Missing or Changed, perhaps after some bytes."""
    kept = copy or item
    hashed = _Hashed(into)
    store().get(kept.stored_as, identity_for(item.sealing_key), hashed)
    if not hmac.compare_digest(hashed.digest(), bytes(kept.sha256)):
        raise Changed(kept.stored_as)


def opened(item: Item, copy: Copy | None = None) -> Held:
    """Return an original, or one of its copies, in memory and verified; raises Missing, Changed or NoRoom."""
    held = Held(patience=PATIENCE)
    try:
        pour(item, held, copy)
    except BaseException:
        held.close()
        raise
    held.seek(0)
    return held
