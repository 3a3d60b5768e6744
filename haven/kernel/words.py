"""Keyed word tokens: search without keeping a readable word.

A word becomes 63 bits of a keyed hash. Names are looked for by whole word, by prefix of three letters or more, and by
sound-alike skeleton, so that Mohammed finds Muhammad.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from haven.kernel.sealing import derived_key

_INDIC_TO_KHMER = range(0x0900, 0x1900)
_SIGNS = "".join(chr(c) for c in _INDIC_TO_KHMER if unicodedata.category(chr(c)).startswith("M"))
_WORD = re.compile(rf"(?:[^\W_]|[{_SIGNS}])+")
_WITHIN_NAMES = re.compile(r"(?<=\w)['’ʼ`´-](?=\w)")
_UNDIVIDED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_PREFIXES = range(3, 9)


def folded(text: str) -> str:
    """Return text in lower case without accents or strokes, in one normal form."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDIVIDED)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in order; vowel signs of Indic and like scripts stay in their word."""
    return _WORD.findall(folded(text))


def skeleton(word: str) -> str:
    """Return the consonants that carry a Latin-script name, so that spellings of one name meet."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return ""
    tidy = word.replace("ph", "f").replace("ck", "k").replace("gh", "g").replace("kh", "k").replace("sh", "s")
    tidy = re.sub(r"c(?=[eiy])", "s", tidy).translate(str.maketrans("qczvwy", "kksbui"))
    consonants = tidy[0] + "".join(c for c in tidy[1:] if c not in "aeiouh")
    return re.sub(r"(.)\1+", r"\1", consonants)


def token(kind: str, word: str) -> int:
    """Return the signed 64-bit token of one word for one kind of search."""
    digest = hmac.new(derived_key("words"), f"{kind}:{word}".encode(), hashlib.blake2b).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def tokens_of(text: str, *, names: bool = False) -> list[int]:
    """Return the distinct tokens to store for a text; for names also their beginnings and their sound.

    A name is also kept without its apostrophe or hyphen, so that OBrien finds O'Brien.
    """
    found: set[int] = set()
    joined = words_of(_WITHIN_NAMES.sub("", text)) if names else []
    for word in {*words_of(text), *joined}:
        found.add(token("w", word))
        if names:
            found.update(token("p", word[:n]) for n in _PREFIXES if len(word) >= n)
            if bones := skeleton(word):
                found.add(token("s", bones))
    return sorted(found)


def query_tokens(text: str) -> list[list[int]]:
    """Return, for each word that somebody looks for, the tokens any of which finds it."""
    return [_any_of(word) for word in words_of(text)]


def _any_of(word: str) -> list[int]:
    choices = [token("w", word)]
    if 3 <= len(word) <= 8:
        choices.append(token("p", word))
    if bones := skeleton(word):
        choices.append(token("s", bones))
    return choices
