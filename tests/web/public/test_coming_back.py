"""Coming back with the code: the way in, what is shown, what can be added and changed, and who sees nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.correspondence import actions as words
from haven.correspondence.models import Message
from haven.kernel import clock
from haven.people.models import SafeContact
from haven.reports import actions, queries
from haven.reports.models import Addition, Alarm, CodeRequest, Report
from haven.trail.models import Entry
from tests.web.public.visitor import ACCOUNT

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(visitor):
    """A report that was sent by somebody who then left; its reference and code."""
    visitor.tell().finish()
    receipt = visitor.receipt
    visitor.client.get("/leave")
    visitor.client.cookies.clear()
    return receipt


@pytest.fixture
def back(visitor, sent):
    """Somebody who has come back with the code."""
    return visitor.send("/code", code=sent[1])


@pytest.fixture
def report(sent):
    """That report."""
    return Report.objects.get(reference=sent[0])


def test_the_code_alone_opens_the_page(back, sent):
    assert (back.address, back.heading) == ("/mine", "Your page")
    assert sent[0] in back.text
    assert Entry.objects.filter(act="report.opened_with_code", outcome="seen").count() == 1


def test_the_page_shows_nothing_of_what_was_told(back):
    for path in ("/mine", "/mine/add", "/mine/allow", "/mine/reach", "/mine/renew"):
        assert ACCOUNT not in back.see(path).text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Write the 16 numbers of your code"),
        ("1234", "A code has 16 numbers and nothing else. Yours has 4."),
        ("x" * 50, "A code has 16 numbers and nothing else. Yours has 0."),
        ("0000 0000 0000 0001", "This code does not open anything. Look at each number again."),
    ],
)
def test_a_wrong_code_opens_nothing_and_stays_in_the_box(visitor, sent, typed, message):
    visitor.send("/code", code=typed)
    assert visitor.address == "/code"
    assert visitor.errors == [message]
    assert f'value="{typed}"' in visitor.html or not typed


def test_only_whoever_is_wrong_waits_and_the_right_code_never_does(visitor, another, sent, monkeypatch):
    from haven.web.public import codes

    slept = []
    monkeypatch.setattr(codes.time, "sleep", slept.append)
    for _ in range(6):
        visitor.send("/code", code="0000 0000 0000 0001")
    assert slept == [0.5, 1.0, 2.0]
    visitor.send("/code", code="12")
    visitor.send("/code", code=sent[1])
    assert visitor.address == "/mine"
    assert another.send("/code", code=sent[1]).address == "/mine"
    assert slept == [0.5, 1.0, 2.0]


def test_no_more_wrong_codes_are_held_back_than_there_are_places(visitor, sent, monkeypatch):
    from haven.web.public import codes

    slept = []
    monkeypatch.setattr(codes.time, "sleep", slept.append)
    for _ in range(5):
        visitor.send("/code", code="0000 0000 0000 0001")
    before = len(slept)
    taken = [codes.SLEEPERS.acquire(blocking=False), codes.SLEEPERS.acquire(blocking=False)]
    try:
        visitor.send("/code", code="0000 0000 0000 0001")
    finally:
        for _ in filter(None, taken):
            codes.SLEEPERS.release()
    assert taken == [True, True]
    assert len(slept) == before


def test_a_visit_by_code_ends_when_it_was_left(back):
    back.client.get("/leave")
    assert "Nothing is open here" in back.see("/mine").text


def test_words_and_danger_can_be_added_and_ring(back, report):
    back.send("/mine/add", danger=["MAY_COME_BACK"], more="He is outside again.")
    assert (back.address, back.heading) == ("/mine/now", "Call 999 now")
    addition = Addition.objects.get()
    assert (addition.words, addition.danger, addition.report) == ("He is outside again.", ["MAY_COME_BACK"], report)
    assert Alarm.objects.count() == 1
    assert Report.objects.get().account == ACCOUNT


def test_danger_is_asked_first_when_something_is_added(back):
    back.send("/mine/add", more="Only words.")
    assert back.errors == ["Tick what is true now, or “None of these”"]
    assert "Only words." in back.html
    assert not Addition.objects.exists()
    back.send("/mine/add", danger="NONE", more="Only words.")
    assert back.address == "/mine"
    assert "We have what you added" in back.text
    assert not Alarm.objects.exists()


def test_nothing_is_added_when_nothing_is_said(back):
    back.send("/mine/add", danger="NONE", more="  ")
    assert back.errors == ["Write something, or choose a file"]


def test_a_file_can_be_added_and_one_that_is_refused_loses_no_words(back, report, picture):
    picture_file = picture()
    picture_file.name = "door.png"
    back.send("/mine/add", danger="NONE", more="See the door.", files=[picture_file])
    assert back.address == "/mine"
    assert report.items.count() == 1
    from io import BytesIO

    program = BytesIO(b"MZ" + bytes(500))
    program.name = "notes.exe"
    back.send("/mine/add", danger="NONE", more="And this.", files=[program])
    assert "notes.exe" in " ".join(back.errors)
    assert "We have kept your words" in back.text
    assert Addition.objects.count() == 2
    assert report.items.count() == 1


def test_updates_wait_until_they_are_asked_for_and_reading_is_recorded(back, report, caseworker):
    words.post_update(report=report, words="The lock is done.", language="en", by=caseworker, at=clock.now())
    back.see("/mine")
    assert "There is 1 new message for you" in back.text
    assert "The lock is done." not in back.text
    assert Message.objects.get().read_at is None
    back.send("/mine/read")
    assert "The lock is done." in back.text
    assert Message.objects.get().read_at is not None


def test_a_question_is_answered_on_the_page(back, report, caseworker):
    question = words.ask_question(report=report, words="Is it shut?", language="en", by=caseworker, at=clock.now())
    back.send("/mine/read").send("/mine/reply", question=question.pk, words="Yes\nit is.")
    assert back.address == "/mine"
    assert "Yes\nit is." in back.html
    assert question.replies.get().words == "Yes\nit is."


def test_an_empty_or_endless_answer_gets_its_message_and_keeps_its_words(back, report, caseworker):
    question = words.ask_question(report=report, words="Is it shut?", language="en", by=caseworker, at=clock.now())
    back.send("/mine/read").send("/mine/reply", question=question.pk, words="  ")
    assert back.errors == ["Write your answer first"]
    back.send("/mine/reply", question=question.pk, words="z" * 20_001)
    assert back.errors == ["This is too long for one answer. Send it in parts."]
    assert "z" * 20_001 in back.html
    assert f'href="#words-{question.pk}"' in back.html


def test_anothers_question_is_not_there(back, report, tell, caseworker):
    other = tell(code="1" * 16)
    question = words.ask_question(report=other, words="Who?", language="en", by=caseworker, at=clock.now())
    for number in (question.pk, 999_999, "x", ""):
        assert back.send("/mine/reply", question=number, words="Me.").page.status_code == 404
    assert question.replies.count() == 0


def test_permissions_are_changed_one_by_one_and_dated(back, report):
    back.send("/mine/allow", permission_POLICE="WITH_NAME", permission_FIRE="NO")
    assert "We have noted what you allow" in back.text
    assert queries.latest_permissions(report) == {"POLICE": "with_name", "FIRE": "no"}
    back.send("/mine/allow", permission_POLICE="NO", permission_FIRE="NO")
    assert queries.latest_permissions(report) == {"POLICE": "no", "FIRE": "no"}
    assert report.permissions.count() == 3
    assert 'value="NO" checked' in back.see("/mine/allow").html
    back.send("/mine/allow", permission_POLICE="EVERYTHING")
    assert len(back.errors) == 1


def test_a_new_safe_way_takes_the_place_of_the_old_one_which_is_never_shown(back, report):
    back.send("/mine/reach", preferred="call", number="01632 960321", hours="10 to 2")
    assert "We have noted how to reach you" in back.text
    assert "960321" not in back.see("/mine/reach").html
    back.send("/mine/reach", preferred="code")
    contact = queries.latest_safe_contact(queries.reporter_of(report))
    assert (contact.preferred, contact.call, contact.details) == ("code", "unknown", None)
    assert SafeContact.objects.count() == 2


def test_how_to_be_reached_needs_one_answer(back):
    back.send("/mine/reach", number="01632 960321")
    assert back.errors == ["Choose how we can reach you, or that we should not"]
    assert "01632 960321" in back.html


def test_a_new_code_is_asked_for_from_inside_and_the_old_visit_ends_with_the_old_code(back, report, caseworker):
    back.send("/mine/renew")
    assert CodeRequest.objects.get().with_code is True
    fresh = actions.reissue_code(report=report, knows_who_asks=True, by=caseworker, at=clock.now())
    assert "Nothing is open here" in back.see("/mine").text
    assert back.send("/code", code=fresh).address == "/mine"


def test_asking_from_outside_never_says_what_exists(visitor, sent):
    visitor.send("/lost", number=sent[0].lower().replace("-", " "))
    known = visitor.text
    assert CodeRequest.objects.get().with_code is False
    visitor.send("/lost", number=sent[0])
    assert visitor.text == known
    assert CodeRequest.objects.count() == 1
    from haven.kernel.references import new_reference

    visitor.send("/lost", number=new_reference("HV"))
    assert visitor.text == known
    visitor.send("/lost", number="rubbish")
    assert len(visitor.errors) == 1


def test_the_receipt_leads_to_the_page_without_the_code(visitor):
    visitor.tell().finish().see("/mine")
    assert visitor.heading == "Your page"


@pytest.mark.parametrize("path", ["/mine", "/mine/add", "/mine/allow", "/mine/reach", "/mine/renew", "/mine/now"])
def test_nobody_else_sees_a_page_of_the_report(another, sent, path):
    assert "Nothing is open here" in another.see(path).text


@pytest.mark.parametrize(
    "path", ["/mine/add", "/mine/allow", "/mine/reach", "/mine/renew", "/mine/read", "/mine/reply"]
)
def test_nobody_else_changes_anything(another, sent, path):
    another.send(path, danger="NONE", more="x", preferred="none", question="1", words="x", permission_POLICE="NO")
    assert "Nothing is open here" in another.text
    assert not Addition.objects.exists()
    assert not CodeRequest.objects.exists()
    assert not SafeContact.objects.exists()


def test_promises_are_shown_with_their_times(back):
    assert "A trained person will read what you told us" in back.text


def test_the_page_takes_as_many_queries_with_thirty_messages_as_with_one(back, report, caseworker):
    def count():
        with CaptureQueriesContext(connection) as asked:
            back.client.get("/mine")
        return len(asked)

    words.post_update(report=report, words="1", language="en", by=caseworker, at=clock.now())
    back.send("/mine/read")
    one = count()
    for number in range(29):
        words.post_update(report=report, words=str(number), language="en", by=caseworker, at=clock.now())
    back.send("/mine/read")
    assert count() == one


def test_what_was_agreed_in_their_own_plan_is_shown_in_its_words_as_it_stands(back, report, caseworker):
    from datetime import timedelta

    from haven.support.models import ItemOutcome, Plan, PlanItem
    from tests.cases import cast

    now = clock.now()
    case = cast.case()
    case.report_links.create(report=report, at=now)
    person = report.persons.get(part="reporter").person if report.persons.exists() else cast.person(origin="told")
    report.persons.get_or_create(person=person, part="reporter")
    plan = Plan.objects.create(case=case, person=person, number=1, drafted_at=now, drafted_by=caseworker)
    said = {"plan": plan, "kind": "home", "doer": "team", "written_at": now, "written_by": caseworker}
    said |= {"answers": "fear", "why": "He has a key", "is_tailored": True}
    for number, words_ in enumerate(("We mend the gate.", "We bring a lamp.", "We ring on Friday.")):
        PlanItem.objects.create(words=words_, due_on=(now + timedelta(days=number - 1)).date(), **said)
    agreed = {"told": "telephone", "language": "en", "through": "directly", "copy_way": "handed", "copy_as_needed": True}
    Plan.objects.filter(pk=plan.pk).update(agreed_at=now, recorded_at=now, agreed_by=caseworker, **agreed)
    second = PlanItem.objects.get(plan=plan, due_on=now.date())
    ItemOutcome.objects.create(item=second, outcome="not_done", ended_at=now, reason="None left", at=now, by=caseworker)
    text = back.see("/mine").text
    assert "We mend the gate. This is late. We are sorry." in text
    assert "We bring a lamp. We did not do this. We are sorry." in text
    assert "We ring on Friday." in text
    assert "He has a key" not in text
    assert "None left" not in text
