"""Screening mediation, and asking both sides whether they want it (clause 3.5.2(c))."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from haven.accounts.models import Staff
from haven.cases.choices import Part
from haven.interventions.actions.shared import advanced, in_preparation, is_in, kept
from haven.interventions.choices import Side
from haven.interventions.models import Consent, Intervention, Screening
from haven.interventions.queries import gate_of, tool_facts
from haven.interventions.rules import mediation
from haven.interventions.rules.conditions import is_consulted
from haven.kernel.action import action, note
from haven.kernel.decision import require
from haven.people.models import Person


@action("intervention.screened")
def screen(
    *,
    intervention: Intervention,
    dangers: Collection[str],
    is_trained_in_hate: bool,
    is_shuttle: bool,
    words: str,
    press: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Intervention:
    """Record whether mediation would harm somebody: fear, pressure, violence, a threat, power of one over the other."""
    row = in_preparation(intervention, by)
    require(mediation.may_screen(is_voluntary=tool_facts(row).is_voluntary, dangers=dangers, words=words))
    note(dangers=sorted(dangers), is_shuttle=is_shuttle, is_trained_in_hate=is_trained_in_hate)
    kept(
        Screening,
        intervention=row,
        dangers=sorted(dangers),
        is_trained_in_hate=is_trained_in_hate,
        is_shuttle=is_shuttle,
        words=words.strip(),
        press=press,
        by=by,
        at=at,
    )
    return advanced(row, at)


@action("intervention.consent_recorded")
def record_consent(
    *,
    intervention: Intervention,
    person: Person,
    agrees: bool,
    words: str = "",
    press: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Intervention:
    """Record whether somebody takes part freely; a no leaves no mark on anybody, and changes nothing else (3.5.2(c)).

    The person responsible is asked only after screening, and after each person harmed was consulted.
    """
    row = in_preparation(intervention, by)
    side = Side.HARMED if is_in(row.case, person, Part.HARMED) else Side.RESPONSIBLE
    gate = gate_of(row, at)
    require(
        mediation.may_consent(
            is_voluntary=gate.tool.is_voluntary,
            is_side=side == Side.HARMED or person.pk == row.subject_id,
            asks_responsible=side == Side.RESPONSIBLE,
            is_consulted=bool(is_consulted(gate)),
            is_screened=gate.screened is not None and not gate.screened.dangers,
        )
    )
    note(side=side.value)
    said = {"person": person, "side": side, "agrees": agrees, "words": words.strip() or None}
    kept(Consent, intervention=row, press=press, by=by, at=at, **said)
    return advanced(row, at)
