"""Somebody has to leave at once: afterwards nothing of what they wrote can be seen, here or on the server."""

import pytest

from tests.journeys.people import ACCOUNT, Reporter, Watched
from tests.machinery.browser import CHROMIUM, SWITCHES

pytestmark = pytest.mark.browser
SECRET = ACCOUNT.split(".")[0]
WAYS = ["button", "shift", "no script"]


def drafts():
    """How many drafts lie on the server, and how many of their files."""
    from haven.reports.models import Draft, DraftFile

    return Draft.objects.filter(report=None).count(), DraftFile.objects.count()


def leave(person, way):
    """Leave in one of the ways that there are."""
    if way == "shift":
        for _ in range(3):
            person.page.keyboard.press("Shift")
    else:
        person.page.locator(".hv-exit__button").click()
    person.page.wait_for_url(lambda url: url.startswith("https://"))


def cookies(person):
    """Name and value of each cookie."""
    return {one["name"]: one["value"] for one in person.browser.context.cookies(person.browser.url)}


def nothing_is_seen(page):
    """Fail for a page that shows anything of the report."""
    content = page.content()
    assert SECRET not in content
    assert "HV-" not in content
    assert "<textarea" not in content


@pytest.mark.parametrize("way", WAYS)
def test_leaving_destroys_the_draft_and_the_cookies(somebody, rows, elsewhere, way):
    person = somebody(java_script_enabled=way != "no script").tell(to="on").see("/p/3")
    assert person.page.locator("textarea").input_value() == ACCOUNT
    before, count = cookies(person), rows.ask(drafts)
    assert "visit" in before
    leave(person, way)
    assert "Weather" in person.page.content()
    assert rows.ask(drafts)[0] == count[0] - 1
    assert not set(cookies(person).values()) & set(before.values())
    sent = [one for one in person.browser.answers if one.url.endswith("/leave")][-1]
    assert "storage" in sent.all_headers()["clear-site-data"]
    came = [one for one in elsewhere.asked if one["path"] == "/weather"]
    assert came
    assert all("referer" not in one and "cookie" not in one for one in came)


@pytest.mark.parametrize("way", WAYS)
def test_back_forward_and_old_addresses_show_nothing_afterwards(somebody, way):
    person = somebody(java_script_enabled=way != "no script").tell(to="on").see("/p/3")
    leave(person, way)
    for _ in range(4):
        if person.page.go_back() is None:
            break
        nothing_is_seen(person.page)
    for _ in range(4):
        if person.page.go_forward() is None:
            break
        nothing_is_seen(person.page)
    other = person.browser.tab()
    for page in (person.page, other):
        for path in ("/p/3", "/p/4", "/c/3", "/check", "/done", "/mine", "/more"):
            page.goto(path)
            nothing_is_seen(page)
            assert page.get_by_text("Nothing is open here.").count() == 1, path


def test_the_page_that_was_left_is_not_in_the_history(somebody):
    person = somebody().tell(to="on").see("/p/3")
    leave(person, "button")
    person.page.go_back()
    assert not person.page.url.endswith("/p/3")


def test_leaving_from_the_receipt_takes_it_along(somebody):
    person = somebody().tell().send()
    reference, code = person.receipt
    leave(person, "button")
    for path in ("/done", "/mine"):
        content = person.see(path).page.content()
        assert reference not in content
        assert code not in content


def test_leaving_ends_a_visit_with_the_code(somebody):
    _reference, code = somebody().tell().send().receipt
    person = somebody().return_with(code)
    assert person.path == "/mine"
    person.follow("Finish and leave")
    assert "Weather" in person.page.content()
    assert "Nothing is open here." in person.see("/mine").text


def test_a_file_that_was_given_goes_with_the_draft(somebody, rows):
    from haven.evidence.models import Item
    from tests.journeys.everything import FILE

    person = somebody().tell(to="on").see("/p/20").answer(files=FILE).go("stay")
    items = rows.ask(Item.objects.count)
    leave(person, "button")
    assert rows.ask(Item.objects.count) == items - 1


def test_leaving_does_not_touch_what_was_sent(somebody, rows):
    from haven.reports.models import Report

    person = somebody().tell().send()
    reference, code = person.receipt
    leave(person, "shift")
    assert rows.ask(Report.objects.filter(reference=reference).exists)
    assert person.return_with(code).path == "/mine"


@pytest.fixture(scope="module")
def remembering(chromium, elsewhere):
    """A browser that keeps pages as they were for Back and Forward, as people's browsers do."""
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM,
        args=[*SWITCHES, *elsewhere.switches],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


def test_pages_kept_whole_by_the_browser_show_nothing_either(remembering, haven):
    person = Reporter(Watched(remembering, haven.url, width=1280, height=900)).tell(to="on").see("/p/3")
    leave(person, "button")
    for _ in range(3):
        person.page.evaluate("history.back()")
        person.page.wait_for_timeout(400)
        person.page.wait_for_load_state()
        nothing_is_seen(person.page)
        assert not person.page.get_by_label("What happened?").is_visible()
    person.browser.close()
