"""Messages between the landlord and the person who holds a report's code; read here and nowhere else."""

from __future__ import annotations

from datetime import datetime

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.correspondence import rules
from haven.correspondence.actions.contacts import note_when_all_tried
from haven.correspondence.models import Message
from haven.kernel.action import Actor, action, note
from haven.kernel.decision import require
from haven.reports.models import Report, ReportPerson


@action("update.posted")
def post_update(*, report: Report, words: str, language: str, by: Staff, at: datetime) -> Message:
    """Tell the person how things stand; it waits for them behind their code (clause 3.4.1)."""
    return _written(report, "update", words, language, by, at)


@action("question.asked")
def ask_question(*, report: Report, words: str, language: str, by: Staff, at: datetime) -> Message:
    """Ask the person something; it waits for them behind their code (clause 3.4.1)."""
    return _written(report, "question", words, language, by, at)


def _written(report: Report, kind: str, words: str, language: str, by: Staff, at: datetime) -> Message:
    """Save a message of the landlord's; a piece that an update and a question share."""
    require(
        rules.may_write(
            may_do_casework=by.has(*CASE_ROLES),
            has_words=bool(words.strip()),
            can_be_read=report.code_hash is not None,
        )
    )
    note(kind=kind, language=language)
    made = Message.objects.create(report=report, kind=kind, at=at, by=by, words=words, language=language)
    for told in ReportPerson.objects.filter(report=report, part="reporter").select_related("person"):
        for case in Case.objects.filter(report_links__report=report):
            note_when_all_tried(case, told.person, at=at)
    return made


@action("question.answered")
def answer_question(*, question: Message, words: str, language: str, by: Actor, at: datetime) -> Message:
    """Keep what the person answers, as told; `by` is the report that their code opened (clause 3.4.1)."""
    require(
        rules.may_answer(
            is_question=question.kind == "question",
            is_own=by.actor_kind == "reporter" and by.actor_id == question.report_id,
            has_words=bool(words.strip()),
            is_short_enough=len(words) <= rules.LONGEST_MESSAGE,
        )
    )
    note(question=question.pk)
    return Message.objects.create(
        report=question.report, kind="answer", at=at, words=words, language=language, answers=question
    )


@action("messages.read")
def mark_read(*, report: Report, by: Actor, at: datetime) -> int:
    """Record that the person has seen what was written to them, and return how many messages were new (3.4.1)."""
    fresh = Message.objects.filter(report=report, by__isnull=False, read_at__isnull=True).update(read_at=at)
    note(messages=fresh)
    return fresh
