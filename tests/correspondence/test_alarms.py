"""Whoever is on call is told of an alarm until somebody takes it, by mail that says nothing about anybody (2.4)."""

import socket
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as outbox
from procrastinate.contrib.django.models import ProcrastinateJob

from haven.accounts.choices import Role
from haven.cases.models import Conflict
from haven.correspondence import alarms
from haven.jobs.tasks.alarms import call, call_again
from haven.reports.actions import add_to_report, take_alarm
from haven.reports.models import AlarmCall
from haven.trail.models import Entry
from tests.cases import cast

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.2.2(b)", "3.3.2")]
NIGHT = cast.AT.replace(hour=2)
MINUTE = timedelta(minutes=1)


def on_call(*roles, **more):
    found = cast.staff(*roles, **more)
    found.on_call = True
    found.save(update_fields=["on_call"])
    return found


@pytest.fixture
def team(db):
    return cast.team("Wear")


@pytest.fixture
def night_worker(db):
    return on_call(Role.CALL_HANDLER)


@pytest.fixture
def manager(team):
    return cast.manager(team)


def rung(team, at=NIGHT):
    report = cast.report(team=team, danger=("MAY_COME_BACK",), at=at)
    return report.alarms.get()


@pytest.fixture
def alarm(team):
    return rung(team)


def told(alarm, after=0 * MINUTE):
    before = len(outbox.outbox)
    number = alarms.tell(alarm, at=alarm.raised_at + after)
    reached = [letter.to[0] for letter in outbox.outbox[before:]]
    assert len(reached) == number
    return reached


