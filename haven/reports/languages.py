"""In which language somebody told us something, as far as it can be known without asking them."""

from __future__ import annotations

import unicodedata
from collections import Counter

SCRIPTS = {
    "LATIN": "Latn",
    "ARABIC": "Arab",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "TAMIL": "Taml",
    "ETHIOPIC": "Ethi",
    "THAI": "Thai",
    "HANGUL": "Hang",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "CJK": "Hani",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "SYLOTI": "Sylo",
}
ENOUGH = 2_000
"""How many letters are looked at."""


def script_of(words: str) -> str:
    """Return the ISO 15924 code of the script that most letters are in; empty where there are none."""
    letters = (one for one in words[: 5 * ENOUGH] if one.isalpha())
    counted = Counter(SCRIPTS.get(unicodedata.name(one, "").split(" ")[0], "Zyyy") for one in letters)
    return counted.most_common(1)[0][0] if counted else ""


def language_of(words: str, page_language: str) -> str:
    """Return the BCP 47 tag of an account: the page's language, or only its script where that is another one.

    Somebody may write Farsi on the English page; then `und-Arab` is true and `en` would not be.
    """
    base = page_language.split("-")[0] or "en"
    script = script_of(words)
    usual = {"ar": "Arab", "fa": "Arab", "ur": "Arab", "ckb": "Arab", "ps": "Arab", "uk": "Cyrl", "ru": "Cyrl"}
    return base if script in ("", "Zyyy", usual.get(base, "Latn")) else f"und-{script}"
