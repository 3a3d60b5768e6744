"""Somebody comes back with the code: reads, answers, adds, changes what they allow, and is asked for nothing else."""

import pytest

from tests.journeys.everything import FILE
from tests.journeys.people import ACCOUNT
from tests.journeys.sights import look
from tests.journeys.wire import Wire
from tests.journeys.wrong import PROGRAM, TAMPERED

pytestmark = pytest.mark.browser


@pytest.fixture
def told(haven):
    """A report that was sent: its reference and its code."""
    return Wire(haven.port).sent(ACCOUNT)


def report_of(reference):
    """The report's row."""
    from haven.reports.models import Report

    return Report.objects.select_related("sealing_key").get(reference=reference)


def ask_something(reference, words):
    """A caseworker asks the person something."""
    from haven.accounts.models import Staff
    from haven.correspondence.actions import ask_question
    from haven.kernel import clock

    by = Staff.objects.get(email="caseworker@haven.example")
    ask_question(report=report_of(reference), words=words, language="en", by=by, at=clock.now())


def permissions_of(reference):
    """What is allowed now, by recipient, and how often each was said."""
    from haven.reports.models import Permission

    rows = Permission.objects.filter(report__reference=reference).order_by("at", "pk")
    return [(one.recipient, str(one.scope)) for one in rows]


def test_the_code_opens_a_page_that_shows_nothing_of_what_was_told(somebody, told):
    reference, code = told
    person = somebody(width=320).return_with(code)
    look(person)
    assert person.path == "/mine"
    assert reference in person.text
    assert ACCOUNT.split(".")[0] not in person.page.content()
    assert person.page.locator(".hv-steps__item").count() >= 1


@pytest.mark.parametrize("script", [True, False])
def test_spaces_dashes_and_arabic_digits_are_the_same_code(somebody, told, script):
    typed = told[1].replace(" ", "-").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert somebody(java_script_enabled=script).return_with(typed).path == "/mine"


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "Write the 16 numbers"), ("1234", "16 numbers"), ("1111 1111 1111 1111", "does not open anything")],
)
def test_a_wrong_code_is_named_and_kept(somebody, typed, says):
    person = somebody(width=320).return_with(typed)
    look(person)
    assert person.title.startswith("Error: ")
    assert says in person.errors[0]
    assert person.page.locator("#code").input_value() == typed
    assert person.page.url.endswith("/code")


def test_the_right_code_opens_at_once_after_many_wrong_ones(somebody, told):
    import time

    person = somebody()
    for number in range(5):
        person.return_with(f"{number:016d}")
    began = time.monotonic()
    assert person.return_with(told[1]).path == "/mine"
    assert time.monotonic() - began < 3


def test_somebody_adds_words_and_a_file_and_is_in_danger_now(somebody, colleague, rows, quiet, told):
    reference, code = told
    person = somebody(width=320).return_with(code).follow("Add something")
    look(person)
    person.answer(danger="WEAPON", more="He is back.\nHe has a bat.", files=FILE)
    person.press("Send")
    assert (person.path, person.heading) == ("/mine/now", "Call 999 now")
    person.press("Continue")
    assert "We have what you added" in person.text
    added = rows.ask(
        lambda: [(one.words, one.danger, one.attachments.count()) for one in report_of(reference).additions.all()]
    )
    assert added == [("He is back.\nHe has a bat.", ["WEAPON"], 1)]
    worker = colleague("manager").see("/desk/")
    assert worker.page.locator(".hv-alarm", has_text=reference).count() == 1
    worker.see(f"/desk/reports/{reference}")
    assert "He has a bat." in worker.text
    assert rows.ask(lambda: report_of(reference).account) == ACCOUNT


