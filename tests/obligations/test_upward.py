"""Somebody above is told of a case that nobody has or that has gone quiet, once a day, by mail that says nothing."""

import socket
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core import mail as outbox
from procrastinate.contrib.django.models import ProcrastinateJob

from haven.accounts.actions import leave
from haven.accounts.choices import Role
from haven.cases.actions import assign_case, declare_conflict, restrict_case
from haven.cases.models import CaseAccess
from haven.jobs.tasks.upward import look, look_again, tell
from haven.obligations import upward
from haven.obligations.models import UpwardCall, Watch
from haven.trail.models import Entry
from tests.cases import cast
from tests.correspondence.test_alarms import mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.0(b)", "3.4.1")]
__all__ = ["mail_server"]
LATER = cast.AT + 3 * cast.DAY


@pytest.fixture(autouse=True)
def post(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def clock(monkeypatch):
    """The time that the tasks read; `clock.at = …` moves it."""

    class Clock:
        at = LATER

    monkeypatch.setattr("haven.jobs.tasks.upward.now", lambda: Clock.at)
    return Clock


@pytest.fixture
def boss(tyne):
    return cast.manager(tyne)


@pytest.fixture
def worker(tyne):
    return cast.caseworker(tyne)


@pytest.fixture
def case(tyne, boss, worker):
    """An open case that nobody has."""
    made = cast.case(by=worker, team_=tyne)
    ProcrastinateJob.objects.all().delete()
    return made


def waiting(task):
    return sorted(str(args) for args in ProcrastinateJob.objects.filter(task_name=task).values_list("args", flat=True))


def work():
    """Do what waits in the queue."""
    while job := ProcrastinateJob.objects.filter(task_name__startswith="upward.").order_by("pk").first():
        ProcrastinateJob.objects.filter(pk=job.pk).delete()
        {"upward.look": look, "upward.tell": tell}[job.task_name](**job.args)


def told():
    """Whom the letters went to since the last time."""
    reached = [letter.to[0] for letter in outbox.outbox]
    outbox.outbox.clear()
    return sorted(reached)


def run(clock, at):
    clock.at = at
    look_again(0)
    work()
    return told()


def test_the_manager_is_told_once_a_day_and_a_head_after_the_packs_time(case, boss, clock):
    head = cast.head()
    due = Watch.objects.get(case=case).unowned_from
    assert run(clock, due - timedelta(minutes=1)) == []
    assert run(clock, due) == []  # 17:00: the office is closed
    next_day = due + timedelta(hours=17)
    assert run(clock, next_day) == [boss.email]
    assert run(clock, next_day + cast.HOUR) == []
    assert run(clock, next_day + cast.DAY) == sorted([boss.email, head.email])
    assert UpwardCall.objects.filter(case=case, outcome="sent").count() == 3


def test_a_case_that_somebody_takes_is_told_of_no_more(case, boss, worker, clock):
    assert run(clock, LATER) == [boss.email]
    assign_case(case=case, caseworker=worker, by=boss, at=LATER)
    assert Watch.objects.get(case=case).unowned_from is None
    assert run(clock, LATER + cast.DAY) == []


def test_the_leaving_of_a_caseworker_is_asked_about_in_its_own_transaction(case, boss, worker, clock):
    assign_case(case=case, caseworker=worker, by=boss, at=cast.AT)
    work()
    assert told() == []
    leave(staff=worker, open_work={}, by=cast.staff(Role.ADMINISTRATOR), at=LATER)
    assert waiting("upward.look") == [str({"case_id": case.pk})]
    work()
    assert told() == [boss.email]


def test_a_conflict_that_takes_the_caseworker_off_is_asked_about_and_they_are_never_told(case, boss, worker, clock):
    second = cast.manager(boss.team)
    assign_case(case=case, caseworker=worker, by=boss, at=cast.AT)
    declare_conflict(subject=case, staff=second, reason="relative", by=boss, at=LATER)
    declare_conflict(subject=case, staff=worker, reason="relative", by=boss, at=LATER)
    work()
    assert told() == [boss.email]


def test_a_quiet_case_is_told_of_and_what_is_done_in_it_resets_that(case, boss, worker, clock):
    assign_case(case=case, caseworker=worker, by=boss, at=cast.AT)
    watch = Watch.objects.get(case=case)
    assert watch.unowned_from is None
    quiet = watch.quiet_from + timedelta(hours=18)
    assert run(clock, watch.quiet_from - timedelta(minutes=1)) == []
    assert run(clock, quiet) == [boss.email]
    assert set(UpwardCall.objects.values_list("why", flat=True)) == {"quiet"}
    restrict_case(case=case, restriction="named", by=boss, at=quiet)
    assert Watch.objects.get(case=case).quiet_from > quiet


def test_reading_a_case_is_not_doing_something_in_it(case, boss, worker):
    from haven.cases.access import see_case

    before = Watch.objects.get(case=case).idle_from
    see_case(worker, case.reference, at=LATER)
    from haven.obligations.projection import check, rebuild

    assert rebuild() == 0
    assert list(check()) == []
    assert Watch.objects.get(case=case).idle_from == before


def test_where_the_manager_may_not_see_it_heads_are_told_and_of_a_sealed_one_who_is_let_in(case, boss, worker, clock):
    head = cast.head()
    assign_case(case=case, caseworker=worker, by=boss, at=cast.AT)
    restrict_case(case=case, restriction="named", by=worker, at=cast.AT)
    leave(staff=worker, open_work={}, by=cast.staff(Role.ADMINISTRATOR), at=LATER)
    work()
    assert told() == [head.email]
    CaseAccess.objects.create(case=case, staff=cast.caseworker(boss.team), since=LATER)
    restrict_case(case=case, restriction="sealed", by=head, at=LATER)
    CaseAccess.objects.filter(case=case, staff=head).update(until=LATER)
    (let_in,) = CaseAccess.objects.filter(case=case, until=None)
    assert run(clock, LATER + cast.DAY) == [let_in.staff.email]


def test_one_letter_for_several_cases(case, boss, worker, clock):
    cast.case(by=worker, team_=boss.team)
    assert run(clock, LATER) == [boss.email]
    assert UpwardCall.objects.filter(staff=boss, outcome="sent").count() == 2


def test_a_closed_case_is_not_watched(case, worker, boss):
    from haven.obligations.projection import rebuild

    cast.closed(case, LATER)
    rebuild()
    assert not Watch.objects.filter(case=case).exists()


def test_without_a_mail_server_it_fails_says_so_and_is_tried_again(case, boss, clock, settings):
    settings.EMAIL_BACKEND = ""
    assert run(clock, LATER) == []
    assert UpwardCall.objects.get().outcome == "failed"
    entry = Entry.objects.get(act="case.told_upward")
    assert entry.codes == {"staff": boss.pk, "why": "unowned", "by_way_of": "mail", "outcome": "failed"}
    assert entry.chain == f"case:{case.pk}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert run(clock, LATER + timedelta(minutes=10)) == []
    assert Entry.objects.filter(act="case.told_upward").count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run(clock, LATER + cast.HOUR) == [boss.email]


def test_a_letter_that_waited_while_somebody_took_the_case_is_not_sent(case, boss, worker, clock):
    upward.raise_case(case.pk, at=LATER)
    assert waiting("upward.tell") == [str({"staff_id": boss.pk})]
    assign_case(case=case, caseworker=worker, by=boss, at=LATER)
    work()
    assert told() == []


@pytest.mark.clause("3.3.3")
def test_over_a_real_mail_server_the_letter_says_nothing_about_anybody(case, boss, clock, settings, mail_server):
    kept, port = mail_server
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.HAVEN_PUBLIC_URL = "https://haven.example"
    run(clock, LATER)
    (letter,) = kept.letters
    assert letter.rcpt_tos == [boss.email]
    read = message_from_bytes(letter.content)
    assert read["Subject"] == "Haven: something waits for you"
    assert "https://haven.example/desk/team" in read.get_payload(decode=True).decode()
    whole = letter.content.decode()
    for secret in (case.reference, case.home or "Larch", "hate", "victim", "race", socket.gethostname(), "Tyne"):
        assert str(secret).lower() not in whole.lower()


def test_a_mail_server_that_is_down_is_told_from_one_that_took_it(case, boss, clock, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    run(clock, LATER)
    assert UpwardCall.objects.get().outcome == "failed"
