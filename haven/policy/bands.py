"""How great the danger is, in four bands, from standard to critical."""

from enum import StrEnum


class Band(StrEnum):
    """A risk band; compare bands by `severity`, never by their names."""

    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def severity(self) -> int:
        """Count from 0 (standard) to 3 (critical)."""
        return list(Band).index(self)

    def or_worse(self, other: "Band | None") -> "Band":
        """Return the more severe of two bands."""
        return self if other is None or self.severity >= other.severity else other
