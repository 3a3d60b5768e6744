"""What the database itself refuses about cases, whoever asks."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from haven.cases.models import (
    Case,
    CasePerson,
    CaseReport,
    Conflict,
    Finding,
    Incident,
    IncidentStrand,
    TriageDecision,
)
from tests.cases import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(db):
    return cast.caseworker(cast.team())


@pytest.fixture
def case(worker):
    return cast.case(by=worker, reporter="Amina Yusuf")


def refused(match):
    return pytest.raises(DatabaseError, match=match)


def test_a_case_is_never_deleted_nor_given_another_reference(case):
    with refused("never_deleted|Cannot delete"), transaction.atomic():
        Case.objects.filter(pk=case.pk)._raw_delete("default")
    with refused("kept_as_told|Cannot update"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(reference="HC-2222-222")


def test_a_closed_case_has_its_time_and_an_open_one_has_none(case):
    with refused("closed_case_has_a_closing_time"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(closed_at=cast.AT)


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize("closed_at", [None, cast.AT])
def test_a_case_is_closed_by_its_closing_and_by_nothing_else(case, closed_at):
    with refused("closed by its closing"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed", closed_at=closed_at)


def test_a_finding_is_never_changed_nor_taken_away(case):
    finding = Finding.objects.create(case=case, source="police", value="waiting", at=cast.AT)
    with refused("never_changed|Cannot"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(value="hate_crime")
    with refused("never_changed|Cannot"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk)._raw_delete("default")


def test_a_conflict_is_never_taken_back_behind_the_scenes(case, worker):
    lock = Conflict.objects.create(case=case, staff=worker, reason="friend", declared_at=cast.AT)
    with refused("never_changed|Cannot"), transaction.atomic():
        Conflict.objects.filter(pk=lock.pk)._raw_delete("default")
    with refused("one_conflict_a_case"), transaction.atomic():
        Conflict.objects.create(case=case, staff=worker, reason="other", declared_at=cast.AT)
    with refused("a_conflict_is_about_something"), transaction.atomic():
        Conflict.objects.create(staff=worker, reason="other", declared_at=cast.AT)


def test_a_report_is_in_a_case_once_and_a_part_is_had_once(case):
    link, part = case.report_links.get(), case.people.first()
    with refused("a_report_is_in_a_case_once"), transaction.atomic():
        CaseReport.objects.create(case=case, report=link.report, at=cast.AT)
    with refused("one_part_once"), transaction.atomic():
        CasePerson.objects.create(case=case, person=part.person, part=part.part, since=cast.AT)


def test_an_occasion_ends_after_it_begins(case):
    with refused("incident_ends_after_it_starts"), transaction.atomic():
        Incident.objects.create(case=case, happened_from=cast.AT, happened_to=cast.AT - cast.DAY, recorded_at=cast.AT)


def test_a_belief_is_recorded_once(case):
    belief = IncidentStrand.objects.get(incident__case=case)
    with refused("a_belief_is_recorded_once"), transaction.atomic():
        IncidentStrand.objects.create(incident=belief.incident, strand=belief.strand, perceived_by=belief.perceived_by)


def test_a_decision_names_its_case_or_its_reason_and_is_kept_as_made(case, worker):
    decision = TriageDecision.objects.get(case=case)
    common = {"report": decision.report, "by": worker, "at": cast.AT, "policy_version": "1"}
    with refused("a_decision_names_its_case"), transaction.atomic():
        TriageDecision.objects.create(outcome="open", **common)
    with refused("neither_has_a_reason"), transaction.atomic():
        TriageDecision.objects.create(outcome="neither", **common)
    with refused("kept_as_told|Cannot update"), transaction.atomic():
        TriageDecision.objects.filter(pk=decision.pk).update(outcome="neither")
    with pytest.raises(IntegrityError, match="a_review_is_whole"), transaction.atomic():
        TriageDecision.objects.filter(pk=decision.pk).update(upheld=True)
