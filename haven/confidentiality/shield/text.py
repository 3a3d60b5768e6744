"""A text taken into words that know where they stand, in one spelling whatever alphabet they are written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from haven.kernel.words import folded

_MARKS = "".join(chr(c) for c in range(0x0300, 0x1900) if unicodedata.category(chr(c)).startswith("M"))
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}\u00ad\u200b-\u200d\u2060\ufeff])+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LOOKS = str.maketrans("@$€", "ase")

_LETTERS = {
    # Cyrillic
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "iu", "я": "ia",
    # Greek
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
    # Arabic, Persian, Kurdish, Urdu
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ء": "", "ئ": "", "ؤ": "u", "ب": "b", "پ": "p", "ت": "t",
    "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ک": "k",
    "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "ھ": "h", "و": "w", "ۆ": "o", "ي": "y",
    "ی": "y", "ێ": "e", "ے": "e", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n", "ڵ": "l", "ڕ": "r", "ە": "a",
    # Hebrew
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "h", "ט": "t", "י": "y", "כ": "k",
    "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p", "ף": "f", "צ": "ts",
    "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
_ROMAN = str.maketrans(_LETTERS)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text and where it stands; `plain` is folded, and in Latin letters."""

    start: int
    end: int
    said: str
    plain: str

    @property
    def is_capital(self) -> bool:
        """Say whether it begins with a capital letter, or stands in an alphabet that has none."""
        return self.said[:1] != self.said[:1].lower() or self.said[:1].upper() == self.said[:1].lower()


def words_in(text: str) -> list[Word]:
    """Return the words of a text in order."""
    found = (Word(m.start(), m.end(), m[0], plain(m[0])) for m in _WORD.finditer(text))
    return [word for word in found if word.plain]


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return text folded and in Latin letters; a mixture of alphabets, as in a disguised name, comes out as one."""
    return folded(_UNSEEN.sub("", text).casefold().translate(_ROMAN).translate(_LOOKS)).translate(_ROMAN)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without what does not count, and where each of its characters stood."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of it stood in the original."""
        return self.at[start], self.at[end - 1] + 1


def squeezed(text: str, keep: Callable[[str], str]) -> Squeezed:
    """Return the text with every character as `keep` gives it (nothing drops it)."""
    kept = [(one, place) for place, character in enumerate(text) for one in keep(character)]
    return Squeezed("".join(one for one, _ in kept), tuple(place for _, place in kept))


def as_digit(character: str) -> str:
    """Return a digit of any script as 0 to 9, any other character as it is."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def within_one_edit(one: str, other: str) -> bool:
    """Say whether two words differ by one letter: put in, left out, changed, or two that changed places."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    front = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        swapped = short[front : front + 2] == long[front : front + 2][::-1] and short[front + 2 :] == long[front + 2 :]
        return swapped or short[front + 1 :] == long[front + 1 :]
    return short[front:] == long[front + 1 :]


def distance(one: str, other: str, *, most: int) -> int:
    """Return by how many letters two words differ (letters that changed places count once), or more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
