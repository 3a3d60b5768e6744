"""References that people read aloud: HV-7K2M-94T for a report, HC-… for a case; and the 16-digit code.

The alphabet has no vowels, so no reference spells a word, and neither 0, 1 nor L. The last character checks the others,
so that a slip of the pen (8 for B) is told apart from a reference that does not exist.

The check finds every single wrong character and every swap of two neighbours after the prefix: the alphabet has 27
characters, so no weight is a multiple of three, and no two neighbouring weights differ by one.
"""

from __future__ import annotations

import secrets
from unicodedata import category

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
_BASE = len(ALPHABET)
_BODY = 6
_BETWEEN = ("Pd", "Cf", "Zs", "Cc")
_WEIGHTS = (11, 13, 2, 4, 5, 7, 8, 10)


def new_reference(prefix: str) -> str:
    """Return a fresh random reference such as HV-7K2M-94T (about 387 million for each prefix)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY))
    return _shown(prefix, body + _check(prefix, body))


def read_reference(text: str) -> str | None:
    """Return the reference that somebody typed, tidied, or None where it cannot be one."""
    latin = "".join(str(int(c)) if c.isdecimal() else c for c in text.upper())
    kept = "".join(c for c in latin if c.isascii() and c.isalnum())
    prefix, body = kept[:2], kept[2:]
    if len(body) != _BODY + 1 or not prefix.isalpha() or any(c not in ALPHABET for c in body):
        return None
    return _shown(prefix, body) if _check(prefix, body[:-1]) == body[-1] else None


def new_code() -> str:
    """Return sixteen random digits, the only key to a report for somebody without an account."""
    return f"{secrets.randbelow(10**16):016d}"


def read_code(text: str) -> str | None:
    """Return the sixteen digits in what somebody typed or pasted (any script's digits), or None."""
    digits = "".join(str(int(c)) for c in text if c.isdecimal())
    others = [c for c in text if not c.isdecimal() and category(c) not in _BETWEEN and c not in "−.·"]
    return digits if len(digits) == 16 and not others else None


def shown_code(code: str) -> str:
    """Return the code in fours, as people read it."""
    return " ".join(code[i : i + 4] for i in range(0, 16, 4))


def _shown(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:4]}-{body[4:]}"


def _check(prefix: str, body: str) -> str:
    """Weighted sum modulo the alphabet, over the letters' codes and the characters' places."""
    places = [*(ord(letter) for letter in prefix), *(ALPHABET.index(c) for c in body)]
    return ALPHABET[sum(w * place for w, place in zip(_WEIGHTS, places, strict=True)) % _BASE]
