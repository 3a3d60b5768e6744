"""Somebody tells the landlord what happened, from the first page to the receipt."""

import pytest

from tests.journeys import everything
from tests.journeys.people import Reporter, Watched
from tests.journeys.sights import FOCUS, look, tab_round
from tests.journeys.wrong import WRONG, go_wrong
from tests.machinery import axe

pytestmark = pytest.mark.browser
SCREENS = [(320, "ar"), (1280, "en")]


@pytest.fixture(scope="module")
def begun(chromium, haven):
    """Somebody who has answered the two questions that need an answer, and goes on wherever a test sends them."""
    browser = Watched(chromium, haven.url, width=320, height=800, bypass_csp=True, color_scheme="dark")
    axe.comes_into(browser.context)
    yield Reporter(browser).tell(to="on")
    browser.close()


def postcode_of(rows):
    """A postcode at which the landlord has homes."""
    from haven.homes.models import Property

    return rows.ask(Property.objects.order_by("pk").values_list("postcode", flat=True).first)


def kept(rows, reference):
    """What lies in the database of one report."""
    return rows.ask(_kept, reference)


def _kept(reference):
    from haven.reports.models import Attachment, Permission, Report

    report = Report.objects.select_related("sealing_key", "home").get(reference=reference)
    return {
        "report": report,
        "account": report.account,
        "answers": report.answers,
        "postcode": report.home.postcode if report.home else "",
        "people": sorted(one.part for one in report.persons.all()),
        "names": sorted(one.person.name or "" for one in report.persons.select_related("person__sealing_key")),
        "permissions": {one.recipient: str(one.scope) for one in Permission.objects.filter(report=report)},
        "alarms": report.alarms.count(),
        "files": [
            one.item.given_name for one in Attachment.objects.filter(report=report).select_related("item__sealing_key")
        ],
    }


def is_as_told(told, postcode):
    """Fail unless everything that was answered is there, as it was answered."""
    assert told["account"] == everything.ACCOUNT
    assert told["postcode"] == postcode
    assert told["people"] == ["reporter", "responsible", "responsible", "witness"]
    assert told["names"] == ["", "Amina Yusuf", "Dean", "Kyle"]
    assert told["permissions"]["POLICE"] == "with_name"
    assert told["permissions"]["COUNCIL"] == "no"
    assert (told["alarms"], told["files"]) == (1, ["the door.png"])
    assert told["report"].danger == ["HAPPENING_NOW", "WEAPON"]
    assert told["report"].strands == ["RACE", "RELIGION"]


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_a_whole_report_arrives_without_a_script_as_it_was_told(somebody, rows, width, language):
    """The same with scripts, narrow in English and wide in Arabic, is in test_neutral.py."""
    person = somebody(width=width, language=language, java_script_enabled=False)
    postcode = postcode_of(rows)
    seen = everything.tell_everything(person, postcode, look)
    assert seen == [f"/p/{number}" for number in everything.PAGES]
    assert everything.ACCOUNT.splitlines()[0] in person.page.locator(".hv-told").first.inner_text()
    person.send()
    look(person)
    reference, code = person.receipt
    assert len(code.replace(" ", "")) == 16
    is_as_told(kept(rows, reference), postcode)


def test_two_answers_are_enough(somebody, rows):
    person = somebody().tell().send()
    told = kept(rows, person.receipt[0])
    assert told["report"].identity == "anonymous"
    assert (told["people"], told["alarms"], told["report"].urgency) == ([], 0, 4)


def test_danger_shows_999_first_and_rings_at_the_desk(somebody, colleague, quiet):
    person = somebody(width=320).begin().tick("danger", "WEAPON").go()
    assert (person.path, person.heading) == ("/p/2", "Call 999 now")
    assert person.page.locator("main a").nth(1).get_attribute("href") == "tel:999"
    for words in ("55", "18000", "999 BSL"):
        assert words in person.text
    person.press("Continue").write("account", "There is a man with a knife").go("check").send()
    reference, _code = person.receipt
    assert "An alarm is ringing with us" in person.page.locator("main").inner_text()
    worker = colleague("caseworker").see("/desk/")
    alarm = worker.page.locator(".hv-alarm", has_text=reference)
    worker.click(alarm.get_by_role("button"))
    assert worker.page.locator(".hv-alarm", has_text=reference).count() == 0
    assert colleague("manager").see("/desk/queue").page.locator("[data-row]", has_text=reference).count() == 1


