"""What must be done, as staff see it: what needs me now, what one report or case still needs, what a team owes.

Whoever asks is named, and what they may not see is left out, counts included (3.3.3).
"""

from haven.obligations.access.about import (
    OfCase,
    ToDo,
    duties_about,
    duties_of_case,
    get_duty,
    is_seen,
    owed_reasons,
    reasons_of,
    reviews_of,
)
from haven.obligations.access.team import Load, Raised, Some, loads_of, overdue_of, quiet_in, unowned_in
from haven.obligations.access.worklist import MOST, NeedsMe, duties_for

__all__ = [
    "MOST",
    "Load",
    "NeedsMe",
    "OfCase",
    "Raised",
    "Some",
    "ToDo",
    "duties_about",
    "duties_of_case",
    "duties_for",
    "get_duty",
    "is_seen",
    "loads_of",
    "overdue_of",
    "owed_reasons",
    "quiet_in",
    "reasons_of",
    "reviews_of",
    "unowned_in",
]
