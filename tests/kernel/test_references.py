"""References and codes: what people read aloud, write down and type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haven.kernel.references import ALPHABET, new_code, new_reference, read_code, read_reference, shown_code

BODIES = st.text(ALPHABET, min_size=6, max_size=6)


def reference_of(body, prefix="HV"):
    """The one reference with this body."""
    found = [r for c in ALPHABET if (r := read_reference(f"{prefix}-{body[:4]}-{body[4:]}{c}"))]
    assert len(found) == 1, "exactly one check character fits"
    return found[0]


def test_a_new_reference_reads_back_as_itself():
    for _ in range(200):
        made = new_reference("HV")
        assert read_reference(made) == made
        assert len(made) == 11


def test_references_spell_no_words_and_avoid_what_is_misread():
    assert not set("AEIOUYL01") & set(ALPHABET)
    assert len(set(ALPHABET)) == 27


@settings(deadline=None)
@given(BODIES)
def test_every_single_wrong_character_is_found(body):
    """Exhaustive for each body: 7 places × 26 other characters."""
    right = reference_of(body)
    for place in (3, 4, 5, 6, 8, 9, 10):
        for other in set(ALPHABET) - {right[place]}:
            assert read_reference(right[:place] + other + right[place + 1 :]) is None


@settings(deadline=None)
@given(BODIES)
def test_every_wrong_letter_of_the_prefix_is_found(body):
    right = reference_of(body)
    for place in (0, 1):
        for other in set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {right[place]}:
            assert read_reference(right[:place] + other + right[place + 1 :]) is None


@settings(deadline=None)
@given(BODIES)
def test_every_swap_of_neighbours_is_found(body):
    right = reference_of(body).replace("-", "")
    for place in range(2, 8):
        swapped = [*right]
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        if right[place] != right[place + 1]:
            assert read_reference("".join(swapped)) is None


def test_every_pair_of_neighbours_is_told_from_its_swap():
    """Exhaustive over all pairs at all places: the check is linear, so the other characters do not matter."""
    for place in range(5):
        for one in ALPHABET:
            for other in set(ALPHABET) - {one}:
                body = "2" * place + one + other + "2" * (4 - place)
                swapped = "2" * place + other + one + "2" * (4 - place)
                assert reference_of(body)[-1] != reference_of(swapped)[-1]


def test_the_letters_of_the_prefix_are_told_from_their_swap():
    assert read_reference(reference_of("7K2M94").replace("HV", "VH")) is None


def test_a_report_and_a_case_with_the_same_characters_are_told_apart():
    assert reference_of("7K2M94", "HV")[3:] != reference_of("7K2M94", "HC")[3:]


@pytest.mark.parametrize(
    "typed",
    ["{0}", " {0} ", "{1}", "{2}", "{3}", "\u2067{0}\u2069", "{4}"],
    ids=[
        "as shown",
        "spaces",
        "small letters",
        "no dashes",
        "spaces for dashes",
        "isolated",
        "arabic digits",
    ],
)
def test_what_people_type_is_tidied(typed):
    right = reference_of("7K2M94")
    arabic = right.translate({ord(str(n)): chr(0x0660 + n) for n in range(10)})
    shapes = (right, right.lower(), right.replace("-", ""), right.replace("-", " "), arabic)
    assert read_reference(typed.format(*shapes)) == right


@pytest.mark.parametrize(
    "typed", ["", "HV", "HV-7K2M-94", "HV-7K2M-94TT", "72-7K2M-94T", "HV-AEIO-UUU", "\0", "🙂" * 9]
)
def test_what_cannot_be_a_reference_is_told_so(typed):
    assert read_reference(typed) is None


def test_a_code_is_sixteen_digits_shown_in_fours():
    code = new_code()
    assert len(code) == 16
    assert code.isdecimal()
    assert [len(part) for part in shown_code(code).split(" ")] == [4, 4, 4, 4]
    assert read_code(shown_code(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "1234567890123456",
        "1234 5678 9012 3456",
        "1234-5678-9012-3456",
        "1234–5678—9012−3456",
        "1234.5678.9012.3456",
        "\u202a1234\u00a05678\u2009 9012\u202f3456\u202c\r\n",
        "\ufeff1234\u200b567890123456",
        "١٢٣٤ ٥٦٧٨ ٩٠١٢ ٣٤٥٦",
        "۱۲۳۴-۵۶۷۸-۹۰۱۲-۳۴۵۶",
        "१२३४५६७८९०१२३४५६",
        "１２３４５６７８９０１２３４５６",
    ],
)
def test_a_code_is_read_however_it_was_typed_or_pasted(typed):
    assert read_code(typed) == "1234567890123456"


@pytest.mark.parametrize(
    "typed",
    ["", "123456789012345", "12345678901234567", "1234567890I23456", "code 1234567890123456", "²" * 16, "½" * 16],
)
def test_what_is_not_a_code_is_told_so(typed):
    assert read_code(typed) is None
