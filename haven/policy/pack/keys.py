"""How an entry of the pack declares its keys: the types are annotations, the further rules are `key(…)`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, Literal

Verified = Literal["found", "unverified", "recommendation"]

CODE = r"[A-Z][A-Z0-9_]*"
SLUG = r"[a-z][a-z0-9_]*"
LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
TELEPHONE = r"\+?[0-9][0-9 ]{1,18}"
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
ADDRESS = r"https://[^\s/]+(/\S*)?"


@dataclass(frozen=True)
class Rule:
    """What one key must satisfy beyond its type."""

    is_clause: bool = False
    refers: str = ""
    pattern: str = ""
    like: str = ""
    least: int | None = None
    parse: Callable[[str], object] | None = None

    def fault_of(self, value: object) -> str | None:
        """Say what is wrong with a value of the right type, or None."""
        if self.pattern and isinstance(value, str) and value and not re.fullmatch(self.pattern, value):
            return f"{value!r} is not written like {self.like}"
        if self.least is not None and isinstance(value, int) and value < self.least:
            return f"must be {self.least} or more, not {value}"
        return None


def key(*, default: Any = MISSING, **rule: Any) -> Any:
    """Declare a key with rules; without a default it must be there."""
    return field(default=default, metadata={"rule": Rule(**rule)})


def code(like: str = "RACE") -> Any:
    """Declare a code in capitals, which stays for ever once records carry it."""
    return key(pattern=CODE, like=like)


def slug(like: str = "first_contact") -> Any:
    """Declare a code in small letters that the program knows by name."""
    return key(pattern=SLUG, like=like)


def clause_numbers() -> Any:
    """Declare the clauses that an entry carries out."""
    return key(is_clause=True)


def translations() -> Any:
    """Declare the same words in other languages, by language tag."""
    return field(default_factory=lambda: MappingProxyType({}), metadata={"rule": Rule(refers="languages")})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Anything that the pack states, with where it comes from and how far it was verified.

    `found` was read in the source; `unverified` is somebody's knowledge that nobody has checked; `recommendation` is
    a choice and no fact. `verified_by` and `verified_on` say who at the landlord has checked it since.
    """

    KEY: ClassVar[str] = ""

    source: str
    verified: Verified
    verified_by: str = ""
    verified_on: date | None = None

    @property
    def is_unverified(self) -> bool:
        """Whether pages must say that nobody has checked this."""
        return self.verified == "unverified" and self.verified_on is None


@dataclass(frozen=True, kw_only=True)
class Worded(Entry):
    """An entry that people read: its words in English, and in other languages where somebody wrote them."""

    label: str
    label_in: Mapping[str, str] = translations()

    def label_for(self, language: str) -> str:
        """Return the label in this language or its base language, else in English."""
        return self.label_in.get(language) or self.label_in.get(language.split("-")[0]) or self.label
