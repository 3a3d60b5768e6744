"""Reads without a viewer: what is known beside the answers, and where an assessment stands after judgement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from haven.cases.models import Case, CaseReport, Incident
from haven.policy.bands import Band
from haven.risk.models import Assessment, Judgement
from haven.risk.rules import Circumstances, Scheme, Standing, answers_of_set, weigh


def known_of_case(case: Case, scheme: Scheme, repeats: Iterable[str]) -> Circumstances:
    """Return what the record of a case says beside any answers; `repeats` are the rules about repeats that it meets.

    An occasion counts for everybody in the case: fire and threats do not stop at the one whom they were aimed at.
    """
    types = {code for each in Incident.objects.filter(case=case).values_list("types", flat=True) for code in each}
    by_staff = CaseReport.objects.filter(case=case, report__concerns_staff=True).exists()
    rules = set(repeats)
    codes = (
        code
        for code, each in scheme.circumstances.items()
        if not types.isdisjoint(each.incident_types)
        or not rules.isdisjoint(each.repeat_rules)
        or (each.staff_responsible and by_staff)
    )
    return Circumstances(codes=frozenset(codes), is_hate=bool(case.strands))


def latest_of(case: Case, *, person: int | None, home: int | None) -> Assessment | None:
    """Return the newest assessment of a person or household in a case."""
    rows = Assessment.objects.filter(case=case, person=person, home=home)
    return rows.select_related("case__sealing_key", "person__sealing_key").order_by("-number").first()


def occasions_recorded(case: Case) -> list[datetime]:
    """Return when the occasions of a case were written down: each one later than an assessment calls for another."""
    return list(Incident.objects.filter(case=case).values_list("recorded_at", flat=True))


def band_now(assessment: Assessment, judgements: Iterable[Judgement]) -> Band:
    """Return the band after the latest judgement, or the assessment's own."""
    newest = max(judgements, key=lambda each: (each.at, each.pk), default=None)
    return Band(newest.band if newest else assessment.band)


def highest_band(case: Case) -> Band | None:
    """Return the highest band of anybody in a case, after judgement; None while nobody has assessed it."""
    rows = Assessment.objects.filter(case=case).order_by("person", "home", "-number").distinct("person", "home")
    bands = [band_now(each, each.judgements.all()) for each in rows.prefetch_related("judgements")]
    return max(bands, key=lambda band: band.severity, default=None)


def least_today(assessment: Assessment, known: Circumstances, scheme: Scheme) -> Band:
    """Return the band below which nobody judges it today: its own answers under what is known by now."""
    answers = answers_of_set(scheme, dict(assessment.answers.values_list("question", "value")))
    codes = known.codes | set(assessment.circumstances)
    together = Circumstances(codes=frozenset(codes), is_hate=known.is_hate or bool(assessment.floor))
    return assessment.least.or_worse(weigh(scheme, answers, together).least)


def standing_of(assessment: Assessment, case: Case, *, least: Band) -> Standing:
    """Return where an assessment stands for whoever would judge it; `least` is what holds today."""
    newest = latest_of(case, person=assessment.person_id, home=assessment.home_id)
    return Standing(
        weighed=Band(assessment.band),
        now=band_now(assessment, assessment.judgements.all()),
        least=least,
        is_latest=newest == assessment,
        is_incomplete=assessment.is_incomplete,
        assessed_by=assessment.by_id,
        caseworker=case.caseworker_id,
    )
