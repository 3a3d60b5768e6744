"""What the tools must say together, so that no pack asks less than the policy can bear (DOMAIN.md 6)."""

from typing import TYPE_CHECKING

from haven.policy.bands import Band
from haven.policy.pack.tables_tools import Gate, Tool

if TYPE_CHECKING:
    from haven.policy.pack.loading import Reading

NEEDED_TOOLS = ("FIRST_WARNING", "FINAL_WARNING", "MEDIATION")
"""Tools that the program knows by name."""
OLDEST = 28
"""Days: no look at equality and proportionality is relied on for longer."""
LONGEST = 24
"""Months: nothing counts against anybody for longer."""


def check_tools(reading: "Reading") -> None:
    """Note every fault of the gate and of the tools."""
    for entry in reading.of("gate").values():
        gate: Gate = entry
        if gate.proportionality_days > OLDEST:
            reading.fault("gate", "", f"'proportionality_days' must be {OLDEST} or fewer", "proportionality_days")
    for code, entry in reading.of("tools").items():
        tool: Tool = entry
        for key, reason in _faults(tool):
            reading.fault("tools", code, reason, *([key] if key else []))


def _faults(tool: Tool) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if tool.kind == "warning" and not (tool.letter and tool.rests_on_agreement):
        found.append(("letter", "a warning is a letter that rests on a clause of the agreement"))
    if tool.kind == "warning" and not tool.live_months:
        found.append(("live_months", "a warning counts for a time: say for how many months"))
    if tool.live_months > LONGEST:
        found.append(("live_months", f"'live_months' must be {LONGEST} or fewer"))
    if tool.kind == "voluntary" and (tool.legal or tool.live_months):
        found.append(("kind", "what is voluntary is not legal and counts against nobody"))
    if tool.legal and tool.approved_by == "caseworker":
        found.append(("approved_by", "a legal tool is approved by a manager"))
    if tool.code == "FINAL_WARNING" and tool.approved_by == "caseworker":
        found.append(("approved_by", "a final warning is approved by a manager"))
    if tool.code == "MEDIATION":
        found += _faults_of_mediation(tool)
    return found


def _faults_of_mediation(tool: Tool) -> list[tuple[str, str]]:
    if tool.kind != "voluntary" or not tool.never_first:
        return [("kind", "mediation is voluntary and never the first or only offer")]
    if not {Band.HIGH, Band.CRITICAL} <= set(tool.blocked_bands):
        return [("blocked_bands", "mediation is blocked where hate is perceived and the risk is high or critical")]
    if tool.approved_by == "caseworker":
        return [("approved_by", "mediation is approved by a manager")]
    return []