def test_danger_without_999_rings_as_well(somebody, rows):
    person = somebody().tell(danger="HOME_NOT_SECURE").send()
    assert kept(rows, person.receipt[0])["alarms"] == 1


def tab_to(person, selector):
    """Press Tab until something has the focus; every stop on the way can be seen."""
    for _ in range(80):
        person.page.keyboard.press("Tab")
        focus = person.page.evaluate(FOCUS)
        assert focus is None or focus["shown"], focus
        if person.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return person
    raise AssertionError(f"Tab never reached {selector}")


def test_a_keyboard_is_enough(somebody):
    person = somebody().see("/")
    tab_to(person, 'a[href="/before"]').key("Enter")
    tab_to(person, 'a[href="/p/1"]').key("Enter")
    tab_to(person, '[name=danger][value="MAY_COME_BACK"]').page.keyboard.press("Space")
    tab_to(person, "[name=go][value=on]").key("Enter")
    tab_to(person, 'main a[href="/p/3"]').key("Enter")
    tab_to(person, "textarea").page.keyboard.type("They broke our window.")
    tab_to(person, "[name=go][value=on]").key("Enter")
    tab_to(person, "[name=role]").page.keyboard.press("ArrowDown")
    tab_to(person, "[name=go][value=check]").key("Enter")
    tab_to(person, "main form [type=submit], main form button").key("Enter")
    assert person.path == "/done"
    tab_to(person, "[data-copy]")


@pytest.mark.parametrize("path", ["/", "/before", "/safe", "/p/1", "/p/7", "/p/12", "/p/20", "/check", "/code"])
def test_the_focus_is_seen_everywhere_and_caught_nowhere(begun, path):
    if path == "/p/7":
        begun.see("/p/6").answer(when_kind="range").go()
    begun.see(path)
    assert len(tab_round(begun.page)) > 4


CONDITIONS = [
    (4, {"role": "VICTIM"}, "/p/6"),
    (4, {"role": "FOR_SOMEBODY"}, "/p/5"),
    (6, {"when_kind": "unknown"}, "/p/8"),
    (6, {"when_kind": "ongoing"}, "/p/7"),
    (8, {"place": "HOME"}, "/p/9"),
    (8, {"place": "STREET"}, "/p/10"),
    (8, {"place": "unknown"}, "/p/11"),
    (13, {"history": "first"}, "/p/15"),
    (13, {"history": "often"}, "/p/14"),
    (15, {"responsible_kinds": "unknown"}, "/p/17"),
    (15, {"responsible_kinds": "NEIGHBOUR"}, "/p/16"),
    (23, {"permission_POLICE": "WITHOUT_NAME"}, "/p/25"),
    (23, {"permission_POLICE": "WITH_NAME"}, "/p/24"),
    (26, {"identity": "anonymous"}, "/p/28"),
    (26, {"identity": "confidential"}, "/p/27"),
    (28, {"preferred": "code"}, "/p/30"),
    (28, {"preferred": "none"}, "/p/30"),
    (28, {"preferred": "letter"}, "/p/29"),
]


def test_each_answer_opens_what_belongs_to_it_and_nothing_else(somebody):
    person = somebody().tell(to="on")
    for number, answers, leads_to in CONDITIONS:
        person.see(f"/p/{number}").answer(**answers).go()
        assert person.path == leads_to, (number, answers)


def test_each_way_of_being_reached_asks_for_its_own_particulars(somebody):
    person = somebody().tell(to="on")
    own = {
        "call": "number",
        "text": "number",
        "email": "email",
        "letter": "address",
        "in_person": "venue",
        "advocate": "advocate",
    }
    for way, control in own.items():
        person.see("/p/28").answer(preferred=way).go()
        names = person.page.eval_on_selector_all("main [name]", "all => all.map(one => one.name)")
        assert control in names, way
        assert set(names) & (set(own.values()) - {control, "number"}) == set(), way


