"""Every word of the public pages in every language that is shipped, and pages that mirror for right-to-left ones."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import haven.web.public
from haven.jobs import catalogues
from tests.web.public.words import every_word

CATALOGUES = sorted(Path(haven.web.public.__file__).parent.glob("locale/*/LC_MESSAGES/django.po"))
PLACE = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """The catalogues as Django reads them."""
    catalogues.main()


def read(path):
    """A catalogue."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def key_of(message):
    """How a word is known: with its context, by its singular."""
    first = message.id[0] if isinstance(message.id, tuple) else message.id
    return f"{message.context}\x04{first}" if message.context else first


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_has_every_word_of_the_pages_and_no_others(path):
    known = {key_of(message) for message in read(path) if message.id}
    words = set(every_word())
    assert sorted(words - known) == []
    assert sorted(known - words) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_word_is_translated_with_the_same_places_for_what_is_filled_in(path):
    for message in read(path):
        if not message.id:
            continue
        several = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(one.strip() for one in several), message.id
        assert not message.fuzzy, message.id
        if isinstance(message.id, str):
            assert sorted(PLACE.findall(message.id)) == sorted(PLACE.findall(message.string)), message.id
        else:
            allowed = set(PLACE.findall(message.id[1]))
            assert all(set(PLACE.findall(one)) <= allowed for one in several), message.id


def test_arabic_and_english_are_shipped(settings):
    assert [code for code, _name in settings.LANGUAGES] == ["en-gb", "ar"]
    assert [path.parts[-3] for path in CATALOGUES] == ["ar"]


def arabic(visitor):
    """Choose Arabic."""
    return visitor.send_all("/language", {"language": "ar", "next": "/"})


def test_the_whole_form_is_in_arabic_and_mirrored(visitor):
    arabic(visitor)
    latin = re.compile(r"[A-Za-z]{3,}")
    allowed = {
        "Wrenfold",
        "Homes",
        "English",
        "Shift",
        "BSL",
        "Relay",
        "bsl",
        "NHS",
        "Samaritans",
        "PDF",
        "Word",
        "Excel",
    }
    visitor.send("/p/1", danger=["FIRE"])
    paths = ["/", "/before", "/safe", "/code", "/lost", "/p/2", "/p/3"]
    for path in paths:
        visitor.see(path)
        assert '<html lang="ar" dir="rtl">' in visitor.html
        rest = [word for word in latin.findall(re.sub(r"\S+\.co\.uk", "", visitor.text)) if word not in allowed]
        assert rest == [], path
    visitor.send("/p/3", account="صرخ في وجهي")
    seen = 0
    while visitor.address.startswith("/p/"):
        rest = [word for word in latin.findall(without_choices_by_name(visitor)) if word not in allowed]
        assert rest == [], visitor.address
        visitor.send(visitor.address, **({"place": "HOME"} if visitor.address == "/p/8" else {}))
        seen += 1
    assert seen >= 18
    visitor.see("/check").finish()
    rest = [word for word in latin.findall(visitor.text) if word not in allowed and not word.startswith("HV")]
    assert [word for word in rest if not re.fullmatch(r"[B-Z]+", word)] == []


def without_choices_by_name(visitor):
    """The words of a page without languages by their own names."""
    from html import unescape

    html = re.sub(r"<option.*?</option>", "", visitor.html, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_the_page_says_that_nobody_has_reviewed_the_translation(visitor):
    assert "native reader" not in visitor.see("/").text
    assert "لم يراجع هذه الترجمة" in arabic(visitor).text


def test_a_report_told_in_arabic_says_so(visitor):
    from haven.reports.models import Report

    arabic(visitor)
    visitor.tell(account="صرخ في وجهي على الدرج").finish()
    report = Report.objects.get()
    assert (report.language, report.account) == ("ar", "صرخ في وجهي على الدرج")


def test_times_and_counts_are_said_in_arabic(visitor):
    arabic(visitor)
    assert re.search(r"خلال (ساعة واحدة|ساعتين)", visitor.see("/").text)
    visitor.tell().finish()
    assert re.search(r"(اليوم|غدًا) قبل \d\d:\d\d", visitor.text)


def test_the_telephones_own_language_is_used_until_another_is_chosen(visitor):
    page = visitor.client.get("/", headers={"Accept-Language": "ar-SY,ar;q=0.9"})
    assert b'lang="ar"' in page.content
    page = visitor.client.get("/", headers={"Accept-Language": "fr"})
    assert b'lang="en"' in page.content
