"""How work on cases is watched: what somebody's cases weigh together, and why something was late."""

from dataclasses import dataclass
from typing import ClassVar

from haven.policy.bands import Band
from haven.policy.pack.keys import Entry, code, key


@dataclass(frozen=True, kw_only=True)
class Workload(Entry):
    """What one open case weighs by its band, and what one late duty adds (clause 2.0(b))."""

    critical: int = key(least=1)
    high: int = key(least=1)
    medium: int = key(least=1)
    standard: int = key(least=1)
    late_duty: int = key(least=0)

    def of(self, band: Band) -> int:
        """Return what one open case of this band weighs."""
        return int(getattr(self, band.value))


@dataclass(frozen=True, kw_only=True)
class LateReason(Entry):
    """Why something was late; `needs_words` where the code alone does not say enough (clause 2.0(b))."""

    KEY: ClassVar[str] = "code"

    code: str = code("NO_STAFF")
    label: str
    needs_words: bool
