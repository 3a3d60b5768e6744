"""Telephone numbers, e-mail addresses and number plates, however they are spaced or disguised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from haven.confidentiality.shield.facts import Finding, Kind, Protected
from haven.confidentiality.shield.text import as_digit, plain, squeezed, words_in

LEAST = 6
"""So many last digits of a telephone number give it away."""
_DIGITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_BETWEEN = re.compile(r"[\s().\-–—/+·,_|*]*(?:and\s*)?")
_NUMBER = re.compile(r"\+?\d[\d\s().\-–—/·_|*,]{4,40}\d")
_EMAIL = re.compile(r"[\w.+\-]{2,}@[\w\-]+(?:\.[\w\-]+)+")
_PLATE = re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b|\b[A-Z]\d{1,3}\s?[A-Z]{3}\b", re.IGNORECASE)
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\{at\}|<at>|\bat\b|@)\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\{dot\}|<dot>|\bdot\b|\.)\s*", re.IGNORECASE)


def found_contacts(text: str, protected: Protected) -> Iterator[Finding]:
    """Find every way of reaching the people to protect, and vehicles that the accounts name."""
    told = " \n".join(protected.accounts)
    numbers = {each for person in protected.people for each in person.telephones} | set(numbers_in(told))
    emails = {each for person in protected.people for each in person.emails} | set(_EMAIL.findall(told))
    yield from _telephones(text, {bare(each) for each in numbers})
    yield from _emails(text, emails)
    yield from _plates(text, {_plate(each) for each in _PLATE.findall(told)})


def numbers_in(text: str) -> list[str]:
    """Return what looks like a telephone number in a text."""
    found = (bare(match[0]) for match in _NUMBER.finditer("".join(map(as_digit, text))))
    return [each for each in found if 9 <= len(each) <= 12]


def bare(number: str) -> str:
    """Return the digits of a number without the prefix of the country: +44 7700 900123 is 7700900123."""
    digits = "".join(as_digit(each) for each in number if each.isdecimal())
    for prefix in ("0044", "44"):
        if digits.startswith(prefix) and len(digits) >= 11:
            digits = digits.removeprefix(prefix)
    return digits.lstrip("0")


def _telephones(text: str, numbers: Iterable[str]) -> Iterator[Finding]:
    """Find a whole number or its last digits, among digits of any spacing and digits in words."""
    wanted = {each for each in numbers if len(each) >= LEAST}
    for run, places in _runs(text):
        for number in wanted:
            for length in range(len(number), LEAST - 1, -1):
                at = run.find(number[-length:])
                if at >= 0:
                    start, end = places[at][0], places[at + length - 1][1]
                    yield Finding(start, end, Kind.TELEPHONE, text[start:end], "A telephone number")
                    break


def _runs(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Give each run of digits with nothing but spacing between, and where each digit stands."""
    run, places, end, times = "", list[tuple[int, int]](), 0, 1
    for start, stop, digits in _digits(text):
        if run and not _BETWEEN.fullmatch(text, end, start):
            yield run, places
            run, places, times = "", [], 1
        if digits.startswith("x"):
            times = int(digits[1:])
        else:
            repeated = digits * times if times > 1 else digits
            spread = len(repeated) == stop - start
            run += repeated
            places += [(start + i, start + i + 1) if spread else (start, stop) for i in range(len(repeated))]
            times = 1
        end = stop
    if run:
        yield run, places


def _digits(text: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"\d+|[^\W\d_]+", text):
        said = plain(match[0])
        if match[0].isdecimal():
            yield match.start(), match.end(), "".join(map(as_digit, match[0]))
        elif said in _DIGITS:
            yield match.start(), match.end(), _DIGITS[said]
        elif said in _TIMES:
            yield match.start(), match.end(), f"x{_TIMES[said]}"


def _emails(text: str, emails: Iterable[str]) -> Iterator[Finding]:
    """Find whole addresses however their signs are written, and the part before the sign by itself."""
    for email in emails:
        local, _, domain = email.strip().casefold().partition("@")
        if not local or not domain:
            continue
        pattern = r"\s*".join(re.escape(each) for each in local).replace(r"\.", _DOT.pattern)
        sites = r"\s*".join(re.escape(each) for each in domain).replace(r"\.", _DOT.pattern)
        for match in re.finditer(rf"(?<!\w){pattern}{_AT.pattern}{sites}(?!\w)", text, re.IGNORECASE):
            yield Finding(match.start(), match.end(), Kind.EMAIL, match[0], "An e-mail address")
        if len(local) >= 5 and any(not character.isalpha() for character in local):
            for match in re.finditer(rf"(?<!\w){re.escape(local)}(?!\w)", text, re.IGNORECASE):
                yield Finding(match.start(), match.end(), Kind.EMAIL, match[0], "The beginning of an e-mail address")


def _plates(text: str, plates: set[str]) -> Iterator[Finding]:
    if not plates:
        return
    tight = squeezed(text, lambda character: character.upper() if character.isalnum() else "")
    edges = {word.start for word in words_in(text)}
    for plate in plates:
        for match in re.finditer(re.escape(plate), tight.text):
            start, end = tight.span(*match.span())
            if start in edges:
                yield Finding(start, end, Kind.VEHICLE, text[start:end], "A number plate")


def _plate(written: str) -> str:
    return re.sub(r"\s", "", written).upper()