def test_what_is_no_longer_asked_is_not_kept(somebody, rows):
    person = somebody().tell(to="on")
    person.see("/p/28").answer(preferred="call").go().answer(number="07700 900456").go("check")
    assert "07700 900456" in person.text
    person.see("/c/28").answer(preferred="code").go()
    assert person.path == "/check"
    assert "07700 900456" not in person.text
    person.send()
    assert "07700 900456" not in str(kept(rows, person.receipt[0])["answers"])


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_answer_is_named_at_its_place_and_nothing_typed_is_lost(begun, name):
    wrong = WRONG[name]
    go_wrong(begun, wrong)
    look(begun)
    assert axe.violations(begun.page) == []
    assert begun.path == f"/p/{wrong.page}"
    assert begun.title.startswith("Error: ")
    assert any(wrong.says in message for message in begun.errors), begun.errors
    assert begun.page.evaluate("document.activeElement.className") == "govuk-error-summary"
    link = begun.page.locator(f'.govuk-error-summary a[href="#{wrong.control}"]')
    link.first.click()
    assert begun.page.evaluate("document.activeElement.id") == wrong.control
    said = begun.page.locator(f'.govuk-form-group--error:has([id="{wrong.control}"]) .govuk-error-message')
    assert wrong.says in said.first.inner_text()
    for control, value in wrong.answers.items():
        if isinstance(value, str):
            assert begun.page.locator(f'[name="{control}"]').input_value().strip() == value.strip()


def test_an_answer_that_stands_alone_is_refused_beside_others_without_a_script(somebody):
    person = somebody(java_script_enabled=False).begin().tick("danger", ["NONE", "WEAPON"]).go()
    assert person.errors == ["One of your answers stands alone. Tick it, or the others."]
    assert person.page.locator("[name=danger]:checked").count() == 2
    person.page.locator("[name=danger][value=NONE]").uncheck()
    assert person.go().path == "/p/2"


def test_answers_can_be_checked_and_changed(somebody, rows):
    person = somebody(width=320).tell()
    person.follow("Change What happened")
    assert person.path == "/c/3"
    person.write("account", "It was on Tuesday").go()
    assert person.path == "/check"
    assert "It was on Tuesday" in person.text
    person.see("/c/13").answer(history="before").go()
    assert person.path == "/c/14"
    person.answer(getting_worse="yes").go()
    assert person.path == "/check"
    person.click(".govuk-back-link")
    assert person.path == "/p/14"
    person.see("/check").send()
    told = kept(rows, person.receipt[0])
    assert (told["account"], told["answers"]["getting_worse"]) == ("It was on Tuesday", "yes")


@pytest.mark.parametrize("script", [True, False])
def test_pressing_twice_sends_once(somebody, rows, script):
    from haven.reports.models import Report

    person = somebody(java_script_enabled=script).tell()
    before = rows.ask(Report.objects.count)
    person.page.locator("main form[method=post] button").last.dblclick()
    person.page.wait_for_url("**/done")
    assert rows.ask(Report.objects.count) == before + 1


def test_two_tabs_lose_nothing_and_send_once(somebody, rows):
    one = somebody().tell(to="on")
    other = type(one)(one.browser)
    other.page = one.browser.tab()
    other.see("/p/11")
    one.answer(role="WITNESS").go()
    other.answer(strands=["DISABILITY"]).go("check")
    assert "Disability" in other.text
    one.see("/check").send()
    other.send()
    assert one.receipt == other.receipt
    assert kept(rows, one.receipt[0])["report"].strands == ["DISABILITY"]


def test_the_receipt_stays_when_the_page_is_loaded_again_and_cannot_be_sent_twice(somebody, rows):
    from haven.reports.models import Report

    person = somebody().tell().send()
    receipt = person.receipt
    before = rows.ask(Report.objects.count)
    person.page.reload()
    assert person.receipt == receipt
    person.page.go_back()
    assert person.path == "/done"
    for path in ("/check", "/p/3", "/c/3", "/p/1"):
        assert person.see(path).receipt == receipt
    assert rows.ask(Report.objects.count) == before


def test_the_receipt_says_what_is_promised_and_can_be_printed(somebody):
    person = somebody().tell().send()
    promised = person.page.locator(".hv-steps__item")
    assert promised.count() >= 1
    assert all(one.locator(".hv-steps__when").count() for one in promised.all())
    reference, code = person.receipt
    person.page.emulate_media(media="print")
    assert person.page.get_by_text(reference).is_visible()
    assert person.page.get_by_text(code).is_visible()
    assert not person.page.locator(".hv-exit").is_visible()
    assert reference not in person.title
    assert person.page.pdf().startswith(b"%PDF")


def test_the_questions_about_oneself_come_after_and_are_joined_to_nothing(somebody, rows):
    from haven.reports.models import EqualityMonitoring

    person = somebody(width=320).tell().send()
    before = rows.ask(EqualityMonitoring.objects.count)
    person.see("/more")
    look(person)
    person.click(person.page.locator("main form button").last)
    assert person.path == "/done"
    assert rows.ask(EqualityMonitoring.objects.count) - before in (0, 1)
    assert "Thank you for answering" in person.text
    assert person.see("/more").path == "/done"
