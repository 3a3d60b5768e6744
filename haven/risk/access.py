"""What somebody who may see a case sees of its risks; missing and forbidden look alike (clause 3.3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from haven.accounts.models import Staff
from haven.cases.access.doors import visible_cases
from haven.cases.models import Case
from haven.policy.bands import Band
from haven.risk.models import Assessment, Judgement, SubjectLook
from haven.risk.queries import band_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """How great the danger to one person or household is now, and everything that was assessed before."""

    latest: Assessment
    judgements: list[Judgement]
    before: list[tuple[Assessment, Band]]

    @property
    def band(self) -> Band:
        """Return the band after judgement."""
        return band_now(self.latest, self.judgements)


def risks_of(viewer: Staff, case: Case) -> list[Risk]:
    """Return the risk to each person and household of a case, the greatest first; none of a case not to be seen."""
    return sorted(_by_target(_visible(viewer, case)), key=lambda each: -each.band.severity)


def highest_of(viewer: Staff, case: Case) -> Risk | None:
    """Return the greatest risk in a case, without words, or None while nobody has assessed it."""
    rows = _visible(viewer, case).order_by("person", "home", "-number").distinct("person", "home")
    return max(_by_target(rows), key=lambda each: (each.band.severity, each.latest.is_incomplete), default=None)


def get_assessment(viewer: Staff, case: Case, pk: int) -> Assessment:
    """Return one assessment of a case that the viewer may see; raises Http404 whether absent or forbidden."""
    found = _visible(viewer, case).filter(pk=pk).prefetch_related("answers").first()
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def looks_of(viewer: Staff, case: Case) -> dict[int, list[SubjectLook]]:
    """Return the looks at each person responsible in a case, newest first, by person."""
    rows = SubjectLook.objects.filter(case__in=visible_cases(viewer).filter(pk=case.pk))
    found: dict[int, list[SubjectLook]] = {}
    for each in rows.select_related("person__sealing_key", "by").order_by("-at", "-pk"):
        found.setdefault(each.person_id, []).append(each)
    return found


def _visible(viewer: Staff, case: Case) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(case__in=visible_cases(viewer).filter(pk=case.pk))
    related = rows.select_related("case__sealing_key", "person__sealing_key", "home", "by")
    return related.prefetch_related("judgements__by").order_by("-number", "-pk")


def _by_target(rows: Iterable[Assessment]) -> list[Risk]:
    """Put the assessments of each person or household together, newest first."""
    found: dict[tuple[int | None, int | None], list[Assessment]] = {}
    for each in rows:
        found.setdefault((each.person_id, each.home_id), []).append(each)
    return [
        Risk(
            latest=every[0],
            judgements=_newest_first(every[0]),
            before=[(each, band_now(each, each.judgements.all())) for each in every[1:]],
        )
        for every in found.values()
    ]


def _newest_first(assessment: Assessment) -> list[Judgement]:
    return sorted(assessment.judgements.all(), key=lambda each: (each.at, each.pk), reverse=True)
