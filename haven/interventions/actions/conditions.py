"""The acts by which each condition of the gate is met; each adds, and none changes what was said before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.accounts.models import Staff
from haven.cases.choices import Part
from haven.cases.models import CaseReport, Incident
from haven.cases.queries.facts import viewer_of
from haven.evidence.models import Item
from haven.interventions.actions.shared import advanced, in_preparation, is_in, kept, taken_off_the_pile
from haven.interventions.choices import View
from haven.interventions.models import (
    AgainstWishes,
    Consultation,
    EvidenceChosen,
    HearingHeld,
    Intervention,
    Proportionality,
    RiskReview,
    SupportConsidered,
    ToldBefore,
)
from haven.interventions.queries import gate_of, tool_facts
from haven.interventions.rules import recording, steps
from haven.interventions.rules.conditions import is_consulted, latest_views
from haven.kernel.action import action, note
from haven.kernel.decision import require
from haven.people.models import Person
from haven.reports.models import Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person harmed was asked about a step, and answered."""

    asked_at: datetime
    how: str
    view: str
    wishes: str
    fears: str
    weighed: str


@action("intervention.consulted")
def record_consultation(
    *, intervention: Intervention, person: Person, asked: Asked, press: UUID | None = None, by: Staff, at: datetime
) -> Intervention:
    """Record what one person harmed wishes and fears about this very step, and how that was weighed (3.5.2)."""
    row = in_preparation(intervention, by)
    require(
        recording.may_record_consultation(
            is_harmed=is_in(row.case, person, Part.HARMED),
            view=asked.view,
            wishes=asked.wishes,
            fears=asked.fears,
            weighed=asked.weighed,
            asked_at=asked.asked_at,
            at=at,
        )
    )
    note(person=person.pk, view=asked.view, how=asked.how)
    kept(
        Consultation,
        intervention=row,
        person=person,
        asked_at=asked.asked_at,
        how=asked.how,
        view=asked.view,
        wishes=asked.wishes.strip(),
        fears=asked.fears.strip(),
        weighed=asked.weighed.strip(),
        press=press,
        by=by,
        at=at,
    )
    return taken_off_the_pile(row, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why somebody's wishes are not followed, and what keeps them safe."""

    reason: str
    safety_plan: str
    in_place: str
    told_at: datetime


@action("intervention.against_wishes")
def go_against_wishes(
    *, intervention: Intervention, person: Person, reasons: Reasons, press: UUID | None = None, by: Staff, at: datetime
) -> Intervention:
    """Decide to go on against the wishes of a person harmed, a level up, with a plan, after telling them (3.5.2)."""
    row = in_preparation(intervention, by)
    said = latest_views(gate_of(row, at)).get(person.one_person)
    require(
        steps.may_go_against(
            viewer_of(by),
            rank_needed=steps.rank_above(tool_facts(row).rank),
            is_against=said is not None and said.view == View.AGAINST,
            reason=reasons.reason,
            plan=reasons.safety_plan,
            in_place=reasons.in_place,
            told_at=reasons.told_at,
            at=at,
        )
    )
    note(person=person.pk)
    kept(
        AgainstWishes,
        intervention=row,
        person=person,
        reason=reasons.reason.strip(),
        safety_plan=reasons.safety_plan.strip(),
        in_place=reasons.in_place.strip(),
        told_at=reasons.told_at,
        press=press,
        by=by,
        at=at,
    )
    return advanced(row, at)


@action("intervention.risk_reviewed")
def review_risk(
    *,
    intervention: Intervention,
    may_do: str,
    measures: str,
    in_place_at: datetime | None,
    press: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Intervention:
    """Record what the step may do to the people harmed, and since when they are safe from it (3.5.2)."""
    row = in_preparation(intervention, by)
    require(recording.may_review_risk(may_do=may_do, measures=measures, in_place_at=in_place_at, at=at))
    note(in_place=in_place_at is not None)
    said = {"may_do": may_do.strip(), "measures": measures.strip(), "in_place_at": in_place_at}
    kept(RiskReview, intervention=row, press=press, by=by, at=at, **said)
    return advanced(row, at)


@action("intervention.evidence_chosen")
def choose_evidence(
    *,
    intervention: Intervention,
    kinds: Collection[str],
    why: str,
    occasions: Collection[Incident] = (),
    files: Collection[Item] = (),
    press: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Intervention:
    """Record what the step rests on, and why that is enough for it (3.5.2)."""
    row = in_preparation(intervention, by)
    reports = CaseReport.objects.filter(case=row.case).values("report")
    own = set(Attachment.objects.filter(report__in=reports).values_list("item", flat=True))
    is_ours = all(each.case_id == row.case_id for each in occasions) and all(each.pk in own for each in files)
    require(recording.may_choose_evidence(kinds=kinds, why=why, is_of_this_case=is_ours))
    note(kinds=sorted(kinds), occasions=len(occasions), files=len(files))
    made = kept(
        EvidenceChosen, intervention=row, kinds=sorted(kinds), why=why.strip(), press=press, by=by, at=at
    )
    made.occasions.set(occasions)
    made.files.set(files)
    return advanced(row, at)


@action("intervention.proportionality_assessed")
def assess_proportionality(
    *,
    intervention: Intervention,
    said: Mapping[str, str],
    is_proportionate: bool,
    press: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Intervention:
    """Record a look at equality and proportionality; it goes stale, and never delays protecting anybody (3.5.2)."""
    row = in_preparation(intervention, by)
    require(recording.may_assess_proportionality(said))
    note(is_proportionate=is_proportionate)
    kept(
        Proportionality,
        intervention=row,
        said={key: text.strip() for key, text in said.items()},
        is_proportionate=is_proportionate,
        press=press,
        by=by,
        at=at,
    )
    return advanced(row, at)


@action("intervention.heard")
def record_hearing(
    *, intervention: Intervention, result: str, words: str, press: UUID | None = None, by: Staff, at: datetime
) -> Intervention:
    """Record what the person responsible said, or why they were not heard; never before the consultation (3.5.2)."""
    row = in_preparation(intervention, by)
    require(recording.may_record_hearing(result=result, words=words, is_consulted=bool(is_consulted(gate_of(row, at)))))
    note(result=result)
    kept(HearingHeld, intervention=row, result=result, words=words.strip(), press=press, by=by, at=at)
    return advanced(row, at)


@action("intervention.support_considered")
def consider_support(
    *,
    intervention: Intervention,
    is_offered: bool,
    kinds: Collection[str] = (),
    words: str,
    press: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Intervention:
    """Record which help the person responsible was offered, or why none was (3.4.4, 3.4.5)."""
    row = in_preparation(intervention, by)
    require(recording.may_record_support(is_offered=is_offered, kinds=kinds, words=words))
    note(is_offered=is_offered)
    said = {"is_offered": is_offered, "kinds": sorted(kinds), "words": words.strip()}
    kept(SupportConsidered, intervention=row, press=press, by=by, at=at, **said)
    return advanced(row, at)


@action("intervention.told_before")
def tell_before(
    *,
    intervention: Intervention,
    person: Person,
    told_at: datetime | None,
    words: str,
    press: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Intervention:
    """Record that a person harmed knows what will happen and when, or why telling them was not safe (3.5.2)."""
    row = in_preparation(intervention, by)
    harmed = is_in(row.case, person, Part.HARMED)
    require(recording.may_record_telling(is_harmed=harmed, told_at=told_at, words=words, at=at))
    note(person=person.pk, is_told=told_at is not None)
    said = {"person": person, "told_at": told_at, "words": words.strip()}
    kept(ToldBefore, intervention=row, press=press, by=by, at=at, **said)
    return advanced(row, at)
