"""Whatever a device may show or keep of the public pages says nothing of what they are about."""

import re

import pytest

from tests.journeys import everything
from tests.journeys.sights import look
from tests.journeys.test_reporting import is_as_told, kept, postcode_of
from tests.journeys.wrong import WRONG, go_wrong

pytestmark = pytest.mark.browser
TELLING = re.compile(
    r"hate|haras|crim|report|polic(?!y)|victim|incident|abus|racis|discriminat|violen|threat|complain|safeguard|perpetrat"
    r"|domestic|offen[cd]|attack|assault|bully|anti-?social|\basb\b|witness|999|danger|HV-|HC-|\d{4}.\d{4}.\d{4}",
    re.IGNORECASE,
)
TELLING_IN_ARABIC = re.compile(
    "كراهي|مضايق|تحرش|جريم|جرائم|بلاغ|تبليغ|إبلاغ|شرط|ضحي|ضحايا|حادث|حوادث|اعتداء|عنف|تهديد|شكو|عنصري|تمييز|خطر|999"
)
SAY_NOTHING = {"/nowhere": "nothing is there, and it says so like the first page", "/mine/now": "shows what /p/2 shows"}
ASIDE = ["/", "/before", "/safe", "/code", "/lost", "/mine", "/check", "/done", "/more", "/nowhere"]
OWN_PAGES = ["/mine", "/mine/add", "/mine/now", "/mine/allow", "/mine/reach", "/mine/renew"]


@pytest.fixture(scope="module", params=[("en", 320), ("ar", 1280)], ids=["narrow-English", "wide-Arabic"])
def visit(request, chromium, haven, rows):
    """Everything that one long visit showed: title, icon and storage of each page, and every answer of the server."""
    from tests.journeys.people import Reporter, Watched

    language, width = request.param
    browser = Watched(chromium, haven.url, width=width, height=800)
    person = Reporter(browser, language)
    shown = []

    def note(person):
        look(person)
        shown.append(
            person.page.evaluate(
                """() => ({
                  path: location.pathname + location.search + location.hash,
                  title: document.title,
                  description: [...document.querySelectorAll("meta[name=description],meta[property]")].length,
                  icons: [...document.querySelectorAll("link[rel~=icon],link[rel=manifest]")].map(one => one.href),
                  stored: localStorage.length + sessionStorage.length,
                  databases: "indexedDB" in window ? 0 : 1,
                  name: window.name,
                })"""
            )
        )

    person.arrive()
    for path in ASIDE:
        note(person.see(path))
    postcode = postcode_of(rows)
    everything.tell_everything(person, postcode, note)
    for wrong in (WRONG["danger not answered"], WRONG["nothing told"], WRONG["last day first"]):
        go_wrong(person, wrong)
        note(person)
    note(person.see("/check").send())
    reference, code = person.receipt
    note(person.return_with("1111222233334444"))
    person.return_with(code)
    for path in (*OWN_PAGES, "/more", "/done"):
        note(person.see(path))
    cookies = browser.context.cookies()
    headers = [(one.url, one.status, one.headers) for one in browser.answers]
    told = kept(rows, reference)
    yield {
        "told": told,
        "postcode": postcode,
        "shown": shown,
        "cookies": cookies,
        "headers": headers,
        "strangers": browser.strangers,
        "language": person.language,
    }
    browser.close()


def test_every_page_was_seen(visit):
    paths = {one["path"] for one in visit["shown"]}
    assert {*ASIDE[:4], *OWN_PAGES, "/check", "/done", *(f"/p/{number}" for number in everything.PAGES)} <= paths


def test_the_whole_report_arrived_as_it_was_told(visit):
    is_as_told(visit["told"], visit["postcode"])


def test_no_title_says_what_it_is_about(visit):
    telling = TELLING if visit["language"] == "en" else TELLING_IN_ARABIC
    titles = {one["title"] for one in visit["shown"]}
    assert [title for title in titles if telling.search(title) or TELLING.search(title)] == []


def test_no_address_says_what_it_is_about_or_holds_a_code(visit):
    addresses = [one["path"] for one in visit["shown"]] + [url for url, _status, _headers in visit["headers"]]
    assert [address for address in addresses if TELLING.search(address.partition("//")[2].partition("/")[2])] == []
    assert [
        address for address in addresses if "?" in address and not address.endswith(("?ok=added", "?ok=answered"))
    ] == []


def test_no_cookie_or_icon_or_header_says_what_it_is_about(visit):
    names = [one["name"] for one in visit["cookies"]]
    icons = [icon for one in visit["shown"] for icon in one["icons"]]
    headers = [
        f"{name}: {value}"
        for _url, _status, found in visit["headers"]
        for name, value in found.items()
        if name != "set-cookie"
    ]
    assert set(names) <= {"visit", "token", "words"}
    assert icons
    assert [one for one in [*names, *icons] if TELLING.search(one.rpartition("/")[2])] == []
    assert [one for one in headers if TELLING.search(one.replace("report-uri", ""))] == []


def test_cookies_end_with_the_browser_and_no_script_reads_them(visit):
    assert all(
        one["expires"] == -1 and one["httpOnly"] and one["sameSite"] in ("Lax", "Strict") for one in visit["cookies"]
    )


def test_no_page_is_kept_and_none_tells_others_where_one_was(visit):
    for url, _status, headers in visit["headers"]:
        assert "no-store" in headers.get("cache-control", ""), url
        assert headers.get("referrer-policy") in ("no-referrer", "same-origin"), url
        assert headers.get("x-frame-options") == "DENY", url
        assert headers.get("x-content-type-options") == "nosniff", url
        assert "default-src 'none'" in headers.get("content-security-policy", ""), url


def test_nothing_is_stored_in_the_browser_and_no_other_machine_is_asked(visit):
    assert all(one["stored"] == 0 and one["name"] == "" and one["description"] == 0 for one in visit["shown"])
    assert visit["strangers"] == []


def test_every_page_has_a_title_of_its_own(visit):
    first = {
        one["path"].partition("?")[0]: one["title"]
        for one in visit["shown"]
        if not one["title"].startswith(("Error", "خطأ"))
    }
    told = {path: title for path, title in first.items() if path.startswith("/p/")}
    assert len(set(told.values())) == len(told)
    other = {path: title for path, title in first.items() if path not in told and path not in SAY_NOTHING}
    doubles = sorted(path for path, title in other.items() if list(other.values()).count(title) > 1)
    assert doubles == []
