"""E-mail to people: put into the queue in the act's own transaction, sent or stopped by the gate at the last moment."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff
from haven.cases.actions.allocating import seen_case
from haven.cases.models import Case
from haven.correspondence import rules
from haven.correspondence.actions.contacts import note_when_all_tried
from haven.correspondence.choices import MailState, Way
from haven.correspondence.models import Mail
from haven.correspondence.queries.contacts import about
from haven.correspondence.queries.reach import address_of, reachable
from haven.kernel.action import Actor, action, note, touch
from haven.kernel.decision import require
from haven.people.models import Person
from haven.people.times import next_within
from haven.reports.models import Report

SEND_TASK = "mail.send"


@action("mail.queued")
def queue_mail(
    *, matter: Case | Report, person: Person, words: str | None, language: str, by: Staff, at: datetime
) -> Mail:
    """Put an e-mail to somebody into the queue; with no words it only says that something waits behind their code.

    It goes at the first safe moment. Raises Refused where e-mail is not known to be safe (clause 3.3.3).
    """
    if isinstance(matter, Case):
        matter = seen_case(matter, by)
    known = reachable(person)
    first = next_within(known.windows, at)
    require(
        rules.may_write_mail(
            may_do_casework=by.has(*CASE_ROLES),
            is_notice=words is None,
            has_words=bool((words or "").strip()),
            has_address=bool(address_of(person)),
            has_code=known.has_code,
        )
    )
    require(rules.may_reach(known, Way.EMAIL, at=first))
    note(person=person.pk, notice=words is None)
    text = words.strip() if words is not None else None
    mail = Mail.objects.create(
        **about(matter), person=person, words=text, language=language, by=by, at=at, not_before=first
    )
    app.configure_task(SEND_TASK, schedule_at=first).defer(mail_id=mail.pk)
    return mail


@action("mail.settled")
def settle_mail(*, mail: Mail, state: MailState, why: str = "", by: Actor, at: datetime) -> Mail:
    """Record what became of an e-mail: taken by the mail server, stopped by the gate, or given up."""
    Mail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(state=state, settled_at=at, why=why)
    mail.refresh_from_db(fields=["state", "settled_at", "why"])
    note(state=str(mail.state), why=mail.why, person=mail.person_id)
    if mail.state == MailState.SENT:
        note_when_all_tried(mail.matter, mail.person, at=at)
    touch(mail.matter)
    return mail


@action("mail.returned")
def returned(*, mail: Mail, by: Staff, at: datetime) -> Mail:
    """Record that an e-mail came back: it counts for nothing any more, and somebody reaches them another way."""
    row = Mail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    require(rules.may_say_returned(may_do_casework=by.has(*CASE_ROLES), was_sent=row.state == MailState.SENT))
    row.state, row.settled_at, row.why = MailState.RETURNED, at, "returned"
    row.save(update_fields=["state", "settled_at", "why"])
    note(person=row.person_id)
    touch(row.matter)
    return row
