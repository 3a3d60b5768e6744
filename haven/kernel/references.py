"""References that people read aloud: HV-7K2M-94T for a report, HC-… for a case; and the 16-digit code.

The alphabet has neither vowels nor look-alikes, so no reference spells a word and none is misread; the last character
checks the others, so that a slip of the pen is told apart from a reference that does not exist.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
_BASE = len(ALPHABET)
_BODY = 6


def new_reference(prefix: str) -> str:
    """Return a fresh random reference such as HV-7K2M-94T (about 387 million for each prefix)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY))
    return _shown(prefix, body + _check(prefix, body))


def read_reference(text: str) -> str | None:
    """Return the reference that somebody typed, tidied, or None where it cannot be one."""
    kept = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
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
    others = [c for c in text if not c.isdecimal() and c not in " -\u00a0\u200e\u200f\u2011\u2013\t\r\n"]
    return digits if len(digits) == 16 and not others else None


def shown_code(code: str) -> str:
    """Return the code in fours, as people read it."""
    return " ".join(code[i : i + 4] for i in range(0, 16, 4))


def _shown(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:4]}-{body[4:]}"


def _check(prefix: str, body: str) -> str:
    """Weighted sum modulo the alphabet: finds every single slip and every swap of neighbours bar one pair."""
    total = sum((i + 2) * (ord(c) if i < 2 else ALPHABET.index(c)) for i, c in enumerate(prefix + body))
    return ALPHABET[total % _BASE]
