"""Where our homes are: by postcode and by address, for the public form and for the desk alike."""

from __future__ import annotations

import re

from django.db.models import QuerySet
from django.db.models.functions import Upper

from haven.homes.models import Property

MOST = 100
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_NUMBER = re.compile(r"[0-9]+[A-Z]?")


def as_postcode(text: str) -> str:
    """Return a postcode as addresses carry it (NE1 4ST), or nothing where the text is not a whole postcode."""
    squeezed = re.sub(r"[^A-Z0-9]", "", text.upper()[:40])
    found = _POSTCODE.fullmatch(squeezed)
    return f"{found[1]} {found[2]}" if found else ""


def at_postcode(text: str) -> list[Property]:
    """Return our homes at a postcode, however it was typed, in the order of the street; at most 100."""
    postcode = as_postcode(text)
    if not postcode:
        return []
    rows = Property.objects.annotate(upper=Upper("postcode"))
    return _in_order(rows.filter(upper=postcode))


def at_address(text: str) -> list[Property]:
    """Return our homes whose street begins as typed, narrowed by a house number where there is one; at most 100.

    A postcode anywhere in the text is used alone. Three letters of the street are the least.
    """
    if homes := _at_postcode_within(text):
        return homes
    words = re.findall(r"[A-Z0-9']+", text.upper()[:200])
    number = next((word for word in words if _NUMBER.fullmatch(word)), "")
    street = " ".join(word for word in words if not _NUMBER.fullmatch(word))
    if len(street) < 3:
        return []
    rows = Property.objects.annotate(upper=Upper("street")).filter(upper__startswith=street)
    return _in_order(rows.filter(paon=number) if number else rows)


def with_uprn(text: str) -> Property | None:
    """Return the home that bears this Unique Property Reference Number, if we have it."""
    digits = text.strip().lstrip("0")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 12):
        return None
    return Property.objects.filter(uprn__in={digits, digits.zfill(12), text.strip()}).first()


def _at_postcode_within(text: str) -> list[Property]:
    squeezed = text.upper()[:200]
    found = re.search(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})\b", squeezed)
    if not found:
        return []
    homes = at_postcode(f"{found[1]}{found[2]}")
    number = _NUMBER.search(squeezed[: found.start()])
    narrowed = [home for home in homes if number and home.paon.upper() == number[0]]
    return narrowed or homes


def _in_order(rows: QuerySet[Property]) -> list[Property]:
    return sorted(rows[:MOST], key=_by_number)


def _by_number(home: Property) -> tuple[str, int, str, int, str]:
    return (home.street, _leading(home.paon), home.paon, _leading(home.saon), home.saon)


def _leading(text: str) -> int:
    found = re.search(r"[0-9]+", text)
    return int(found[0]) if found else 0
