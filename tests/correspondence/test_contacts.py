"""Recording contacts and tries, e-mail through the gate at the last moment, and what the database refuses."""

import pytest
from django.core import mail as outbox
from django.db import Error, IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from haven.accounts.choices import Role
from haven.cases.models import CasePerson
from haven.correspondence import actions, mailing
from haven.correspondence.actions import ContactTold
from haven.correspondence.choices import MailState, NotCounted, PoliceTalk, Result, StillSafe, Way
from haven.correspondence.models import AllTried, Contact, Mail
from haven.correspondence.queries import reachable, tried_with
from haven.jobs.tasks.mails import send_waiting
from haven.kernel.decision import Refused
from haven.obligations.models import Duty
from haven.obligations.projection import check
from haven.people.actions import Ways, record_safe_contact
from haven.reports.choices import Identity
from haven.trail.models import Entry
from tests.cases import cast

pytestmark = pytest.mark.django_db
AT, HOUR, DAY = cast.AT, cast.HOUR, cast.DAY
"""A Monday, ten in the morning."""


@pytest.fixture
def worker(db):
    return cast.caseworker(cast.team("Tyne"))


@pytest.fixture
def case(worker):
    return cast.case(by=worker, caseworker=worker, reporter="Amina Yusuf", identity=Identity.NAMED, responsible=("Ned Noyce",))


@pytest.fixture
def amina(case):
    return CasePerson.objects.get(case=case, part="harmed").person


def ways(person, by, at=AT, **said):
    details = {"email": "amina@home.example", "times": "Mon-Fri 10:00-14:00", **said.pop("details", {})}
    safe = {"call": "yes", "text": "yes", "email": "yes", **said}
    return record_safe_contact(person=person, ways=Ways(preferred="call", safe=safe, details=details), by=by, at=at)


def talked(**said):
    return ContactTold(
        **{
            "way": Way.CALL,
            "result": Result.TWO_WAY,
            "happened_at": AT + HOUR,
            "still_safe": StillSafe.CONFIRMED,
            "police": PoliceTalk.DOES_NOT,
            "words": "She is well.",
            **said,
        }
    )


def in_vain(at, way=Way.CALL, result=Result.NO_ANSWER):
    return ContactTold(way=way, result=result, happened_at=at)


