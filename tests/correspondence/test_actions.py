"""Updates, questions and answers: rows, trail, refusals."""

import pytest
from django.db import Error, transaction

from haven.correspondence import actions, queries
from haven.correspondence.models import Message
from haven.correspondence.rules import LONGEST_MESSAGE
from haven.kernel.decision import Refused
from haven.trail.models import Entry
from tests.reports.times import MONDAY_MORNING, SUNDAY_NIGHT

pytestmark = pytest.mark.django_db


def update(report, by, words="We have spoken with the joiner."):
    """Post an update."""
    return actions.post_update(report=report, words=words, language="en", by=by, at=SUNDAY_NIGHT)


def question(report, by):
    """Ask something."""
    return actions.ask_question(report=report, words="Is the door shut?", language="en", by=by, at=SUNDAY_NIGHT)


def test_an_update_waits_for_the_person_and_is_sealed(report, caseworker):
    message = update(report, caseworker)
    assert Message.objects.get(pk=message.pk).words == "We have spoken with the joiner."
    assert queries.has_unread(queries.messages_of(report))
    entry = Entry.objects.get(act="update.posted")
    assert entry.chain == f"report:{report.pk}"
    assert "joiner" not in str(entry.codes)


def test_somebody_without_casework_cannot_write(report, call_handler):
    with pytest.raises(Refused):
        update(report, call_handler)
    assert not Message.objects.exists()
    assert Entry.objects.filter(act="update.posted", outcome="refused").exists()


def test_nothing_is_written_to_somebody_who_was_given_no_code(tell, caseworker):
    report = tell(code=None)
    with pytest.raises(Refused) as refused:
        update(report, caseworker)
    assert "code" in refused.value.decision.remedy


def test_reading_is_recorded_once(report, caseworker):
    update(report, caseworker)
    assert actions.mark_read(report=report, by=report, at=MONDAY_MORNING) == 1
    assert actions.mark_read(report=report, by=report, at=MONDAY_MORNING) == 0
    assert Message.objects.get().read_at == MONDAY_MORNING
    assert not queries.has_unread(queries.messages_of(report))
    assert queries.last_told_at(report) == SUNDAY_NIGHT


def test_the_person_answers_a_question_as_often_as_they_like(report, caseworker):
    asked = question(report, caseworker)
    for words in ("No.", "It is now."):
        actions.answer_question(question=asked, words=words, language="en", by=report, at=MONDAY_MORNING)
    assert [one.words for one in asked.replies.order_by("pk")] == ["No.", "It is now."]


@pytest.mark.parametrize("words", ["", "  \n", "x" * (LONGEST_MESSAGE + 1)])
def test_an_answer_that_is_empty_or_too_long_is_refused(report, caseworker, words):
    asked = question(report, caseworker)
    with pytest.raises(Refused):
        actions.answer_question(question=asked, words=words, language="en", by=report, at=MONDAY_MORNING)
    assert asked.replies.count() == 0


def test_nobody_answers_anothers_question_or_an_update(report, caseworker, tell):
    other = tell(code="1" * 16)
    with pytest.raises(Refused):
        actions.answer_question(
            question=question(report, caseworker), words="Yes.", language="en", by=other, at=MONDAY_MORNING
        )
    with pytest.raises(Refused):
        actions.answer_question(
            question=update(report, caseworker), words="Yes.", language="en", by=report, at=MONDAY_MORNING
        )
    with pytest.raises(Refused):
        actions.answer_question(
            question=question(report, caseworker), words="Yes.", language="en", by=caseworker, at=MONDAY_MORNING
        )


def test_what_was_written_is_never_changed_or_taken_back(report, caseworker):
    message = update(report, caseworker)
    with pytest.raises(Error), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(kind="question")
    with pytest.raises(Error), transaction.atomic():
        Message.objects.filter(pk=message.pk).delete()
