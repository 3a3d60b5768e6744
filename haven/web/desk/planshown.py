"""What is shown of plans: rows turned into words, nothing decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from haven.cases.access.files import InCase
from haven.kernel.decision import Decision
from haven.obligations.models import CaseReview
from haven.reports.answers import codes_in
from haven.reports.models import Report
from haven.support.access import Planned, Version
from haven.support.choices import Answers, CopyFormat, CopyWay, Doer, Ended, Told
from haven.support.models import DevelopmentRecord, Plan
from haven.support.queries import Step
from haven.web.desk import words
from haven.web.desk.contact import needs_rows
from haven.web.desk.shown import name_of

LATE, DUE = "Late", "Due"
FOR_THEM = {
    Doer.STAFF: "We do this",
    Doer.TEAM: "We do this",
    Doer.AGENCY: "Another service does this",
    Doer.PERSON: "You do this",
}
"""Who does a step, as the person reads it on their copy."""


def person(each: InCase, planned: Planned | None, may_agree: Decision | None, now: datetime) -> dict[str, Any]:
    """Return one person harmed with their needs, the plan that holds, the draft and the versions before."""
    return {
        "pk": each.person.pk,
        "name": name_of(each.person),
        "needs": needs_rows(each.needs),
        "now": version(planned.now, now) if planned and planned.now else None,
        "draft": version(planned.draft, now) if planned and planned.draft else None,
        "before": [version(one, now) for one in planned.before] if planned else [],
        "left_behind": [step(one, now) for one in planned.left_behind] if planned else [],
        "may_agree": may_agree,
    }


def version(each: Version, now: datetime) -> dict[str, Any]:
    """Return one version of a plan in words."""
    plan = each.plan
    return {
        "pk": plan.pk,
        "number": plan.number,
        "covers": plan.get_covers_display(),
        "agreed": agreed(plan, now) if plan.is_agreed else "",
        "copy": copy(plan) if plan.is_agreed else "",
        "begun": f"Begun {words.when(plan.drafted_at, now)} by {plan.drafted_by.name}",
        "steps": [step(one, now) for one in each.steps],
    }


def agreed(plan: Plan, now: datetime) -> str:
    """Return when and how a plan was agreed, and with whom."""
    who = plan.agreed_by.name if plan.agreed_by else "Haven"
    how = f"{Told(plan.told).label.lower()}, in {words.language(plan.language)}"
    return f"Agreed {words.when(plan.agreed_at, now)}, {how}, with {who}"


def copy(plan: Plan) -> str:
    """Return which copy of a plan was given."""
    if plan.copy_way == CopyWay.NONE:
        return f"No copy, as they wish: {plan.copy_wish}"
    said = f"Copy: {CopyFormat(plan.copy_format).label.lower()}, in {words.language(plan.copy_language)}"
    said += f", {CopyWay(plan.copy_way).label.lower()}"
    return said if plan.copy_as_needed else f"{said}, as they wish: {plan.copy_wish}"


def step(each: Step, now: datetime) -> dict[str, Any]:
    """Return one step in words."""
    item, standing = each.item, stands(each, now)
    return {
        "pk": item.pk,
        "words": item.words,
        "who": Doer(item.doer).label,
        "for_them": FOR_THEM[Doer(item.doer)],
        "by": words.day(item.due_on) if item.due_on else "",
        "kind": item.get_kind_display(),
        "answers": f"{Answers(item.answers).label}: {item.why}" if item.is_tailored else (item.why or ""),
        "is_tailored": item.is_tailored,
        "from_pack": bool(item.template),
        "standing": standing,
        "late": standing == LATE,
        "is_open": each.is_open,
        "reason": each.outcome.reason if each.outcome else "",
        "said": f"{each.outcome.by.name}, {words.when(each.outcome.at, now)}" if each.outcome else "",
    }


def stands(each: Step, now: datetime) -> str:
    """Say how a step stands: what became of it, whether it is late, or due."""
    if each.outcome is not None:
        said = str(Ended(each.outcome.outcome).label)
        late = each.outcome.outcome == Ended.DONE and each.due_at is not None and each.outcome.ended_at > each.due_at
        return f"{said}, late" if late else said
    if each.replaced_at is not None:
        return "Goes on in a newer version"
    return LATE if each.due_at is not None and each.due_at < now else DUE


def wishes(reports: Iterable[Report]) -> list[str]:
    """Return what people said that they want when they reported, each once."""
    codes = [code for report in reports for code in codes_in(report.answers or {}, "wants")]
    return [words.label("wishes", code) for code in dict.fromkeys(codes)]


def development(each: DevelopmentRecord, now: datetime) -> dict[str, Any]:
    """Return one development as an item of a timeline."""
    return {
        "title": each.get_kind_display(),
        "byline": f"recorded by {each.by.name}",
        "at": each.learnt_at.isoformat(),
        "when": words.when(each.learnt_at, now),
        "text": each.note or "",
    }


def review(each: CaseReview, now: datetime) -> dict[str, Any]:
    """Return a manager's look at a case in words."""
    return {
        "looked_at": each.looked_at,
        "decided": each.decided,
        "by": f"{each.by.name}, {words.when(each.at, now)}",
    }


def by_person(found: Iterable[Planned]) -> Mapping[int, Planned]:
    """Return what is planned, by person."""
    return {each.person.pk: each for each in found}
