"""Taking in a report and what happens to it afterwards: rows, trail, refusals, rollback."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from haven.accounts.choices import Role
from haven.evidence.models import Item
from haven.kernel.action import SYSTEM
from haven.kernel.decision import Refused
from haven.kernel.models import SealingKey
from haven.kernel.sealing import keyed_hash
from haven.people.choices import Method, Safe
from haven.people.models import Needs, Person, SafeContact
from haven.reports import actions, queries
from haven.reports.choices import Identity, Scope
from haven.reports.models import Addition, Alarm, CodeRequest, Permission, Report, ReportPerson
from haven.reports.told import NeedsTold, SafeWays, Someone
from haven.reports.weighing import weigh
from haven.trail.models import Entry
from tests.reports.times import CODE, MONDAY_MORNING, SUNDAY_NIGHT

pytestmark = pytest.mark.django_db
AMAL = Someone(
    name="Amal Haddad",
    telephone="01632 960321",
    ways=SafeWays(preferred=Method.CALL, safe={"call": Safe.YES}, number="01632 960321", hours="10 to 2"),
    needs=NeedsTold(spoken="ar", interpreter="yes"),
)


def entries(report):
    """The trail of a report, as act and outcome."""
    found = Entry.objects.filter(chain=f"report:{report.pk}").order_by("seq")
    return [(entry.act, entry.outcome) for entry in found]


def item(key, at=SUNDAY_NIGHT):
    """A file that is kept already."""
    return Item.objects.create(
        sealing_key=key,
        kind="picture",
        media_type="image/png",
        size=1,
        sha256=b"1" * 32,
        stored_as="0" * 32,
        received_at=at,
    )


def test_a_report_is_kept_word_for_word_with_when_it_came_and_leaves_one_entry(tell):
    words = "  He said \u202bكلمة\u202c\r\n\x00 and 😡 — twice.  "
    report = Report.objects.get(pk=tell(account=words, language="und-Arab").pk)
    assert report.account == words
    assert (report.received_at, report.logged_at, report.language) == (SUNDAY_NIGHT, SUNDAY_NIGHT, "und-Arab")
    assert bytes(report.code_hash) == keyed_hash("code", CODE)
    assert entries(report) == [("report.received", "done")]


def test_the_database_holds_nothing_of_the_words_in_the_clear(tell):
    report = tell(account="unmistakable-words", reporter=AMAL, responsible=(Someone(name="Colin"),))
    for table in ("reports_report", "people_person", "people_safecontact", "people_needs", "trail_entry"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {table} t")
            dump = " ".join(row[0] for row in cursor.fetchall())
        for secret in ("unmistakable-words", "Amal", "Haddad", "Colin", "960321", "10 to 2"):
            assert secret not in dump
            assert secret.encode().hex() not in dump
    assert report.account == "unmistakable-words"


def test_everybody_named_has_a_record_a_part_a_key_and_what_they_need(tell):
    report = tell(
        reporter=AMAL,
        identity=Identity.CONFIDENTIAL,
        harmed=Someone(name="Her son"),
        responsible=(Someone(name="Colin"), Someone(description="A tall man")),
        witnesses=(Someone(name="Mrs Oyelaran"),),
    )
    rows = ReportPerson.objects.filter(report=report).select_related("person").order_by("pk")
    assert [(row.part, row.person.name or row.person.description) for row in rows] == [
        ("reporter", "Amal Haddad"),
        ("harmed", "Her son"),
        ("responsible", "Colin"),
        ("responsible", "A tall man"),
        ("witness", "Mrs Oyelaran"),
    ]
    assert len({row.person.sealing_key_id for row in rows} | {report.sealing_key_id}) == 6
    contact = SafeContact.objects.get()
    assert (contact.preferred, contact.call, contact.text, contact.voicemail) == ("call", "yes", "unknown", "unknown")
    assert contact.details == {"number": "01632 960321", "hours": "10 to 2"}
    needs = Needs.objects.get()
    assert (needs.spoken, needs.interpreter) == ("ar", "yes")


def test_names_and_words_of_the_account_can_be_found_again(tell):
    from haven.kernel.words import query_tokens

    report = tell(account="Thrown bottle near the lift", responsible=(Someone(name="Mohammed Khalid"),))
    for word in ("bottle", "LIFT", "Muhammad"):
        (choices,) = query_tokens(word)
        assert set(choices) & set(report.tokens), word
    assert Person.objects.filter(tokens__overlap=query_tokens("Mohamed")[0]).exists()


def test_a_very_long_account_is_kept_whole_and_indexed_within_bounds(tell):
    words = " ".join(f"word{number}" for number in range(120_000))[:1_000_000]
    report = tell(account=words)
    assert Report.objects.get(pk=report.pk).account == words
    assert len(report.tokens) <= 1_500


@pytest.mark.parametrize(
    ("danger", "needs", "urgency", "is_danger", "alarms"),
    [
        (("HAPPENING_NOW",), (), 0, True, 1),
        (("SUICIDAL",), (), 0, True, 1),
        (("NONE",), ("SOMEWHERE_TONIGHT",), 1, False, 1),
        (("NONE",), ("CLEAN_OFF",), 4, False, 0),
        (("NOT_SURE",), (), 3, False, 0),
        (("NONE",), (), 4, False, 0),
    ],
)
def test_danger_puts_a_report_first_and_rings(tell, danger, needs, urgency, is_danger, alarms):
    report = tell(danger=danger, needs=needs)
    assert (report.urgency, report.is_danger, Alarm.objects.count()) == (urgency, is_danger, alarms)


def test_the_alarm_knows_whether_the_office_is_open(tell):
    tell(danger=("FIRE",), at=SUNDAY_NIGHT)
    tell(danger=("FIRE",), at=MONDAY_MORNING, code="1" * 16)
    assert list(Alarm.objects.order_by("raised_at").values_list("out_of_hours", flat=True)) == [True, False]


def test_triage_is_due_one_hour_after_it_came_or_two_at_night(tell):
    assert tell(at=MONDAY_MORNING).triage_due_at == MONDAY_MORNING + timedelta(hours=1)
    assert tell(at=SUNDAY_NIGHT, code="1" * 16).triage_due_at == SUNDAY_NIGHT + timedelta(hours=2)


def test_a_late_typed_report_keeps_the_time_at_which_it_came(db, call_handler):
    from haven.reports.told import Told

    report = actions.receive_report(
        told=Told(account="As told on the telephone.", danger=("NONE",)),
        channel="PHONE_OOH",
        code=None,
        received_at=SUNDAY_NIGHT,
        logged_by=call_handler,
        by=call_handler,
        at=MONDAY_MORNING,
    )
    assert (report.received_at, report.logged_at, report.code_hash) == (SUNDAY_NIGHT, MONDAY_MORNING, None)
    assert report.triage_due_at == SUNDAY_NIGHT + timedelta(hours=2)


def test_a_report_about_a_home_goes_to_the_team_of_its_patch(tell, home, team):
    assert tell(home_id=home.pk).team == team
    assert tell(home_id=home.pk + 1, code="1" * 16).team is None
    assert tell(code="2" * 16).team is None


def test_each_answer_about_telling_others_is_a_permission_of_its_own(tell):
    report = tell(permissions={"POLICE": Scope.NO, "COUNCIL": Scope.WITHOUT_NAME})
    assert queries.latest_permissions(report) == {"POLICE": "no", "COUNCIL": "without_name"}


@pytest.mark.parametrize("said", [{"account": "  \n"}, {"danger": ()}])
def test_a_report_without_a_compulsory_answer_is_refused_and_leaves_nothing_but_the_refusal(tell, said):
    with pytest.raises(Refused) as refused:
        tell(reporter=AMAL, **said)
    assert refused.value.decision.clause == "3.2.1"
    assert not Report.objects.exists()
    assert not Person.objects.exists()
    assert not SealingKey.objects.exists()
    entry = Entry.objects.get()
    assert (entry.act, entry.outcome, entry.clause, entry.guards) == (
        "report.received",
        "refused",
        "3.2.1",
        ["reports.may_receive"],
    )


def test_somebody_who_has_left_logs_nothing(tell, call_handler):
    call_handler.is_active = False
    with pytest.raises(Refused):
        tell(logged_by=call_handler, by=call_handler)
    assert not Report.objects.exists()


def test_a_report_whose_trail_entry_fails_is_not_there(tell, monkeypatch):
    from haven.trail import recording

    def broken(**more):
        raise RuntimeError("no trail")

    monkeypatch.setattr(recording, "append", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(reporter=AMAL)
    assert not Report.objects.exists()
    assert not Person.objects.exists()


def test_the_number_of_queries_depends_neither_on_the_persons_nor_on_what_is_stored(tell):
    tell(reporter=AMAL, permissions={"POLICE": Scope.NO}, responsible=(Someone(name="Colin"),))
    with CaptureQueriesContext(connection) as few:
        tell(reporter=AMAL, permissions={"POLICE": Scope.NO}, responsible=(Someone(name="Colin"),), code="1" * 16)
    for number in range(30):
        tell(code=f"{number + 100:016d}")
    with CaptureQueriesContext(connection) as many:
        tell(
            reporter=AMAL,
            permissions=dict.fromkeys(("POLICE", "COUNCIL", "FIRE"), Scope.NO),
            responsible=tuple(Someone(name=f"Number {number}") for number in range(25)),
            code="2" * 16,
        )
    assert len(few) == len(many)
    assert not [one["sql"] for one in many if "COUNT(" in one["sql"] and "reports_report" in one["sql"]]


def test_a_taken_reference_is_not_used_twice(tell, monkeypatch):
    from haven.reports import writing

    given = iter(["HV-7K2M-94T", "HV-7K2M-94T", "HV-2QX8-11B"])
    monkeypatch.setattr(writing, "new_reference", lambda prefix: next(given))
    assert tell().reference == "HV-7K2M-94T"
    assert tell(code="1" * 16).reference == "HV-2QX8-11B"


def test_what_is_added_stands_beside_what_was_told(tell):
    report = tell()
    actions.add_to_report(report=report, words="And he came back.", language="en", by=report, at=MONDAY_MORNING)
    assert Report.objects.get(pk=report.pk).account == "He shouted at me on the stairs."
    addition = Addition.objects.get()
    assert (addition.words, addition.at) == ("And he came back.", MONDAY_MORNING)
    assert entries(report) == [("report.received", "done"), ("report.added_to", "done")]
    assert not Alarm.objects.exists()


def test_danger_that_is_added_rings_and_puts_the_report_first_again(tell):
    report = tell()
    actions.add_to_report(
        report=report, words="", danger=("MAY_COME_BACK",), language="en", by=report, at=MONDAY_MORNING
    )
    report = Report.objects.get(pk=report.pk)
    assert (report.urgency, report.is_danger, Alarm.objects.count()) == (0, True, 1)
    assert report.danger == ["NONE"]


def test_files_can_be_added_alone(tell):
    report = tell()
    addition = actions.add_to_report(
        report=report, words="", items=[item(report.sealing_key)], language="en", by=report, at=MONDAY_MORNING
    )
    assert addition.attachments.count() == 1
    assert report.items.count() == 1


def test_an_empty_addition_is_refused(tell):
    report = tell()
    with pytest.raises(Refused):
        actions.add_to_report(report=report, words=" \n", language="en", by=report, at=MONDAY_MORNING)
    assert entries(report) == [("report.received", "done"), ("report.added_to", "refused")]


def test_a_permission_that_is_withdrawn_no_longer_holds_and_the_old_one_is_kept(tell):
    report = tell(permissions={"POLICE": Scope.WITH_NAME})
    actions.change_permission(
        report=report, recipient="POLICE", scope=Scope.NO, how="code", language="en", by=report, at=MONDAY_MORNING
    )
    assert queries.latest_permissions(report) == {"POLICE": "no"}
    assert Permission.objects.filter(report=report).count() == 2
    entry = Entry.objects.filter(act="permission.changed").get()
    assert entry.codes == {"recipient": "POLICE", "before": "with_name", "after": "no", "how": "code"}


@pytest.mark.parametrize(
    ("recipient", "scope"), [("POLICE", Scope.WITH_NAME), ("NEWSPAPER", Scope.NO), ("POLICE", Scope.NOT_ASKED)]
)
def test_a_permission_that_says_nothing_new_or_is_not_asked_for_is_refused(tell, recipient, scope):
    report = tell(permissions={"POLICE": Scope.WITH_NAME})
    with pytest.raises(Refused):
        actions.change_permission(
            report=report, recipient=recipient, scope=scope, how="code", language="en", by=report, at=MONDAY_MORNING
        )
    assert queries.latest_permissions(report) == {"POLICE": "with_name"}


def test_a_new_safe_contact_replaces_nothing_but_comes_first(tell):
    report = tell(reporter=AMAL)
    ways = SafeWays(preferred=Method.EMAIL, safe={"email": Safe.YES, "call": Safe.NO}, email="amal@library.example")
    actions.change_safe_contact(report=report, ways=ways, by=report, at=MONDAY_MORNING)
    person = queries.reporter_of(report)
    latest = queries.latest_safe_contact(person)
    assert (latest.preferred, latest.email, latest.call) == ("email", "yes", "no")
    assert latest.details == {"email": "amal@library.example"}
    assert SafeContact.objects.filter(person=person).count() == 2
    assert "amal" not in str(Entry.objects.get(act="safe_contact.changed").codes)


def test_somebody_anonymous_can_name_a_safe_way_later(tell):
    report = tell()
    assert queries.reporter_of(report) is None
    ways = SafeWays(preferred=Method.TEXT, safe={"text": Safe.YES}, number="01632 960322")
    actions.change_safe_contact(report=report, ways=ways, by=report, at=MONDAY_MORNING)
    assert queries.latest_safe_contact(queries.reporter_of(report)).details == {"number": "01632 960322"}


def test_an_alarm_is_taken_once(tell, call_handler, caseworker):
    tell(danger=("FIRE",))
    alarm = Alarm.objects.get()
    assert list(queries.ringing_alarms()) == [alarm]
    actions.take_alarm(alarm=alarm, by=call_handler, at=SUNDAY_NIGHT + timedelta(minutes=4))
    assert not queries.ringing_alarms().exists()
    with pytest.raises(Refused):
        actions.take_alarm(alarm=alarm, by=caseworker, at=SUNDAY_NIGHT + timedelta(minutes=5))
    assert Alarm.objects.get().taken_by == call_handler


def test_a_new_code_makes_the_old_one_worthless_and_settles_the_request(tell, caseworker):
    from haven.reports.access import report_for_code

    report = tell()
    actions.ask_for_code(report=report, with_code=True, by=report, at=SUNDAY_NIGHT)
    fresh = actions.reissue_code(report=report, knows_who_asks=True, by=caseworker, at=MONDAY_MORNING)
    assert report_for_code(CODE) is None
    assert report_for_code(fresh) == report
    request = CodeRequest.objects.get()
    assert (request.issued, request.settled_by) == (True, caseworker)
    assert fresh not in str(list(Entry.objects.values()))


def test_a_call_handler_cannot_issue_a_code(tell, call_handler):
    report = tell()
    with pytest.raises(Refused):
        actions.reissue_code(report=report, knows_who_asks=True, by=call_handler, at=MONDAY_MORNING)
    assert not call_handler.has(Role.CASEWORKER)
    assert bytes(Report.objects.get(pk=report.pk).code_hash) == keyed_hash("code", CODE)


def test_asking_for_a_code_twice_leaves_one_request(tell):
    report = tell()
    actions.ask_for_code(report=report, with_code=False, by=SYSTEM, at=SUNDAY_NIGHT)
    with pytest.raises(Refused):
        actions.ask_for_code(report=report, with_code=False, by=SYSTEM, at=MONDAY_MORNING)
    assert CodeRequest.objects.count() == 1


def test_a_request_for_a_code_can_be_refused(tell, caseworker):
    report = tell()
    request = actions.ask_for_code(report=report, with_code=False, by=SYSTEM, at=SUNDAY_NIGHT)
    actions.refuse_code(request=request, by=caseworker, at=MONDAY_MORNING)
    request = CodeRequest.objects.get()
    assert (request.issued, request.settled_at) == (False, MONDAY_MORNING)


@pytest.mark.parametrize(("danger", "band"), [(("FIRE",), "critical"), (("NONE",), "medium")])
def test_clocks_start_by_the_worst_that_was_told(danger, band):
    assert weigh(danger=danger, incident_types=(), needs=(), strands=("RACE",), at=SUNDAY_NIGHT).band == band
