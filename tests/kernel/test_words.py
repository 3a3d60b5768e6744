"""Keyed word tokens: what is found, and what a stolen table gives away."""

import pytest

from haven.kernel import words
from haven.kernel.words import folded, query_tokens, token, tokens_of, words_of


def finds(typed, stored, *, names=True):
    """Whether what somebody types finds what was stored: each word by any of its tokens."""
    kept = set(tokens_of(stored, names=names))
    return all(kept & set(choices) for choices in query_tokens(typed)) and bool(words_of(typed))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("adeyemi", "Folasade Adeyemi"),
        ("ADEYEMI fola", "Folasade Adeyemi"),
        ("fol", "Folasade Adeyemi"),
        ("Muhammad", "Mohammed Hussein"),
        ("Husain", "Mohammed Hussein"),
        ("Catherine", "Kathryn Bell"),
        ("Jose", "José Peña"),
        ("josé", "JOSE PENA"),
        ("Lukasz", "Łukasz Wójcik"),
        ("strasse", "Straße"),
        ("obrien", "Siân O’Brien"),
        ("O'Brien", "Siân O’Brien"),
        ("smith jones", "Anne Smith-Jones"),
        ("smithjones", "Anne Smith-Jones"),
        ("محمد", "محمد علي"),
        ("مُحَمَّد", "محمد علي"),
        ("احمد", "أحمد"),
        ("علي", "محمد علي"),
        ("Иванов", "Мария Иванова"),
        ("мар", "Мария Иванова"),
        ("هارد", "هاردي"),
        ("বাং", "বাংলা"),
        ("ਪੰਜਾਬੀ", "ਪੰਜਾਬੀ"),
        ("김", "김 민준"),
    ],
)
def test_a_name_is_found_as_people_type_it(typed, stored):
    assert finds(typed, stored)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ade", "Folasade"),
        ("fo", "Folasade"),
        ("Smith", "Jones"),
        ("Маша", "Мария"),
        ("", "Anybody"),
        ("!?", "Anybody"),
    ],
)
def test_a_name_is_not_found_by_what_is_not_its_beginning(typed, stored):
    assert not finds(typed, stored)


def test_words_of_an_account_are_found_whole_only():
    assert finds("brick", "They threw a brick.", names=False)
    assert not finds("bri", "They threw a brick.", names=False)


def test_vowel_signs_stay_in_their_word():
    assert words_of("हिन्दी தமிழ் বাংলা") == [folded(word) for word in ("हिन्दी", "தமிழ்", "বাংলা")]


def test_nul_emoji_and_control_characters_are_no_words():
    assert words_of("\0🙂\u202e\ud800 _ --") == []


def test_a_million_characters_are_read_in_a_moment():
    assert len(words_of("word " * 200_000)) == 200_000


def test_tokens_are_keyed_so_a_stolen_table_cannot_be_looked_up(settings, tmp_path):
    ours = tokens_of("Adeyemi", names=True)
    other = tmp_path / "other.key"
    other.write_bytes(bytes(range(32)))
    settings.HAVEN_KEY_FILE = other
    assert not set(tokens_of("Adeyemi", names=True)) & set(ours)


def test_a_beginning_is_no_token_of_a_whole_word():
    assert token("w", "ali") != token("p", "ali") != token("s", "ali")


def test_tokens_fit_a_bigint_and_come_once_each():
    found = tokens_of("Ali ali ALI Mohammed", names=True)
    assert found == sorted(set(found))
    assert all(-(2**63) <= t < 2**63 for t in found)


def test_skeletons_are_for_latin_names_of_four_letters_or_more():
    assert words.skeleton("ali") == ""
    assert words.skeleton("محمد") == ""
    assert words.skeleton("mohammed") == words.skeleton("muhammad") != ""
