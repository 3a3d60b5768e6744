"""How many plain bytes of files this process holds at a time; nothing plain is ever put on a disk."""

from __future__ import annotations

import io
import threading

from haven.evidence.limits import MEMORY_BYTES


class NoRoom(Exception):
    """This process holds as many files as it may at this moment."""


class Budget:
    """Counts bytes that are held, and refuses more than there may be."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._changed = threading.Condition()

    @property
    def held(self) -> int:
        """Return how many bytes are held now."""
        return self._held

    def take(self, count: int, patience: float = 0.0) -> None:
        """Count bytes in, waiting up to `patience` seconds for others to be given back, or raise NoRoom."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._held + count <= self._most, patience):
                raise NoRoom
            self._held += count

    def give_back(self, count: int) -> None:
        """Count bytes out."""
        with self._changed:
            self._held -= count
            self._changed.notify_all()


PROCESS = Budget(MEMORY_BYTES)


class Held(io.BytesIO):
    """A file in memory whose bytes are counted until it is closed or forgotten."""

    def __init__(self, budget: Budget = PROCESS, patience: float = 0.0) -> None:
        super().__init__()
        self._budget = budget
        self._patience = patience
        self._counted = 0

    def write(self, content: bytes) -> int:  # type: ignore[override]
        """Add bytes, or raise NoRoom."""
        self._budget.take(len(content), self._patience)
        self._counted += len(content)
        return super().write(content)

    def close(self) -> None:
        """Forget the bytes and give their room back."""
        if not self.closed:
            self._budget.give_back(self._counted)
            self._counted = 0
        super().close()

    def __del__(self) -> None:
        self.close()
