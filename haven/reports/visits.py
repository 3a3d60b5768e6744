"""Who acts when nobody has signed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the public pages of whom we know nothing: no account, no code yet."""

    actor_kind: str = "reporter"
    actor_id: int | None = None


VISITOR = Visitor()