@pytest.fixture(autouse=True)
def post(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def waiting():
    return list(ProcrastinateJob.objects.filter(task_name="alarms.call").values_list("args", flat=True))


def test_an_alarm_is_put_into_the_queue_in_the_act_that_rings_it(alarm):
    assert waiting() == [{"alarm_id": alarm.pk}]


def test_a_new_danger_told_with_the_code_is_put_into_the_queue_too(alarm):
    add_to_report(
        report=alarm.report, words="He is back", danger=("MAY_COME_BACK",), language="en", by=alarm.report, at=NIGHT
    )
    assert {one["alarm_id"] for one in waiting()} == set(alarm.report.alarms.values_list("pk", flat=True))


def test_out_of_hours_those_on_call_are_told_at_once(alarm, night_worker, manager):
    assert told(alarm) == [night_worker.email]


def test_in_office_hours_the_desk_rings_alone_for_five_minutes(team, night_worker):
    alarm = rung(team, at=cast.AT)
    assert told(alarm, 4 * MINUTE) == []
    assert told(alarm, 5 * MINUTE) == [night_worker.email]


def test_they_are_told_again_every_five_minutes_and_managers_after_fifteen(alarm, night_worker, manager):
    cast.manager(cast.team("Tyne"))
    head = cast.head()
    reached = {minute: told(alarm, minute * MINUTE) for minute in range(21)}
    assert {minute: who for minute, who in reached.items() if who} == {
        0: [night_worker.email],
        5: [night_worker.email],
        10: [night_worker.email],
        15: [night_worker.email, manager.email, head.email],
        20: [night_worker.email, manager.email, head.email],
    }


def test_where_nobody_is_on_call_managers_are_told_at_once(alarm, manager):
    assert told(alarm) == [manager.email]


def test_nobody_is_told_once_somebody_has_taken_it(alarm, night_worker):
    take_alarm(alarm=alarm, by=night_worker, at=NIGHT + MINUTE)
    assert told(alarm, 9 * MINUTE) == []


@pytest.mark.clause("3.3.3")
def test_somebody_with_a_conflict_is_never_told(alarm, night_worker, manager):
    Conflict.objects.create(report=alarm.report, staff=night_worker, reason="relative", declared_at=NIGHT)
    assert told(alarm) == [manager.email]
    assert told(alarm, 20 * MINUTE) == [manager.email]


def test_whoever_left_is_not_told(alarm, night_worker, manager):
    night_worker.is_active = False
    night_worker.save(update_fields=["is_active"])
    assert told(alarm) == [manager.email]


def test_one_who_cannot_be_reached_keeps_nobody_else_from_it_and_is_tried_again(alarm, monkeypatch):
    first, second = on_call(Role.CALL_HANDLER), on_call(Role.CASEWORKER)
    write = alarms.mail.write_to_staff

    def refuse_first(staff, **words):
        if staff == first:
            raise alarms.mail.NotSent("SMTPRecipientsRefused")
        write(staff, **words)

    monkeypatch.setattr(alarms.mail, "write_to_staff", refuse_first)
    assert told(alarm) == [second.email]
    monkeypatch.undo()
    assert told(alarm, MINUTE) == [first.email]
    assert list(alarm.calls.order_by("pk").values_list("staff", "outcome")) == [
        (first.pk, "failed"), (second.pk, "sent"), (first.pk, "sent"),
    ]  # fmt: skip


def test_a_call_that_a_crash_cut_off_is_made_again_after_a_minute(alarm, night_worker):
    AlarmCall.objects.create(alarm=alarm, staff=night_worker, at=NIGHT)
    assert told(alarm, timedelta(seconds=30)) == []
    assert told(alarm, 2 * MINUTE) == [night_worker.email]


def test_each_attempt_stands_in_the_trail_of_the_report(alarm, night_worker):
    told(alarm)
    entry = Entry.objects.get(act="alarm.told")
    assert entry.codes == {"staff": night_worker.pk, "by_way_of": "mail", "outcome": "sent"}
    assert entry.chain == f"report:{alarm.report_id}"


def test_without_a_mail_server_the_attempt_fails_and_says_so(alarm, night_worker, settings):
    settings.EMAIL_BACKEND = ""
    assert told(alarm) == []
    assert alarm.calls.get().outcome == "failed"


def test_the_job_tells_and_leaves_a_taken_alarm_alone(alarm, night_worker, monkeypatch):
    monkeypatch.setattr("haven.jobs.tasks.alarms.now", lambda: NIGHT)
    call(alarm.pk)
    call(alarm.pk + 1)
    assert [letter.to for letter in outbox.outbox] == [[night_worker.email]]


def test_every_minute_each_ringing_alarm_is_looked_at_once(alarm, team, night_worker):
    ProcrastinateJob.objects.filter(task_name="alarms.call").delete()
    taken = rung(team)
    ProcrastinateJob.objects.filter(task_name="alarms.call").delete()
    take_alarm(alarm=taken, by=night_worker, at=NIGHT)
    call_again(0)
    call_again(60)
    assert waiting() == [{"alarm_id": alarm.pk}]


class Kept:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        return "250 Taken"


@pytest.fixture
def mail_server():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = Kept()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    yield kept, port
    server.stop()


@pytest.mark.clause("3.3.3")
def test_over_a_real_mail_server_the_letter_says_nothing_about_anybody(alarm, night_worker, settings, mail_server):
    kept, port = mail_server
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.HAVEN_PUBLIC_URL = "https://haven.example"
    assert alarms.tell(alarm, at=NIGHT) == 1
    (letter,) = kept.letters
    assert letter.rcpt_tos == [night_worker.email]
    read = message_from_bytes(letter.content)
    assert read["Subject"] == "Haven: please look now"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Message-ID"].endswith("@haven.example>")
    text = read.get_payload(decode=True).decode()
    assert "https://haven.example/desk/" in text
    assert "since 02:00 on 23 November" in text
    whole = letter.content.decode()
    for secret in (alarm.report.reference, alarm.report.account, socket.gethostname(), "hate", "victim", "danger"):
        assert secret.lower() not in whole.lower()


def test_a_mail_server_that_is_down_is_told_from_one_that_took_it(alarm, night_worker, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert alarms.tell(alarm, at=NIGHT) == 0
    assert alarm.calls.get().outcome == "failed"
