"""What the database itself refuses about reports."""

import pytest
from django.db import Error, IntegrityError, connection, transaction

from haven.reports.choices import Scope
from haven.reports.models import Addition, CodeRequest, Permission, Report
from tests.reports.times import MONDAY_MORNING, SUNDAY_NIGHT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change", [{"reference": "HV-2222-222"}, {"language": "ar"}, {"received_at": MONDAY_MORNING}, {"danger": ["FIRE"]}]
)
def test_what_was_told_is_never_changed(tell, change):
    report = tell()
    with pytest.raises(Error), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**change)
    fresh = Report.objects.get(pk=report.pk)
    assert all(getattr(fresh, name) != value for name, value in change.items())


def test_the_words_themselves_cannot_be_overwritten_behind_our_back(tell):
    report = tell()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_report SET account = %s WHERE id = %s", [b"x", report.pk])
    assert Report.objects.get(pk=report.pk).account == "He shouted at me on the stairs."


def test_a_report_is_never_deleted(tell):
    report = tell()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_report WHERE id = %s", [report.pk])
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE reports_report CASCADE")
    assert Report.objects.filter(pk=report.pk).exists()


def test_permissions_and_additions_are_only_ever_added(tell):
    report = tell(permissions={"POLICE": Scope.NO})
    Addition.objects.create(report=report, at=SUNDAY_NIGHT, language="en", words="More.")
    for model, change in ((Permission, {"scope": "with_name"}), (Addition, {"language": "ar"})):
        with pytest.raises(Error), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(Error), transaction.atomic():
            model.objects.all().delete()
    assert Permission.objects.get().scope == "no"


def test_one_request_for_a_code_is_open_at_a_time(tell):
    report = tell()
    CodeRequest.objects.create(report=report, at=SUNDAY_NIGHT, with_code=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeRequest.objects.create(report=report, at=MONDAY_MORNING, with_code=False)


def test_a_report_is_called_by_its_reference_never_by_a_name(tell):
    report = tell()
    assert str(report) == report.reference
    assert report.trail_chain == f"report:{report.pk}"
    assert (report.actor_kind, report.actor_id) == ("reporter", report.pk)
