"""The acts of triage and casework; one business act each."""

from haven.cases.actions.allocating import assign_case, declare_conflict, let_in, let_out, restrict_case
from haven.cases.actions.recording import (
    OccasionTold,
    add_new_person,
    add_person,
    confirm_same_person,
    decide_harassment,
    end_part,
    record_finding,
    record_incident,
    take_people_apart,
)
from haven.cases.actions.triage import (
    Seen,
    join_case,
    leave_without_case,
    link_to_closed_case,
    open_case,
    review_decision,
    take_up,
)

__all__ = [
    "OccasionTold",
    "Seen",
    "add_new_person",
    "add_person",
    "assign_case",
    "confirm_same_person",
    "decide_harassment",
    "declare_conflict",
    "end_part",
    "join_case",
    "leave_without_case",
    "let_in",
    "let_out",
    "link_to_closed_case",
    "open_case",
    "record_finding",
    "record_incident",
    "restrict_case",
    "review_decision",
    "take_people_apart",
    "take_up",
]
