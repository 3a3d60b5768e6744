"""Parts of addresses, those left out that are the recipient's own as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from haven.confidentiality.shield.facts import Finding, Kind, Place, Protected
from haven.confidentiality.shield.ordinary import is_ordinary
from haven.confidentiality.shield.text import distance, plain, squeezed, words_in

_TYPES = {
    "road": "rd", "street": "st str", "avenue": "ave av", "close": "cl", "court": "ct crt", "crescent": "cres cr cresc",
    "drive": "dr drv", "gardens": "gdns gdn garden", "grove": "gr grv", "lane": "ln la", "place": "pl", "square": "sq",
    "terrace": "ter terr tce", "way": "wy", "walk": "wlk", "park": "pk", "rise": "", "view": "vw", "mews": "",
    "house": "hse ho", "mount": "mt", "green": "grn", "hill": "hl", "row": "", "villas": "vls", "buildings": "bldgs",
    "tower": "twr", "towers": "twrs", "lodge": "ldg", "parade": "pde", "bank": "bnk", "field": "fld", "fields": "flds",
    "estate": "est", "quay": "", "wynd": "", "chare": "", "dene": "", "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DOOR = r"(?:numbers?|nos?\.?|num\.?|nr\.?|#|house|door|flat|apartment|apt\.?|unit|room|maisonette|bungalow|at|from|of|outside)"


_NO_CLOCK = (
    r"(?!\s?(?:[.:]\d|am\b|pm\b|a\.m|p\.m|o'?clock|days?\b|weeks?\b|months?\b|years?\b|hours?\b|minutes?\b|%|[/-]\d"
    r"|,\d{3}))"
)
"""A figure that counts something else than a door."""


def found_places(text: str, protected: Protected) -> Iterator[Finding]:
    """Find every part of the addresses to protect that is not also the recipient's own."""
    for place in protected.places:
        yield from _postcode(text, place, protected.own_places)
        yield from _numbers(text, place, protected.own_places)
        yield from _streets(text, place, protected.own_places)


def _postcode(text: str, place: Place, own: Iterable[Place]) -> Iterator[Finding]:
    wanted = _tight(place.postcode)
    if not wanted or wanted in {_tight(each.postcode) for each in own}:
        return
    tight = squeezed(text, lambda character: character.upper() if character.isalnum() else "")
    for match in re.finditer(re.escape(wanted), tight.text):
        start, end = tight.span(*match.span())
        yield Finding(start, end, Kind.ADDRESS, text[start:end], "A postcode")


def _numbers(text: str, place: Place, own: Iterable[Place]) -> Iterator[Finding]:
    """Find the number of a door: beside the street's name, or after "number", "flat", "at" and the like."""
    own_numbers = {number for each in own for number in (_tight(each.saon), _tight(each.paon))}
    for written in (place.paon, place.saon):
        number = re.search(r"\d+\s?[a-z]?\b", written, re.IGNORECASE)
        if number is None or _tight(written) in own_numbers:
            continue
        ways = "|".join(sorted(map(_loosely, spellings(number[0])), key=len, reverse=True))
        after = rf"(?<![\w#]){_DOOR}\s*(?:at\s+)?(?:{ways})(?!\w){_NO_CLOCK}"
        yield from _each(text, after, "The number of a door")
        if street := _words_of(place.street):
            yield from _each(text, rf"(?<!\w)(?:{ways})[\s,]+{re.escape(street[0])}(?!\w)", "A number and a street")
        if place.saon and written == place.saon:
            label = re.escape(written[: number.start()].strip())
            yield from _each(text, rf"(?<!\w){label}\s*(?:{ways})(?!\w)", "The number of a flat") if label else ()


def spellings(number: str) -> set[str]:
    """Return a door's number in figures and in words: 24 is twenty-four, twenty four, 24."""
    tight = _tight(number).lower()
    digits = re.match(r"\d+", tight)
    if digits is None or len(digits[0]) > 2:
        return {tight}
    value, letter = int(digits[0]), tight[digits.end() :]
    if value <= 20:
        said = {_WORDS[value]}
    elif value % 10 == 0:
        said = {_TENS[value // 10 - 2]}
    else:
        pair = (_TENS[value // 10 - 2], _WORDS[value % 10])
        said = {"-".join(pair), " ".join(pair), "".join(pair)}
    return {tight} | (said if not letter else {f"{each} {letter}" for each in said})


def _streets(text: str, place: Place, own: Iterable[Place]) -> Iterator[Finding]:
    """Find the names of the street, the building and the neighbourhood."""
    known = {plain(name) for each in own for name in (each.street, each.locality, each.town, each.paon, each.saon)}
    for name, why in (
        (place.street, "The name of a street"),
        (place.paon, "The name of a building"),
        (place.saon, "The name of a building"),
        (place.locality, "A neighbourhood"),
        (place.town, "A town"),
    ):
        if name and not re.search(r"\d", name) and plain(name) not in known:
            yield from _named(text, name, why)


def _named(text: str, name: str, why: str) -> Iterator[Finding]:
    """Find a name whole, with its kind shortened or left out, or misspelt."""
    wanted = _words_of(name)
    telling = [each for each in wanted if each not in _TYPES and not is_ordinary(each) and len(each) > 2]
    pattern = r"[\s,\-'’]+".join(_shortened(each) for each in wanted)
    yield from _each(text, rf"(?<!\w){pattern}(?!\w)", why)
    yield from _each(text, rf"(?<!\w){''.join(map(re.escape, wanted))}(?!\w)", why) if len(wanted) > 1 else ()
    for word in words_in(text):
        for each in telling:
            near = len(each) > 4 and not is_ordinary(word.plain) and distance(word.plain, each, most=1) <= 1
            if word.plain in (each, f"{each}s", f"{each}es") or near:
                yield Finding(word.start, word.end, Kind.ADDRESS, word.said, why)


def _shortened(word: str) -> str:
    also = [word, *_TYPES.get(word, "").split()]
    return rf"(?:{'|'.join(map(re.escape, also))})\.?"


def _each(text: str, pattern: str, why: str) -> Iterator[Finding]:
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield Finding(match.start(), match.end(), Kind.ADDRESS, match[0], why)


def _loosely(spelling: str) -> str:
    return re.escape(spelling).replace(r"\-", r"[\s\-‑–]?").replace(r"\ ", r"[\s\-‑–]+")


def _words_of(name: str) -> list[str]:
    return [word.plain for word in words_in(re.sub(r"['’]", "", name))]


def _tight(written: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", written.upper())
