"""What must not be in a text, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing would give somebody away."""

    NAME = "name"
    INITIALS = "initials"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    EMAIL = "email"
    VEHICLE = "vehicle"
    DATE = "date"
    TIME = "time"
    PHRASE = "phrase"
    WORD = "word"

    @property
    def label(self) -> str:
        """Return it in words."""
        return LABELS[self]


LABELS = {
    Kind.NAME: "Name",
    Kind.INITIALS: "Initials",
    Kind.ADDRESS: "Address",
    Kind.TELEPHONE: "Telephone number",
    Kind.EMAIL: "E-mail address",
    Kind.VEHICLE: "Vehicle",
    Kind.DATE: "Date",
    Kind.TIME: "Time",
    Kind.PHRASE: "Words as told",
    Kind.WORD: "Unusual word",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person who must not be recognised: every name that they are known by, and how they are reached."""

    names: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address in its parts."""

    saon: str = ""
    paon: str = ""
    street: str = ""
    locality: str = ""
    town: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened or was told, as clocks in England showed it; without a time where only the day is known."""

    day: date
    at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Everything of the other side that must not be in a text, and what is the recipient's own anyway."""

    people: tuple[Somebody, ...] = ()
    places: tuple[Place, ...] = ()
    moments: tuple[Moment, ...] = ()
    accounts: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)
    own_names: tuple[str, ...] = ()
    own_places: tuple[Place, ...] = ()
    ordinary: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to look for, so that a clean answer would mean nothing."""
        return not (self.people or self.places or self.moments or self.accounts or self.words)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Words in a text that would give somebody away: from `start` to before `end`, of which kind, and why."""

    start: int
    end: int
    kind: Kind
    words: str
    why: str
