"""What somebody who may see a case sees of its interventions; missing and forbidden look alike (clause 3.3.3)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from haven.accounts.models import Staff
from haven.cases.access.doors import visible_cases
from haven.cases.models import Case
from haven.cases.queries.facts import viewer_of
from haven.interventions.models import Intervention
from haven.interventions.queries import tool_facts, waiting_for_approval
from haven.interventions.rules.steps import rank_of

_RELATED = (
    "case__sealing_key", "case__team", "subject__sealing_key", "proposed_by", "executed_by", "served_by", "ended_by", "asked_by",
    "asked_for_by__sealing_key",
)  # fmt: skip


def interventions_of(viewer: Staff, case: Case) -> list[Intervention]:
    """Return the interventions of a case that the viewer may see, the newest first."""
    return list(_visible(viewer, case).order_by("-proposed_at", "-pk"))


def get_intervention(viewer: Staff, case: Case, pk: int) -> Intervention:
    """Return one intervention of a case that the viewer may see; raises Http404 whether absent or forbidden."""
    found = _visible(viewer, case).filter(pk=pk).first()
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def waiting_for(viewer: Staff) -> list[Intervention]:
    """Return what waits for approval in cases that the viewer sees, and that they may approve by their rank."""
    rank = rank_of(viewer_of(viewer))
    rows = waiting_for_approval(visible_cases(viewer)).exclude(proposed_by=viewer).exclude(asked_by=viewer)
    return [each for each in rows if rank >= tool_facts(each).rank]


def _visible(viewer: Staff, case: Case) -> QuerySet[Intervention]:
    rows = Intervention.objects.filter(case__in=visible_cases(viewer).filter(pk=case.pk))
    return rows.select_related(*_RELATED)
