"""The list of questions, what may be answered, and what is said when an answer cannot be kept."""

from datetime import date

import pytest

from haven.reports import questions
from haven.reports.questions import Kind
from haven.reports.questions.reading import read_page
from haven.reports.questions.showing import told_rows

TODAY = date(2026, 11, 22)
SKIPPED, UNKNOWN, DECLINED = ({"non_answer": word} for word in ("skipped", "unknown", "declined"))


def page_of(code):
    """The page with this code."""
    return next(page for page in questions.pages() if page.code == code)


def read(code, answers=None, homes=lambda postcode: [], **sent):
    """What a page makes of what was sent."""
    posted = {name: value if isinstance(value, list) else [value] for name, value in sent.items()}
    return read_page(page_of(code), posted, answers=answers or {}, language="en", today=TODAY, homes=homes)


def test_pages_are_numbered_from_one_and_codes_are_used_once():
    pages = questions.pages()
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert len({page.code for page in pages}) == len(pages)
    codes = [question.code for page in pages for question in page.questions]
    assert {code for code in codes if codes.count(code) > 1} == {"place_words"}


def test_only_danger_and_what_happened_are_compulsory():
    assert {one.code for _page, one in questions.all_questions() if one.required} == {"danger", "account"}


def test_the_two_compulsory_questions_come_first():
    assert [page.code for page in questions.pages()[:3]] == ["danger", "now", "account"]


def test_somebody_to_whom_it_happened_sees_about_twenty_pages():
    answers = {"danger": ["NONE"], "role": "VICTIM", "when_kind": "exact", "place": "HOME", "identity": "anonymous"}
    assert 18 <= len(questions.asked_pages(answers)) <= 24


@pytest.mark.parametrize(
    ("answers", "page", "shown"),
    [
        ({"danger": ["HAPPENING_NOW"]}, "now", True),
        ({"danger": ["SUICIDAL"]}, "now", True),
        ({"danger": ["HOME_NOT_SECURE"]}, "now", False),
        ({"danger": ["NONE"]}, "now", False),
        ({"role": "VICTIM"}, "harmed", False),
        ({"role": "WITNESS"}, "harmed", True),
        ({"role": DECLINED}, "harmed", False),
        ({"when_kind": "range"}, "day", True),
        ({"when_kind": UNKNOWN}, "day", False),
        ({"place": "LIFT"}, "address", True),
        ({"place": "LIFT"}, "whereabouts", False),
        ({"place": "ONLINE"}, "whereabouts", True),
        ({"place": SKIPPED}, "whereabouts", False),
        ({"history": "often"}, "earlier", True),
        ({"history": "first"}, "earlier", False),
        ({"responsible_kinds": ["NEIGHBOUR"]}, "them", True),
        ({"responsible_kinds": UNKNOWN}, "them", False),
        ({"permission_POLICE": "WITH_NAME"}, "police_ways", True),
        ({"permission_POLICE": "WITHOUT_NAME"}, "police_ways", False),
        ({"identity": "confidential"}, "name", True),
        ({"identity": "anonymous"}, "name", False),
        ({"preferred": "call"}, "reach", True),
        ({"preferred": "code"}, "reach", False),
        ({"preferred": "none"}, "reach", False),
    ],
)
def test_a_page_is_shown_when_what_was_answered_calls_for_it(answers, page, shown):
    assert page_of(page).shown_when(answers) is shown


def test_answers_to_questions_that_are_not_asked_fall_away_one_after_the_other():
    answers = {
        "role": "VICTIM",
        "harmed_name": "x",
        "place": "ONLINE",
        "home": "1",
        "postcode": "x",
        "strands": ["AGE"],
    }
    assert questions.pruned(answers) == {"role": "VICTIM", "place": "ONLINE", "strands": ["AGE"]}


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"strands": ["RACE", "AGE"]}, ["RACE", "AGE"]),
        ({"strands": ["RACE", "RACE"]}, ["RACE"]),
        ({"strands": "unknown"}, UNKNOWN),
        ({"strands": "declined"}, DECLINED),
        ({}, SKIPPED),
        ({"strands": ""}, SKIPPED),
    ],
)
def test_several_reasons_may_be_ticked_or_none_for_three_different_reasons(sent, answer):
    assert read("why", **sent).answers["strands"] == answer


@pytest.mark.parametrize(
    ("page", "sent", "code"),
    [
        ("why", {"strands": ["RACE", "unknown"]}, "strands"),
        ("danger", {"danger": ["NONE", "FIRE"]}, "danger"),
        ("danger", {"danger": ["ONLINE_ONLY"]}, "danger"),
        ("danger", {"danger": ["unknown"]}, "danger"),
        ("role", {"role": "STAFF"}, "role"),
        ("role", {"role": "unknown"}, "role"),
        ("place", {"place": "../etc"}, "place"),
        ("identity", {"identity": "declined"}, "identity"),
        ("permissions", {"permission_POLICE": "NOT_ASKED"}, "permission_POLICE"),
        ("hearing", {"spoken": "klingon"}, "spoken"),
        ("account", {"account": " \r\n"}, "account"),
        ("account", {"account": "x" * 1_000_001}, "account"),
        ("name", {"name": "x" * 501}, "name"),
        ("danger", {}, "danger"),
    ],
)
def test_an_answer_that_was_not_offered_or_does_not_fit_gets_its_message(page, sent, code):
    reading = read(page, **sent)
    assert code in reading.errors
    assert code not in reading.answers


