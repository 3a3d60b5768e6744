"""Nobody is kept out of a public page: axe on each of them, narrow and wide, in every light.

The errors of the form are looked at in test_reporting.py, which meets each of them.
"""

import pytest

from tests.journeys.everybody import DARK, FORCED, LIGHT, Look, Screen
from tests.journeys.people import Reporter, Watched
from tests.journeys.test_coming_back import ask_something
from tests.journeys.wire import Wire
from tests.machinery import axe

pytestmark = pytest.mark.browser
SCREENS = {
    "narrow-Arabic-dark": ("ar", Look(320, (DARK,))),
    "wide-English-light": ("en", Look(1280, (LIGHT, FORCED))),
}
BEFORE = ["/", "/before", "/safe", "/code", "/lost", "/nowhere", "/done", "/check"]
QUESTIONS = [f"/p/{number}" for number in range(1, 31)]
OWN = ["/done", "/more", "/mine", "/mine/add", "/mine/allow", "/mine/reach", "/mine/renew", "/mine/now"]
PRESSED = {
    "/mine/reach": "nothing chosen",
    "/mine/add": "nothing added",
}
NOT_PAGES = {"language", "leave", "read", "reply", "change"}
"""Addresses that only lead on, or show a page that is met at another address."""


@pytest.fixture(scope="module", params=SCREENS)
def screen(request, chromium, haven, rows):
    """Everything that somebody met on one screen."""
    language, look = SCREENS[request.param]
    seen = Screen((look,))
    browser = Watched(chromium, haven.url, width=look.width, height=800, bypass_csp=True)
    axe.comes_into(browser.context)
    try:
        for act in (meet_strangers_pages, meet_questions, meet_own_pages):
            act(seen, come(browser, haven, language), rows)
        yield seen
    finally:
        browser.close()


def come(browser, haven, language):
    """Somebody in the middle of a report, to whom every question is asked; their cookies are taken into the browser."""
    visitor = Wire(haven.port).tell()
    browser.context.clear_cookies()
    cookies = {**visitor.cookies, "words": "ar" if language == "ar" else "en-gb"}
    browser.context.add_cookies([{"name": name, "value": value, "url": haven.url} for name, value in cookies.items()])
    return Reporter(browser, language)


def meet_strangers_pages(screen, person, rows):
    """The pages that need no report, and what stands where there is none."""
    words = [one for one in person.browser.context.cookies() if one["name"] == "words"]
    person.browser.context.clear_cookies()
    person.browser.context.add_cookies(words)
    for path in BEFORE:
        screen.meet(person.see(path), f"{path} without a report")
    for typed in ("", "1111 2222 3333 4444"):
        person.see("/code").write("code", typed).click("main form button")
        screen.meet(person, f"/code with {typed!r}", most=1)
    for number in ("", "HV-7K2M-94T"):
        person.see("/lost").write("number", number).click("main form button")
        screen.meet(person, f"/lost with {number!r}")


def meet_questions(screen, person, rows):
    """Every question, the check page, and the pages for what was sent without its secret or was too much."""
    for path in QUESTIONS:
        person.see("/p/8").answer(place="STREET" if path == "/p/10" else "HOME").go()
        if path == "/p/9":
            person.see(path).answer(postcode=postcode(rows)).go("find")
        screen.meet(person.see(path))
    person.see("/p/3").page.locator("[name=csrfmiddlewaretoken]").last.evaluate("one => one.remove()")
    screen.meet(person.go(), "a form without its secret")
    person.see("/p/3").page.locator("main form").evaluate(
        """form => { for (let i = 0; i < 600; i++) form.append(Object.assign(document.createElement("input"), {name: `n${i}`})) }"""
    )
    screen.meet(person.go(), "too many fields")
    screen.meet(person.see("/check"), "/check")


def postcode(rows):
    """A postcode at which the landlord has homes."""
    from haven.homes.models import Property

    return rows.ask(Property.objects.values_list("postcode", flat=True).order_by("pk").first)


def meet_own_pages(screen, person, rows):
    """The receipt, and everything behind the code, with something to read and to answer."""
    person.see("/check").send()
    reference, code = person.receipt
    rows.ask(ask_something, reference, "Is the door mended now?")
    for path in OWN:
        screen.meet(person.see(path))
    for path, name in PRESSED.items():
        person.see(path).click(person.page.locator("main form button").last)
        screen.meet(person, f"{path}: {name}", most=1)
    person.see("/mine").click(person.page.locator("form[action='/mine/read'] button"))
    screen.meet(person, "/mine with a question")
    person.click(person.page.locator("form[action='/mine/reply'] button"))
    screen.meet(person, "/mine with an empty answer")
    person.see("/mine/allow").answer(permission_POLICE="NO").click(person.page.locator("main form button").last)
    screen.meet(person, "/mine after a change")
    person.see("/mine/renew").click(person.page.locator("main form button").last)
    screen.meet(person, "a new code was asked for")


def test_nobody_is_kept_out_of_a_public_page(screen):
    assert not screen.found, screen.said()


def test_every_public_address_was_met(screen):
    from django.urls import resolve

    from haven.web.staff.guard import declared

    met = {
        resolve(name.split()[0].rstrip(":")).view_name
        for name in screen.met
        if name.startswith("/") and "nowhere" not in name
    }
    every = {route.name for route in declared() if route.name.startswith("public:")}
    assert every - met == {f"public:{name}" for name in NOT_PAGES}
