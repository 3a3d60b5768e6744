"""The identity shield: leaks of every kind are found, in every spelling, and ordinary letters pass."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.confidentiality.shield import Kind, Moment, Place, Protected, Somebody, scan

ACCOUNT = (
    "He kicked my door and shouted go back where you came from, and I was holding the samovar. His dog is called Tyson. "
    "My car is AB12 CDE. You can ring my sister on 0191 498 0123 or write to her at farah.aziz@post.example."
)
PROTECTED = Protected(
    people=(
        Somebody(names=("Amina Yusuf", "Mina"), telephones=("07700 900123",), emails=("amina.yusuf82@mail.example",)),
        Somebody(names=("Mohammed O'Brien",)),
        Somebody(names=("May Lin",)),
        Somebody(names=("Robert Al-Tayib",)),
        Somebody(names=("Łukasz Dąbrowski",)),
    ),
    places=(
        Place(saon="Flat 4", paon="24", street="Larch Road", locality="Fellside", town="Merrowdale", postcode="ZZ1 4ST"),
    ),
    moments=(Moment(date(2026, 11, 22), time(21, 40)), Moment(date(2026, 11, 25)), Moment(date(2026, 3, 3), time(9, 10))),
    accounts=(ACCOUNT,),
    words=("blue heron",),
    own_names=("Dean Hall",),
    own_places=(Place(paon="7", street="Birch Way", town="Merrowdale", postcode="ZZ1 1AA"),),
    ordinary=("You must not harass, threaten or attack any person.",),
)
LEAKS = {
    Kind.NAME: [
        "Amina", "AMINA", "amina", "Aminas", "Amina’s", "Yusuf’s", "the Yusufs", "Yussuf", "Yousef", "Yusif", "Jusuf",
        "Amena", "Aminah", "Ameena", "A m i n a", "Y-u-s-u-f", "Ami-na", "Amina-Yusuf", "aminayusuf", "Mina",
        "Amina\u200bYusuf", "Ам\u0438на", "أمينة", "يوسف", "Αμινα", "Muhammad", "Mohamed", "Mohammad’s", "Muhamad",
        "Mo", "O'Brien", "OBrien", "O’Briens", "O`Brien", "Obrian", "May said", "that May", "may lin", "may’s door",
        "Bob", "Rob", "Bobby", "Al-Tayib", "Altayib", "al tayib", "Tayeb", "Łukasz", "Lukasz", "Łukasza", "Dabrowski",
        "Dąbrowskiego", "Dabrovski", "Damrowski", "AmІna",
    ],
    Kind.INITIALS: [
        "A.Y.", "AY", "A Y", "A. Y.", "a.y.", "Ms Y", "Mrs. A", "M.O.B.", "R.A.T.", "ML told us",
    ],
    Kind.ADDRESS: [
        "24 Larch Road", "24, Larch Rd", "Larch Road", "Larch Rd.", "LarchRoad", "Larch", "Larches", "Larck",
        "number 24", "no. 24", "No 24", "at 24", "#24", "house twenty-four", "number twenty four", "flat 4",
        "Flat four", "flat no. 4", "ZZ1 4ST", "zz14st", "ZZ1-4ST", "Z Z 1 4 S T", "Fellside", "fellside",
    ],
    Kind.TELEPHONE: [
        "07700 900123", "07700900123", "0 7 7 0 0 9 0 0 1 2 3", "07700-900-123", "(07700) 900 123", "+44 7700 900123",
        "+44(0)7700 900123", "0044 7700 900123", "900123", "7700.900.123",
        "oh seven seven double oh nine oh oh one two three", "٠٧٧٠٠٩٠٠١٢٣", "0191 498 0123",
    ],
    Kind.EMAIL: [
        "amina.yusuf82@mail.example", "AMINA.YUSUF82@MAIL.EXAMPLE", "amina.yusuf82 @ mail.example",
        "amina.yusuf82 at mail dot example", "amina.yusuf82(at)mail.example", "amina.yusuf82 [at] mail [dot] example",
        "amina.yusuf82", "farah.aziz@post.example",
    ],
    Kind.VEHICLE: [
        "AB12 CDE", "ab12cde", "AB 12 CDE",
    ],
    Kind.DATE: [
        "22 November 2026", "22nd November", "the 22nd of November", "22 Nov", "22 Nov. 2026", "November 22",
        "Nov 22nd, 2026", "22/11/2026", "22/11/26", "22.11.2026", "22-11-2026", "2026-11-22", "11/22/2026", "22/11",
        "20261122", "twenty-second of November", "Sunday 22 November", "Sunday", "on Sunday night", "Sundays",
        "Sun night", "the 22nd", "the twenty second", "25 November", "3 March", "third of March", "yesterday",
        "last night", "three nights ago", "last weekend", "Wednesday",
    ],
    Kind.TIME: [
        "21:40", "21.40", "2140 hrs", "9:40pm", "9.40 p.m.", "9:40 in the evening", "twenty to ten", "20 to 10",
        "twenty minutes to ten", "forty minutes past nine", "half past nine", "half nine at night", "quarter to ten",
        "a quarter to ten", "about ten o’clock", "nine forty pm", "9:30 pm", "just before ten", "ten at night",
        "9.10am", "ten past nine in the morning", "21h40",
    ],
    Kind.PHRASE: [
        "go back where you came from", "Go back, where you came from!", "kicked my door and shouted",
    ],
    Kind.WORD: [
        "samovar", "Samovars", "Tyson", "blue heron",
    ],
}  # fmt: skip
CLEAN = [
    "We are writing because of how you have behaved towards other people where you live.",
    "You have shouted abuse at people because of who they are. You may tell us your side within 14 days.",
    "You must not threaten, insult or attack anybody, and may not allow anyone who visits you to do so.",
    "Please reply by 14 December 2026. Our office is open Monday to Friday from 9am to 5pm.",
    "If this goes on we may ask the court for an injunction, or to end your tenancy of 7 Birch Way, ZZ1 1AA.",
    "Dear Dean Hall, your tenancy began on 1 January 2015. A copy of clause 4.2 is below.",
    "In the last 24 months you were written to twice. You can have help with drink or drugs, and with your temper.",
    "We have found that you painted insulting words on a wall, and that you threw eggs at a window, more than once.",
    "You can telephone us on 01632 960 100 at any time. Nothing in this letter stops you from complaining about us.",
    "Merrowdale is a place where people of every religion live in peace, and we intend that it stays so.",
    "You must not harass, threaten or attack any person. This includes anyone who lives with you or visits you.",
    "A member of your household used racist language at about midday in the street, and on 4 occasions since the summer.",
    "We will look at this again in three months. If nothing more happens by then, this warning ends after 12 months.",
    "You said that it was a joke. It is not a joke to the people who hear it, and it must stop now.",
    "Please do not try to find out who has spoken with us. We hear of such things in many ways, also from our own staff.",
]


def kinds(text, protected=PROTECTED, language="en"):
    return {each.kind for each in scan(text, protected, language=language)}


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(("kind", "leak"), [(kind, leak) for kind, leaks in LEAKS.items() for leak in leaks])
def test_a_leak_is_found_wherever_it_stands(kind, leak):
    for text in (leak, f"We know that {leak} is part of this.", f"Please stop ({leak}), or else."):
        assert kinds(text), text
    found = kinds(f"We know that {leak} is part of this.")
    assert kind in found or {Kind.NAME, Kind.PHRASE, Kind.ADDRESS} & found


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("text", CLEAN)
def test_an_ordinary_letter_passes(text):
    assert scan(text, PROTECTED) == ()


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("kind", LEAKS)
def test_what_is_found_stands_where_it_was_said_to_be(kind):
    for leak in LEAKS[kind]:
        text = f"You were told of {leak} before now."
        for each in scan(text, PROTECTED):
            assert text[each.start : each.end] == each.words or each.words == "blue heron"
            assert each.why
            assert each.kind.label


@pytest.mark.clause("3.3.3")
@given(st.lists(st.sampled_from([" ", "-", ".", "", " - ", "\u00a0", "/"]), min_size=11, max_size=11))
def test_a_telephone_number_is_found_in_any_spacing(between):
    number = "".join(digit + gap for digit, gap in zip("07700900123", between, strict=True))
    assert Kind.TELEPHONE in kinds(f"Ring {number} now.")


@pytest.mark.clause("3.3.3")
@given(
    st.sampled_from(["amina", "yusuf", "mohammed", "dąbrowski"]),
    st.integers(0, 9),
    st.sampled_from("aeioukstz"),
    st.sampled_from(["changed", "put in", "left out"]),
)
def test_a_name_with_one_wrong_letter_is_found(name, place, letter, how):
    at = place % len(name)
    ways = {"changed": (letter, at + 1), "put in": (letter, at), "left out": ("", at + 1)}
    changed = name[:at] + ways[how][0] + name[ways[how][1] :]
    assert kinds(f"We know that {changed.title()} spoke with us.") & {Kind.NAME}, changed


@pytest.mark.clause("3.3.3")
@given(st.text(max_size=300))
def test_no_text_breaks_the_shield(text):
    for each in scan(text, PROTECTED):
        assert 0 <= each.start < each.end <= len(text)


def test_the_recipients_own_name_and_address_are_no_leak():
    own = Protected(
        people=(Somebody(names=("Amina Hall",)),),
        places=(Place(paon="9", street="Birch Way", town="Merrowdale", postcode="ZZ1 1AA"),),
        own_names=("Dean Hall",),
        own_places=PROTECTED.own_places,
    )
    assert not scan("Dear Mr Hall, this is about your home at 7 Birch Way, Merrowdale, ZZ1 1AA.", own)
    assert kinds("Amina Hall of 9 Birch Way told us.", own) == {Kind.NAME, Kind.ADDRESS}


def test_unusual_words_are_looked_for_in_english_and_phrases_in_every_language():
    account = "هو ركل بابي وصرخ عد من حيث أتيت كل ليلة"
    told = Protected(accounts=(account,), people=(Somebody(names=("Amina Yusuf",)),))
    assert kinds("قلت له عد من حيث أتيت مرة أخرى", told, "ar") == {Kind.PHRASE}
    assert kinds("بابي مفتوح", told, "ar") == set()


def test_nothing_is_found_where_nothing_is_to_be_protected():
    assert scan("Amina Yusuf, 24 Larch Road, on Sunday at 21:40", Protected()) == ()
    assert Protected().is_empty
    assert not PROTECTED.is_empty
