"""Sending once: pressed twice, retried, in two tabs, by fifty people at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from haven.kernel.decision import Refused
from haven.kernel.references import read_code, read_reference
from haven.reports import actions, drafts
from haven.reports.access import report_for_code
from haven.reports.models import Draft, DraftFile, Report
from haven.trail.models import Entry
from tests.reports.times import SUNDAY_NIGHT

LATER = SUNDAY_NIGHT + timedelta(minutes=1)
ANSWERS = {"danger": ["FIRE"], "account": "unmistakable-words", "permission_POLICE": "NO"}


def begin(**more):
    """Start a visit with the compulsory answers."""
    return drafts.begin({"answers": {**ANSWERS, **more}}, SUNDAY_NIGHT)


def send(draft, at=LATER):
    """Press send."""
    return actions.send_draft(token=draft.token, language="en", at=at)


@pytest.mark.django_db
def test_sending_makes_the_report_and_wipes_the_answers():
    draft = begin()
    receipt = send(draft)
    report = Report.objects.get(pk=receipt.report_id)
    assert (report.reference, report.account, report.channel) == (receipt.reference, "unmistakable-words", "WEB_FORM")
    assert read_reference(receipt.reference) == receipt.reference
    assert read_code(receipt.code) == receipt.code
    assert report_for_code(receipt.code) == report
    kept = drafts.open_draft(draft.token, LATER)
    assert kept.is_sent
    assert kept.answers == {}
    assert "unmistakable" not in str(kept.content)


@pytest.mark.django_db
def test_a_second_press_gets_the_same_receipt_and_makes_nothing():
    draft = begin()
    first = send(draft)
    assert send(draft, LATER + timedelta(minutes=5)) == first
    assert Report.objects.count() == 1
    assert Entry.objects.filter(act="report.received").count() == 1


@pytest.mark.django_db
def test_the_code_is_written_nowhere_in_the_clear():
    receipt = send(begin())
    for table in ("reports_report", "reports_draft", "trail_entry"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {table} t")
            dump = " ".join(row[0] for row in cursor.fetchall())
        assert receipt.code not in dump
        assert receipt.code.encode().hex() not in dump


@pytest.mark.django_db
def test_a_draft_without_what_happened_is_refused_and_still_there():
    draft = drafts.begin({"answers": {"danger": ["NONE"]}}, SUNDAY_NIGHT)
    with pytest.raises(Refused):
        send(draft)
    assert drafts.open_draft(draft.token, LATER).answers == {"danger": ["NONE"]}
    assert not Report.objects.exists()
    assert Entry.objects.get().outcome == "refused"


@pytest.mark.django_db
def test_there_is_nothing_to_send_once_the_visit_was_left():
    draft = begin()
    actions.leave(token=draft.token, at=LATER)
    assert send(draft) is None
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_leaving_after_sending_takes_the_receipt_and_leaves_the_report():
    draft = begin()
    receipt = send(draft)
    actions.leave(token=draft.token, at=LATER)
    assert drafts.open_draft(draft.token, LATER) is None
    assert report_for_code(receipt.code).account == "unmistakable-words"


@pytest.mark.django_db
def test_answers_to_questions_that_are_no_longer_asked_are_not_told():
    draft = begin(role="VICTIM", harmed_name="Somebody", when_kind="exact", when_to={"year": "2025"})
    answers = Report.objects.get(pk=send(draft).report_id).answers
    assert "harmed_name" not in answers
    assert "when_to" not in answers


@pytest.mark.django_db
def test_files_of_the_visit_become_files_of_the_report(picture):
    draft = begin()
    item = actions.keep_draft_file(draft=draft, name="door.png", file=picture(), at=LATER)
    report = Report.objects.get(pk=send(draft).report_id)
    assert list(report.items.all()) == [item]
    assert report.sealing_key_id == item.sealing_key_id
    assert not DraftFile.objects.exists()
    actions.leave(token=draft.token, at=LATER)
    report.sealing_key.refresh_from_db()
    assert report.sealing_key.wrapped is not None
    assert Report.objects.get(pk=report.pk).items.count() == 1


def in_threads(work, jobs):
    """Do the jobs at the same time, each on a connection of its own."""

    def one(job):
        try:
            return work(job)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def test_fifty_people_at_once_get_fifty_different_receipts(fresh_database):
    visits = [begin() for _ in range(50)]
    receipts = in_threads(send, visits)
    assert len({one.reference for one in receipts}) == 50
    assert len({one.code for one in receipts}) == 50
    assert Report.objects.count() == 50
    assert {one.report_id for one in receipts} == set(Report.objects.values_list("pk", flat=True))
    assert Entry.objects.filter(act="report.received").count() == 50


def test_one_visit_sent_by_twenty_tabs_at_once_is_one_report(fresh_database):
    draft = begin()
    receipts = in_threads(send, [draft] * 20)
    assert len(set(receipts)) == 1
    assert Report.objects.count() == 1


def test_sending_and_leaving_at_once_lose_either_the_draft_or_nothing(fresh_database):
    for _round in range(10):
        draft = begin()
        work = {"send": send, "leave": lambda one: actions.leave(token=one.token, at=LATER)}
        receipt, _left = in_threads(lambda what, draft=draft, work=work: work[what](draft), ["send", "leave"])
        assert not Draft.objects.exists()
        if receipt is not None:
            assert report_for_code(receipt.code).reference == receipt.reference


def test_tabs_that_save_while_another_sends_do_not_undo_it(fresh_database):
    draft = begin()

    def save_or_send(number):
        if number == 0:
            return send(draft)
        mine = drafts.open_draft(draft.token, LATER)
        if mine is not None and not mine.is_sent:
            drafts.change(mine, lambda content: content.setdefault("answers", {}).update(vehicle=str(number)), LATER)
        return None

    receipt = in_threads(save_or_send, list(range(6)))[0]
    kept = drafts.open_draft(draft.token, LATER)
    assert actions.receipt_of(kept) == receipt
    assert "answers" not in kept.content
