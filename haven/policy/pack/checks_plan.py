"""What the steps of plans must say so that each can be promised (clause 3.3.1)."""

from typing import TYPE_CHECKING

from haven.policy.pack.tables_plan import PlanStep

if TYPE_CHECKING:
    from haven.policy.pack.loading import Reading

LONGEST = 200


def check_plan(reading: "Reading") -> None:
    """Note every step that promises nothing by no day, names no clause, or is too long to be read to somebody."""
    for code, entry in reading.of("plan_items").items():
        step: PlanStep = entry
        if step.is_ours and step.within is None:
            reading.fault("plan_items", code, "what the landlord does needs 'within', by when", "doer")
        if not step.clauses:
            reading.fault("plan_items", code, "name at least one clause that it carries out", "clauses")
        if len(step.label) > LONGEST:
            reading.fault("plan_items", code, f"'label' is longer than {LONGEST} letters", "label")
        if len(set(step.bands)) < len(step.bands):
            reading.fault("plan_items", code, "'bands' names a band twice", "bands")
    if reading.is_whole("plan_items") and not any(step.kind == "safety" for step in reading.of("plan_items").values()):
        reading.fault("plan_items", "", "no step keeps anybody safe: at least one has the kind 'safety'")
