"""Proposing a step, and ending one."""

from __future__ import annotations

from datetime import datetime

from haven.accounts.models import Staff
from haven.cases.choices import Part
from haven.cases.models import Case
from haven.interventions.actions.shared import is_in, locked, open_case
from haven.interventions.choices import State
from haven.interventions.models import Intervention
from haven.interventions.queries import tool_facts
from haven.interventions.rules import Proposal, steps
from haven.kernel.action import action, note, touch
from haven.kernel.decision import Decision, require
from haven.people.models import Person
from haven.policy.pack import pack
from haven.risk.queries import highest_band


@action("intervention.proposed")
def propose(
    *,
    case: Case,
    subject: Person,
    tool: str,
    purpose: str,
    asked_for_by: Person | None = None,
    asked_words: str = "",
    by: Staff,
    at: datetime,
) -> Intervention:
    """Propose a step about the conduct of a person responsible; any tool may come first (3.5.2).

    Raises Refused for mediation where it is blocked, unless the person harmed asked for it in her or his own words.
    """
    own = open_case(case, by)
    require(_is_tool(tool))
    asked_for = pack().tools[tool]
    proposal = Proposal(
        is_responsible=is_in(own, subject, Part.RESPONSIBLE),
        is_in_preparation=Intervention.objects.filter(
            case=own, subject=subject, tool=tool, executed_at=None, ended_at=None
        ).exists(),
        is_hate=bool(own.strands),
        band=highest_band(own),
        is_asked_for=asked_for_by is not None and bool(asked_words.strip()),
        asker_is_harmed=is_in(own, asked_for_by, Part.HARMED),
        has_other_step=Intervention.objects.filter(case=own, executed_at__isnull=False).exclude(tool=tool).exists(),
        purpose=purpose,
    )
    require(steps.may_propose(asked_for, proposal))
    note(tool=tool, subject=subject.pk, is_asked_for=proposal.is_asked_for)
    touch(own)
    return Intervention.objects.create(
        case=own,
        subject=subject,
        tool=tool,
        has_letter=asked_for.letter,
        rests_on_agreement=asked_for.rests_on_agreement,
        is_legal=asked_for.legal,
        purpose=purpose.strip(),
        asked_for_by=asked_for_by if proposal.is_asked_for else None,
        asked_words=asked_words.strip() if proposal.is_asked_for else None,
        proposed_by=by,
        proposed_at=at,
        policy_version=pack().policy.version,
    )


def _is_tool(tool: str) -> Decision:
    if tool not in pack().tools:
        return Decision.no("There is no such step.", clause="3.5.2", remedy="Choose one of those offered.")
    return Decision.yes(clause="3.5.2")


@action("intervention.ended")
def end_intervention(*, intervention: Intervention, ended_as: str, by: Staff, at: datetime) -> Intervention:
    """End a step: it stopped, its time was over, another took its place, it was withdrawn or not taken up (3.5.2).

    That something voluntary was not taken up is held against nobody and is no reason to close a case (3.5.2(c)).
    """
    row = locked(intervention, by)
    voluntary = tool_facts(row).is_voluntary
    require(steps.may_end(is_over=row.is_over, is_done=row.is_done, is_voluntary=voluntary, ended_as=ended_as))
    row.state, row.ended_at, row.ended_by, row.ended_as = State.ENDED, at, by, ended_as
    row.waiting_since, row.asked_by = None, None
    row.version += 1
    row.save(update_fields=["state", "ended_at", "ended_by", "ended_as", "waiting_since", "asked_by", "version"])
    note(ended_as=ended_as)
    touch(row.case)
    return row
