"""What a plan must hold before it is agreed, and what may be recorded of it: pure functions, no rows and no clock."""

from haven.policy.register import record
from haven.support.rules.agreeing import (
    Agreeing,
    Copy,
    Drafted,
    Heard,
    copy_matches_needs,
    may_agree,
    may_give_copy,
    may_have_talked,
)
from haven.support.rules.planning import (
    ItemSaid,
    is_tailored,
    may_begin_version,
    may_change_plan,
    may_end_item,
    may_plan_for,
    may_record_development,
    may_write_item,
)

record(("3.3.1", "3.4.1"), "support.Plan", "What was agreed with the person harmed: each version, when, how")
record(("3.3.1", "3.4.1"), "support.PlanItem", "Each step: who does it, by when, and which need, wish or fear it answers")
record("3.4.1", "support.ItemOutcome", "What became of each step, when, and why not")
record("3.4.1", "support.DevelopmentRecord", "What happened in the matter, and when we learnt of it")

__all__ = [
    "Agreeing",
    "Copy",
    "Drafted",
    "Heard",
    "ItemSaid",
    "copy_matches_needs",
    "is_tailored",
    "may_agree",
    "may_begin_version",
    "may_change_plan",
    "may_end_item",
    "may_give_copy",
    "may_have_talked",
    "may_plan_for",
    "may_record_development",
    "may_write_item",
]
