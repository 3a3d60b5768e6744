"""A Sunday night, the Monday after it, and a code."""

from datetime import UTC, datetime

SUNDAY_NIGHT = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CODE = "4821093755621180"
