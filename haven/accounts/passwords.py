"""What a password may not be: common and merely stretched. What it is made of is free (NIST SP 800-63B)."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

LONGEST = 200
"""In characters: nobody types more, and hashing megabytes would be a way to wear the machine out."""

FEWEST_DIFFERENT = 5
"""Different characters; twelve times the same letter is long but no secret."""

_TRIMMINGS = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class NotStretched:
    """Refuse a common password that was made long by repeating it or by digits and signs around it."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password that guessing programs try early."""
        folded = password.casefold()
        if len(set(folded)) < FEWEST_DIFFERENT:
            raise ValidationError("Use more different characters.", code="password_too_plain")
        core = _TRIMMINGS.sub("", folded)
        if self._is_common(_unit(folded)) or self._is_common(_unit(core)) or _is_run(folded):
            raise ValidationError(
                "This is a common password made longer. Try three or four words that do not belong together.",
                code="password_stretched",
            )

    def get_help_text(self) -> str:
        """Return what a person reads before choosing."""
        return "Three or four words that do not belong together are easy to remember and hard to guess."

    def _is_common(self, text: str) -> bool:
        return text in self.common


class NotTooLong:
    """Refuse what no person types."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError beyond the longest."""
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="password_too_long")

    def get_help_text(self) -> str:
        """Return nothing: nobody needs to be told."""
        return ""


def _unit(text: str) -> str:
    """Return the shortest text of which this one is a repetition, itself if none."""
    at = (text + text).find(text, 1)
    return text[:at] if 0 < at < len(text) else text


def _is_run(text: str) -> bool:
    """Say whether each character is the next, or the one before, of the one before it: abcdefghijkl, 987654321098."""
    steps = {
        (ord(b) - ord(a)) % 10 if a.isdigit() and b.isdigit() else ord(b) - ord(a)
        for a, b in zip(text, text[1:], strict=False)
    }
    return steps <= {1} or steps <= {-1} or steps <= {9}
