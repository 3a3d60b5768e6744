"""What a telephone keeps and shows of these pages: titles, addresses, cookies, headers; and that each page is sound."""

import re

import pytest

from haven.reports import questions
from tests.web.public.visitor import ACCOUNT

pytestmark = pytest.mark.django_db
TELLING = ("hate", "crime", "harass", "abuse", "report", "incident", "danger", "victim", "racis", "police", "999")
OPEN = ["/", "/before", "/safe", "/code", "/lost", "/nothing"]
BEGUN = [f"/p/{number}" for number in range(1, 31)] + ["/check"]
SENT = ["/done", "/more", "/mine", "/mine/add", "/mine/allow", "/mine/reach", "/mine/renew"]


def pages_of(visitor):
    """Open every page that a visit has, in every state, and give its path."""
    for path in OPEN:
        yield path, visitor.see(path)
    visitor.send("/p/1", danger=["FIRE"]).send("/p/3", account=ACCOUNT)
    for number, answers in {
        4: {"role": "WITNESS"},
        6: {"when_kind": "range"},
        8: {"place": "HOME"},
        13: {"history": "often"},
        15: {"responsible_kinds": "NEIGHBOUR"},
        23: {"permission_POLICE": "WITH_NAME"},
        26: {"identity": "named"},
        28: {"preferred": "in_person"},
    }.items():
        visitor.send(f"/p/{number}", **answers)
    for path in BEGUN:
        visitor.see(path)
        if visitor.address == path:
            yield path, visitor
    visitor.see("/check").finish()
    for path in SENT:
        yield path, visitor.see(path)


def test_titles_are_neutral_unique_and_every_page_has_one_heading(visitor):
    titles = {}
    for path, page in pages_of(visitor):
        assert page.heading, path
        if path not in ("/before", "/safe", "/nothing", "/lost"):
            titles.setdefault(page.title, []).append(path)
        assert not [word for word in TELLING if word in page.title.lower()], page.title
    assert [paths for paths in titles.values() if len(paths) > 1] == []
    assert len(titles) >= 36


def test_addresses_are_neutral_and_hold_nothing_of_the_report(visitor):
    for path, page in pages_of(visitor):
        links = re.findall(r'(?:href|action|src)="([^"#][^"]*)"', page.html)
        for link in links:
            assert not [word for word in TELLING if word in link.lower() and not link.startswith("tel:")], (path, link)
            assert link.startswith(("/", "tel:")), (path, link)


def test_no_page_is_kept_and_no_other_site_is_told(visitor):
    for path, page in pages_of(visitor):
        assert page.page["Cache-Control"] == "no-store", path
        assert page.page["Referrer-Policy"] in ("same-origin", "no-referrer"), path
        assert "Content-Security-Policy" in page.page
        assert "<script>" not in page.html
        assert " style=" not in page.html
        assert "localStorage" not in page.html


def test_only_neutral_cookies_that_end_with_the_browser(visitor):
    visitor.tell().finish()
    visitor.send_all("/language", {"language": "ar", "next": "/"})
    assert set(visitor.client.cookies) <= {"visit", "token", "words"}
    for name, cookie in visitor.client.cookies.items():
        if name != "words":
            assert cookie["max-age"] == "", name
            assert cookie["expires"] == "", name
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name


def test_labels_and_descriptions_point_at_controls_that_exist(visitor):
    for path, page in pages_of(visitor):
        identifiers = re.findall(r'\bid="([^"]+)"', page.html)
        assert len(identifiers) == len(set(identifiers)), path
        for target in re.findall(r'\bfor="([^"]+)"', page.html):
            assert target in identifiers, (path, target)
        for described in re.findall(r'aria-describedby="([^"]+)"', page.html):
            assert set(described.split()) <= set(identifiers), (path, described)


def test_error_summaries_point_at_controls_that_exist(visitor):
    visitor.tell()
    wrong = {
        1: {"danger": "x"},
        3: {"account": ""},
        6: {"when_kind": "x"},
        12: {"incident_types": "x"},
        23: {"permission_FIRE": "x"},
    }
    visitor.send("/p/6", when_kind="range")
    for number, answers in {**wrong, 7: {"when_from-day": "99", "when_to-month": "13"}}.items():
        visitor.send_all(f"/p/{number}", answers)
        assert visitor.errors, number
        targets = re.findall(r"error-summary.*?</ul>", visitor.html, re.S)[0]
        for target in re.findall(r'href="#([^"]+)"', targets):
            assert f'id="{target}"' in visitor.html, (number, target)


def test_the_first_page_says_how_long_who_reads_it_and_what_we_never_do(visitor):
    text = visitor.see("/").text
    for words in (
        "about five minutes",
        "A trained person reads it within",
        "What we never do",
        "I have a code",
        "01632",
        "999",
    ):
        assert words in text


def test_words_to_avoid_on_public_pages_are_avoided(visitor):
    avoided = ("perpetrator", "protected characteristic", "incident type", "case management", "submit")
    for path, page in pages_of(visitor):
        assert not [word for word in avoided if word in page.text.lower()], path


def test_the_pages_after_the_first_question_say_what_the_exit_does(visitor):
    text = visitor.see("/before").text
    for words in ("deleted at once", "is not deleted", "Coming back"):
        assert words in text


def test_every_page_of_questions_shows_the_way_out(visitor):
    for path, page in pages_of(visitor):
        if path not in ("/nothing",):
            assert 'href="/leave"' in page.html, path


def test_each_page_number_leads_to_its_page(visitor):
    assert len(questions.pages()) == 30