def test_a_file_that_is_refused_loses_no_words(somebody, rows, told):
    reference, code = told
    person = somebody().return_with(code).follow("Add something")
    person.answer(danger="NONE", more="Here is a picture.", files=PROGRAM).press("Send")
    look(person)
    assert "photo.jpg" in person.errors[0]
    assert rows.ask(lambda: [one.words for one in report_of(reference).additions.all()]) == ["Here is a picture."]


def test_a_question_is_read_and_answered(somebody, rows, told):
    reference, code = told
    rows.ask(ask_something, reference, "Is the door mended now?")
    person = somebody(width=320).return_with(code)
    assert "Is the door mended now?" not in person.page.content()
    person.press("Read")
    look(person)
    assert "Is the door mended now?" in person.text
    person.press("Send")
    assert person.errors == ["Write your answer first"]
    look(person)
    person.write("words", "Yes, on Monday. شكرا").press("Send")
    assert "We have your answer" in person.text
    assert "Yes, on Monday. شكرا" in person.text


def test_a_permission_is_changed_and_withdrawn(somebody, rows, told):
    reference, code = told
    person = somebody(width=320).return_with(code).follow("Change whom we may tell")
    look(person)
    before = rows.ask(permissions_of, reference)
    person.answer(permission_POLICE="WITH_NAME").press("Save")
    assert "We have noted what you allow" in person.text
    person.follow("Change whom we may tell")
    assert person.page.locator("[name=permission_POLICE][value=WITH_NAME]").is_checked()
    person.answer(permission_POLICE="NO").press("Save")
    after = rows.ask(permissions_of, reference)
    assert after[: len(before)] == before
    assert after[len(before) :] == [("POLICE", "with_name"), ("POLICE", "no")]


def test_a_new_way_of_being_reached_takes_the_place_of_the_old(somebody, rows, told):
    from haven.people.models import SafeContact

    person = somebody(width=320).return_with(told[1]).follow("Change how we reach you")
    look(person)
    person.press("Save")
    assert person.errors == ["Choose how we can reach you, or that we should not"]
    person.answer(preferred="text", number="07700 900777", safe_ways=["text"]).press("Save")
    assert "We have noted how to reach you" in person.text
    person.follow("Change how we reach you")
    assert "07700 900777" not in person.page.content()
    contact = rows.ask(SafeContact.objects.select_related("person").order_by("pk").last)
    assert (contact.preferred, contact.text) == ("text", "yes")


def test_a_new_code_is_asked_for_from_inside_and_from_outside(somebody, rows, told):
    from haven.reports.models import CodeRequest

    reference, code = told
    person = somebody(width=320).return_with(code).follow("Somebody has seen my code").press("Ask for a new code")
    look(person)
    inside = person.heading
    stranger = somebody(width=320).see("/lost").write("number", reference.lower()).press("Ask for a new code")
    assert stranger.heading == inside
    asked = rows.ask(lambda: list(CodeRequest.objects.filter(report__reference=reference).values_list("with_code")))
    assert asked == [(True,)]
    wrong = somebody().see("/lost").write("number", "HV-AAAA-AAA").press("Ask for a new code")
    assert "as it stands on your receipt" in wrong.errors[0]
    assert wrong.page.locator("#number").input_value() == "HV-AAAA-AAA"


@pytest.mark.parametrize("path", ["/mine", "/mine/add", "/mine/allow", "/mine/reach", "/mine/renew", "/mine/now"])
def test_without_a_code_nothing_is_there(somebody, path):
    assert "Nothing is open here." in somebody().see(path).text


@pytest.mark.parametrize(
    ("path", "control"), [("/mine/add", "danger"), ("/mine/allow", "permission_POLICE"), ("/mine/reach", "preferred")]
)
def test_what_was_never_offered_is_refused(somebody, told, path, control):
    person = somebody().return_with(told[1]).see(path)
    person.page.locator(f'[name="{control}"]').first.evaluate(TAMPERED)
    person.click(person.page.locator("main form button").last)
    look(person)
    assert person.errors == ["Choose from the answers on the page"]