def test_a_wrong_answer_leaves_the_right_ones_of_its_page():
    reading = read("them", responsible_names="Colin", vehicle="x" * 501, has_key="no")
    assert set(reading.errors) == {"vehicle"}
    assert reading.answers["responsible_names"] == "Colin"
    assert reading.answers["has_key"] == "no"


@pytest.mark.parametrize(
    "words", ["x" * 1_000_000, "a\x00b", "\u202e\u2066كلمة\u2069", "👩‍👩‍👧", "a\u0301", " lead", "trail "]
)
def test_words_are_kept_as_they_were_typed(words):
    assert read("account", account=words).answers["account"] == words


def test_only_the_line_ends_that_browsers_change_are_set_right():
    assert read("account", account="one\r\ntwo\rthree\nfour").answers["account"] == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [
        ("3", "11", "2026", {"day": "3", "month": "11", "year": "2026"}),
        ("", "2", "2024", {"month": "2", "year": "2024"}),
        ("", "", "2025", {"year": "2025"}),
        ("٣", "١١", "٢٠٢٦", {"day": "3", "month": "11", "year": "2026"}),
        (" 29 ", "2", "2024", {"day": "29", "month": "2", "year": "2024"}),
        ("22", "11", "2026", {"day": "22", "month": "11", "year": "2026"}),
    ],
)
def test_a_date_may_lack_its_day_and_its_month(day, month, year, kept):
    sent = {"when_from-day": day, "when_from-month": month, "when_from-year": year}
    assert read("day", {"when_kind": "exact"}, **sent).answers["when_from"] == kept


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2026"),
        ("29", "2", "2025"),
        ("23", "11", "2026"),
        ("", "", "2027"),
        ("1", "", "2026"),
        ("1", "13", "2026"),
        ("1", "0", "2026"),
        ("x", "1", "2026"),
        ("1", "1", ""),
        ("1", "1", "26"),
        ("1", "1", "99999999999"),
        ("-1", "1", "2026"),
        ("1", "März", "2026"),
        ("²", "1", "2026"),
    ],
)
def test_a_date_that_cannot_be_gets_its_message(day, month, year):
    sent = {"when_from-day": day, "when_from-month": month, "when_from-year": year}
    reading = read("day", {"when_kind": "exact"}, **sent)
    assert "when_from" in reading.errors


def test_the_last_day_is_not_before_the_first():
    sent = {"when_from-day": "5", "when_from-month": "3", "when_from-year": "2026"}
    reading = read("day", {"when_kind": "range"}, **sent, **{"when_to-month": "2", "when_to-year": "2026"})
    assert set(reading.errors) == {"when_to"}
    assert read("day", {"when_kind": "range"}, **sent, **{"when_to-month": "3", "when_to-year": "2026"}).errors == {}


def test_a_home_has_to_be_one_of_those_at_the_postcode():
    homes = {"ZZ1 2AB": [(7, "12 Quay Lane")]}
    lookup = lambda postcode: homes.get(postcode, [])  # noqa: E731
    assert read("address", homes=lookup, postcode="zz1 2ab", home="7").answers["home"] == "7"
    assert "home" in read("address", homes=lookup, postcode="zz1 2ab", home="8").errors
    assert "home" in read("address", homes=lookup, postcode="ZZ9 9ZZ", home="7").errors
    assert "home" in read("address", homes=lookup, home="7").errors
    assert read("address", homes=lookup, postcode="zz1 2ab", home="not_listed").answers["home"] == SKIPPED


def test_every_offered_answer_can_be_given():
    for page, question in questions.all_questions():
        for choice in question.offered("en"):
            posted = {question.code: [choice.code]}
            reading = read_page(page, posted, answers=ANY_ROUTE, language="en", today=TODAY, homes=lambda postcode: [])
            if question.shown_when(ANY_ROUTE):
                kept = [choice.code] if question.kind == Kind.MANY else choice.code
                assert reading.answers[question.code] == kept, (question.code, choice.code)


ANY_ROUTE = {"when_kind": "range", "preferred": "in_person", "role": "PROFESSIONAL"}


def test_the_desk_sees_every_answer_in_words_with_what_was_left_open():
    rows = told_rows(
        {
            "account": "He shouted.",
            "when_from": {"month": "3", "year": "2026"},
            "strands": ["RACE"],
            "harm": DECLINED,
            "place": "HOME",
            "home": "7",
        },
        homes={"7": "12 Quay Lane"},
    )
    shown = {row.code: row.lines for row in rows}
    assert shown["account"] == ("He shouted.",)
    assert shown["when_from"] == ("March 2026",)
    assert shown["harm"] == ("I prefer not to say",)
    assert shown["home"] == ("12 Quay Lane",)
    assert shown["strands"][0].startswith("Race")
    assert "wants" not in shown


def test_every_page_says_why_it_asks_but_those_that_only_ask_on():
    silent = {page.code for page in questions.pages() if page.questions and not page.why}
    assert silent == {"day", "whereabouts", "earlier"}