@pytest.fixture(autouse=True)
def post(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.clause("3.4.1", "3.5.1")
def test_a_conversation_meets_first_contact_confirms_the_safe_ways_and_names_nobody_in_the_trail(case, amina, worker):
    ways(amina, worker)
    made = actions.record_contact(matter=case, person=amina, told=talked(), by=worker, at=AT + 2 * HOUR)
    duty = Duty.objects.get(key="first_contact", case=case)
    assert duty.met_at == AT + HOUR
    assert Duty.objects.get(key="update", case=case).starts_at == AT + HOUR
    assert amina.safe_contacts.latest().confirmed_at == AT + 2 * HOUR
    entry = Entry.objects.get(act="contact.recorded")
    assert entry.chain == case.trail_chain
    assert set(entry.codes) == {"way", "result", "not_counted", "person"}
    assert "correspondence.has_spoken_of_police" in entry.guards
    assert list(check()) == []
    actions.take_contact_back(contact=made, reason="Another case.", by=worker, at=AT + 3 * HOUR)
    duty.refresh_from_db()
    assert duty.met_at is None
    assert list(check()) == []


@pytest.mark.clause("3.4.1", "3.5.2", "3.3.3")
@pytest.mark.parametrize(
    "said", [{"words": ""}, {"still_safe": ""}, {"happened_at": AT + 9 * HOUR}, {"result": Result.SENT}]
)
def test_what_is_no_contact_is_refused_and_nothing_is_kept(case, amina, worker, said):
    with pytest.raises(Refused):
        actions.record_contact(matter=case, person=amina, told=talked(**said), by=worker, at=AT + 2 * HOUR)
    assert not Contact.objects.exists()
    assert Entry.objects.get(act="contact.recorded").outcome == "refused"


@pytest.mark.clause("3.5.2")
def test_the_person_responsible_is_not_contacted_by_the_way(case, worker):
    ned = CasePerson.objects.get(case=case, part="responsible").person
    with pytest.raises(Refused) as refused:
        actions.record_contact(matter=case, person=ned, told=talked(), by=worker, at=AT + 2 * HOUR)
    assert refused.value.decision.clause == "3.5.2"


@pytest.mark.clause("3.3.3")
def test_somebody_who_may_not_see_the_case_records_nothing_in_it(case, amina):
    other = cast.caseworker(cast.team("Wear"))
    with pytest.raises(Refused):
        actions.record_contact(matter=case, person=amina, told=talked(), by=other, at=AT + 2 * HOUR)
    with pytest.raises(Refused):
        actions.queue_mail(matter=case, person=amina, words="Hello", language="en", by=other, at=AT)


def test_before_there_is_a_case_a_contact_is_about_the_report(worker):
    report = cast.report(team=worker.team, reporter="Amina Yusuf", identity=Identity.NAMED)
    person = report.persons.get(part="reporter").person
    actions.record_contact(matter=report, person=person, told=talked(), by=worker, at=AT + 2 * HOUR)
    assert Duty.objects.get(key="first_contact", report=report).met_at == AT + HOUR
    assert Duty.objects.get(key="police_decision", report=report).met_at == AT + HOUR
    auditor = cast.staff(Role.AUDITOR)
    with pytest.raises(Refused):
        actions.record_contact(matter=report, person=person, told=talked(), by=auditor, at=AT + 2 * HOUR)


@pytest.mark.clause("3.4.1")
def test_a_call_in_the_very_minute_of_the_report_is_none_that_came_before(worker):
    at = AT.replace(second=40)
    case = cast.case(by=worker, caseworker=worker, reporter="Amina Yusuf", at=at)
    amina = CasePerson.objects.get(case=case, part="harmed").person
    actions.record_contact(matter=case, person=amina, told=talked(happened_at=AT), by=worker, at=at)
    before = talked(happened_at=AT - HOUR / 60)
    with pytest.raises(Refused):
        actions.record_contact(matter=case, person=amina, told=before, by=worker, at=at)


@pytest.mark.clause("3.4.1")
def test_a_confirmed_likeness_of_whoever_reported_counts_as_them(case, amina, worker):
    from haven.cases.actions import add_person
    from haven.people.actions import confirm_same_person

    again = cast.person("Amina Yusuf")
    add_person(case=case, person=again, part="witness", by=worker, at=AT)
    confirm_same_person(person=again, same_as=amina, by=worker, at=AT)
    actions.record_contact(matter=case, person=again, told=talked(), by=worker, at=AT + 2 * HOUR)
    assert Duty.objects.get(key="first_contact", case=case).met_at == AT + HOUR


@pytest.mark.clause("3.4.1", "3.3.3(a)")
def test_tries_at_safe_times_add_up_and_the_last_one_asks_who_sees_that_they_are_safe(case, amina, worker):
    ways(amina, worker)
    moments = [(AT + HOUR, Way.CALL), (AT + DAY - 2 * HOUR, Way.CALL), (AT + 2 * DAY + 3 * HOUR, Way.TEXT)]
    for at, way in moments:
        told = in_vain(at, way, Result.SENT if way == Way.TEXT else Result.NO_ANSWER)
        actions.record_contact(matter=case, person=amina, told=told, by=worker, at=at)
    assert [each.not_counted for each in Contact.objects.order_by("pk")] == ["", NotCounted.TIME, ""]
    assert not AllTried.objects.exists()
    last = AT + 7 * DAY
    actions.record_contact(matter=case, person=amina, told=in_vain(last), by=worker, at=last)
    assert AllTried.objects.get().at == last
    duty = Duty.objects.get(key="welfare_check")
    assert duty.starts_at == last
    assert duty.met_at is None
    actions.decide_welfare(case=case, person=amina, decided="police", reason="Silent.", by=worker, at=last + HOUR)
    duty.refresh_from_db()
    assert duty.met_at == last + HOUR
    actions.record_contact(
        matter=case, person=amina, told=talked(happened_at=last + 2 * HOUR), by=worker, at=last + 2 * HOUR
    )
    assert tried_with(case, amina).counted == 0
    assert list(check()) == []


def queued(case, person, worker, at=AT + HOUR, words="We have read it."):
    return actions.queue_mail(matter=case, person=person, words=words, language="en", by=worker, at=at)


@pytest.mark.clause("3.3.3", "3.4.1")
def test_an_email_goes_by_the_queue_with_a_subject_that_says_nothing(case, amina, worker):
    ways(amina, worker, details={"name_to_use": "Sam from the library"})
    made = queued(case, amina, worker)
    assert ProcrastinateJob.objects.filter(task_name="mail.send", args={"mail_id": made.pk}).exists()
    assert mailing.send(made.pk, at=AT + HOUR) == MailState.SENT
    (letter,) = outbox.outbox
    assert letter.to == ["amina@home.example"]
    assert letter.subject == "A message for you"
    assert letter.body == "We have read it.\n\nSam from the library\n"
    assert case.reference not in str(letter.message())
    assert mailing.send(made.pk, at=AT + HOUR) == "not now"
    assert len(outbox.outbox) == 1
    assert tried_with(case, amina).counted == 1


@pytest.mark.clause("3.3.3")
def test_an_email_waits_for_the_first_safe_moment(case, amina, worker):
    ways(amina, worker)
    made = queued(case, amina, worker, at=AT + 5 * HOUR)
    assert made.not_before == AT + DAY
    assert mailing.send(made.pk, at=AT + 6 * HOUR) == "not now"
    assert mailing.waiting(AT + DAY) == [made.pk]
    ways(amina, worker, at=AT + 6 * HOUR, details={"times": "Wed 10:00-14:00"})
    assert mailing.send(made.pk, at=AT + DAY) == "not now"
    made.refresh_from_db()
    assert made.not_before == AT + 2 * DAY
    assert mailing.send(made.pk, at=AT + 2 * DAY) == MailState.SENT


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("change", [{"email": "no"}, {"email": "unknown"}])
def test_a_gate_that_closes_while_it_waits_stops_it_and_makes_a_task(case, amina, worker, change):
    ways(amina, worker)
    made = queued(case, amina, worker)
    ways(amina, worker, at=AT + HOUR, **change)
    assert mailing.send(made.pk, at=AT + HOUR) == "not now"
    made.refresh_from_db()
    assert (made.state, made.why, outbox.outbox) == (MailState.STOPPED, "way", [])
    assert Duty.objects.get(key="contact_again", case=case).met_at is None
    told = in_vain(AT + 3 * HOUR)
    actions.record_contact(matter=case, person=amina, told=told, by=worker, at=AT + 3 * HOUR)
    assert Duty.objects.get(key="contact_again", case=case).met_at == AT + 3 * HOUR
    assert list(check()) == []


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(
    "said", [{"email": "no"}, {"email": "unknown"}, {"details": {"email": ""}}, {"words": " "}, {"words": None}]
)
def test_what_may_not_be_sent_is_not_put_into_the_queue(case, amina, worker, said):
    words = said.pop("words", "Hello.")
    ways(amina, worker, **said)
    with pytest.raises(Refused):
        queued(case, amina, worker, words=words)
    assert not Mail.objects.exists()


def test_a_mail_server_that_is_down_is_tried_again_and_then_somebody_is_told(case, amina, worker, settings):
    ways(amina, worker, details={"times": ""})
    made = queued(case, amina, worker)
    settings.EMAIL_BACKEND = ""
    moment = AT + HOUR
    said = []
    for _ in range(mailing.MOST_TRIES):
        said.append(mailing.send(made.pk, at=moment))
        made.refresh_from_db()
        moment = made.not_before
    assert said == ["later"] * (mailing.MOST_TRIES - 1) + [MailState.FAILED]
    assert Duty.objects.filter(key="contact_again", met_at=None).exists()


def test_what_waits_is_sent_each_minute_and_what_came_back_counts_for_nothing(case, amina, worker, monkeypatch):
    ways(amina, worker, details={"times": ""})
    made = queued(case, amina, worker)
    monkeypatch.setattr("haven.jobs.tasks.mails.now", lambda: AT + 2 * HOUR)
    send_waiting(0)
    assert len(outbox.outbox) == 1
    actions.returned(mail=made, by=worker, at=AT + 3 * HOUR)
    assert tried_with(case, amina).counted == 0
    assert Duty.objects.filter(key="contact_again", met_at=None).exists()
    with pytest.raises(Refused):
        actions.returned(mail=made, by=worker, at=AT + 4 * HOUR)


def test_a_notice_points_to_the_code_in_their_language(worker):
    from haven.kernel.sealing import keyed_hash
    from haven.reports.models import Report

    case = cast.case(by=worker, reporter="Amina Yusuf", language="ar")
    Report.objects.filter(case_links__case=case).update(code_hash=keyed_hash("code", "1" * 16))
    amina = CasePerson.objects.get(case=case, part="harmed").person
    ways(amina, worker)
    made = actions.queue_mail(matter=case, person=amina, words=None, language="ar", by=worker, at=AT + HOUR)
    assert mailing.send(made.pk, at=AT + HOUR) == MailState.SENT
    (letter,) = outbox.outbox
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.extra_headers["Content-Language"] == "ar"


@pytest.mark.clause("3.3.3")
def test_only_mailing_hands_words_for_a_person_to_the_mail_server():
    from tests.machinery.cluster import ROOT

    callers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "haven").rglob("*.py")
        if "write_to_person(" in path.read_text() and path.name != "mail.py"
    ]
    assert callers == ["haven/correspondence/mailing.py"]


