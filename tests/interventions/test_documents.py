"""Letters as documents: accessible, in the language of the letter, and with nothing in their data that identifies."""

import io
import json
from datetime import date

import pikepdf
import pytest

from haven.interventions.letters import documents
from haven.interventions.letters.content import CLAUSES, HEADINGS, Clause, Content, Text
from haven.interventions.letters.documents import FORMATS, document, html, large_print, pdf, plain
from haven.kernel.decision import Refused
from haven.policy.pack import pack
from haven.web.assets.build import build

ODD = "#evil() $x$ <b>bold</b> @here *star* Paweł Dąbrowny."
WORDS = {part: f"Words about {part}. {ODD}\n\nA second paragraph." for part in HEADINGS}
CLAUSE = Clause(number="4.2", heading="Respect", words="You must not harass anybody.")


def letter(language="", **parts):
    english = Text(language="en", headings=HEADINGS, parts={**WORDS, **parts}, clauses_heading=CLAUSES, clauses=(CLAUSE,))
    translated = None
    if language:
        said = {"ar": "كلمات عن السلوك", "pl": "Słowa o zachowaniu", "am": "ስለ ባህሪ"}[language]
        translated = Text(
            language=language, headings=dict.fromkeys(HEADINGS, said), parts=dict.fromkeys(HEADINGS, said),
            clauses_heading=said, clauses=(Clause(number="4.2", heading=said, words=said),),
        )  # fmt: skip
    return Content(
        to=("Dean Hall",), address=("7 Birch Way", "Exampleton", "ZZ1 1AA"), dated=date(2026, 11, 23),
        reference="Our reference: HC-7K2M-94T", tenancy="5", officer="Ada Worker", telephone="01632 960 100",
        english=english, translated=translated,
    )  # fmt: skip


def opened(made):
    return pikepdf.open(io.BytesIO(made))


def tags(node):
    """The roles of the structure tree, from the top down."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from tags(node.K)
    elif isinstance(node, pikepdf.Array):
        for each in node:
            yield from tags(each)


@pytest.mark.clause("3.4.3(c)")
@pytest.mark.parametrize("make", [pdf, large_print])
@pytest.mark.parametrize(("language", "tag"), [("", "en-GB"), ("pl", "pl"), ("ar", "ar")])
def test_a_pdf_is_tagged_titled_and_says_its_language(make, language, tag):
    made = opened(make(letter(language)))
    root = made.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == tag
    assert root.ViewerPreferences.DisplayDocTitle
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root.Metadata.read_bytes()
    found = list(tags(root.StructTreeRoot))
    assert found.count("/H1") == 1
    assert found.count("/H2") == len(HEADINGS) + 1
    assert "/P" in found


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("make", [pdf, large_print])
def test_the_data_of_a_pdf_identify_nobody(make):
    made = opened(make(letter()))
    said = " ".join([*(f"{key} {value}" for key, value in made.docinfo.items()), made.Root.Metadata.read_bytes().decode()])
    for telling in ("Dean", "Hall", "Birch", "HC-", "Ada", "warning", "hate", "behaviour", "2026-11-23"):
        assert telling.lower() not in said.lower()
    assert str(made.docinfo["/Title"]) == f"A letter from {pack().landlord.name}"


def test_large_print_is_larger():
    assert len(opened(large_print(letter())).pages) > len(opened(pdf(letter())).pages)


def test_every_letter_of_the_alphabet_is_set_in_the_font_that_reads_easily():
    build()
    made = opened(pdf(letter()))
    fonts = {str(font.BaseFont) for page in made.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("Hyperlegib" in font for font in fonts)


def test_no_text_of_a_letter_becomes_a_command():
    for made in (html(letter()).decode(), plain(letter()).decode()):
        assert "#evil()" in made
    assert "<b>bold" not in html(letter()).decode()
    assert "&lt;b&gt;bold" in html(letter()).decode()
    assert len(pdf(letter())) > 5000


def test_every_format_holds_every_part_and_the_clause():
    for made in (html(letter()).decode(), plain(letter()).decode()):
        for part, heading in HEADINGS.items():
            assert heading in made
            assert f"Words about {part}." in made
        assert "You must not harass anybody." in made
        assert made.index("What has happened") < made.index("4.2") < made.index("What must change")
        assert "Dean Hall" in made
        assert "23 November 2026" in made


def test_a_page_says_its_language_and_direction_and_asks_for_nothing():
    page = html(letter("ar")).decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "http" not in page
    assert "<title>A letter from" in page
    assert page.count("<h1>") == 1


@pytest.mark.clause("3.4.3(c)")
def test_a_script_without_a_font_is_refused_in_words(monkeypatch, tmp_path):
    monkeypatch.setattr(documents, "OWN_FONT", frozenset({"am"}))
    with pytest.raises(Refused, match="no font"):
        pdf(letter("am"))
    assert "ስለ" in plain(letter("am")).decode()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_name_of_a_file_is_a_number(kind):
    made = document(letter(), kind=kind, number=7)
    assert made.name.startswith("letter-7")
    assert made.content


def test_a_letter_comes_back_as_it_was_kept_and_a_word_changes_its_hash():
    kept = json.loads(json.dumps(letter("pl").as_json()))
    assert Content.from_json(kept) == letter("pl")
    key = b"k" * 32
    hashes = {each.fixed_by(key) for each in (letter(), letter("pl"), letter(conduct="Words."), letter(conduct="Words "))}
    assert len(hashes) == 4
    assert letter().fixed_by(key) == letter().fixed_by(key)
    assert letter().fixed_by(b"j" * 32) not in hashes


def test_the_shield_reads_what_was_written_in_both_languages():
    parts = letter("pl").for_shield()
    assert parts["conduct"] == WORDS["conduct"]
    assert parts["translated-conduct"] == "Słowa o zachowaniu"
    assert "translated-heading-reply" in parts
    assert "translated-clause-0" in parts