@pytest.mark.clause("3.4.1", "3.3.3")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE correspondence_contact SET result = 'no_answer'",
        "UPDATE correspondence_contact SET happened_at = happened_at - interval '1 day'",
        "UPDATE correspondence_contact SET taken_back_at = now()",
        "DELETE FROM correspondence_contact",
        "TRUNCATE correspondence_contact CASCADE",
        "INSERT INTO correspondence_contact (case_id, person_id, way, began, result, happened_at, at, not_counted,"
        " is_interview, covered, still_safe, police) SELECT case_id, person_id, 'call', 'us', 'two_way', at, at, '',"
        " false, '{}', '', '' FROM correspondence_contact LIMIT 1",
        "INSERT INTO correspondence_contact (case_id, person_id, way, began, result, happened_at, at, not_counted,"
        " is_interview, covered, still_safe, police) SELECT case_id, person_id, 'call', 'us', 'no_answer',"
        " at + interval '1 day', at, '', false, '{}', '', '' FROM correspondence_contact LIMIT 1",
    ],
)
def test_the_database_keeps_what_was_recorded(case, amina, worker, statement):
    actions.record_contact(matter=case, person=amina, told=talked(), by=worker, at=AT + 2 * HOUR)
    with pytest.raises((Error, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Contact.objects.count() == 1


def test_somebody_of_whom_nothing_is_known_is_reached_by_no_way(db):
    assert reachable(cast.person("Nobody")).ways == 0


def test_times_that_cannot_be_heeded_are_refused(amina, worker):
    with pytest.raises(Refused):
        ways(amina, worker, details={"times": "after work"})
