"""Names in every form that somebody could recognise: inflected, misspelt, shortened, in other letters, as initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from haven.confidentiality.shield.facts import Finding, Kind, Protected
from haven.confidentiality.shield.ordinary import is_ordinary
from haven.confidentiality.shield.text import Word, distance, plain, words_in
from haven.kernel.words import skeleton

TITLES = frozenset("mr mrs miss ms mx dr prof professor rev sir lady sgt pc imam rabbi sister brother uncle auntie".split())
_PARTICLES = frozenset("al el ul bin ibn bint de da di du la le van von der den of the and abu mc mac st o a jr snr".split())
_WITHIN = re.compile(r"(?<=\w)['’ʼ`´‘-](?=\w)")
_ENDINGS = ("s", "es", "z", "ish", "ites", "y", "ie", "an", "ov", "ova", "ski", "a", "u", "owi", "em")
_SHORT = (
    "robert rob bob bobby robbie bert", "william will bill billy liam", "richard rick dick ricky rich",
    "james jim jimmy jamie", "john jack johnny jon", "elizabeth liz beth betty lizzie eliza lisa libby",
    "margaret maggie meg peggy madge greta", "katherine catherine kate kathy katie cathy kitty",
    "michael mike mick mickey", "anthony tony ant", "thomas tom tommy", "joseph joe joey", "christopher chris kit",
    "alexander alex sandy sasha lex", "patricia pat trish patsy tricia", "jennifer jen jenny", "susan sue suzie",
    "deborah deb debbie", "stephen steven steve", "edward ed eddie ted ned", "david dave davey", "daniel dan danny",
    "matthew matt", "andrew andy drew", "nicholas nick nicky", "samuel sam sammy", "samantha sam", "benjamin ben benny",
    "joanne jo joanna", "victoria vicky tori", "rebecca becky becca", "charles charlie chuck",
    "mohammed mohamed muhammad mo", "abdul abdullah abdulrahman abdi", "maureen mo", "fatima fatma fatoumata",
    "yusuf yousef joseph", "jessica jess jessie", "kimberley kim", "leonard len lenny", "gerald gerry",
    "frances fran francis frank", "geoffrey jeff geoff", "raymond ray", "ronald ron", "donald don", "kenneth ken kenny",
    "lawrence larry", "timothy tim", "gregory greg", "agnieszka aga", "katarzyna kasia", "malgorzata gosia",
    "tomasz tomek", "piotr piotrek", "oleksandr sasha", "yekaterina katya",
)  # fmt: skip
_ALSO: dict[str, frozenset[str]] = {}
for _group in _SHORT:
    for _name in _group.split():
        _ALSO[_name] = _ALSO.get(_name, frozenset()) | frozenset(_group.split())
_SPELT = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-·_*]{1,2}){2,24}[^\W\d_](?!\w)")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_][.\s/\-]{1,2}){1,4}[^\W\d_](?!\w)\.?|(?<!\w)[^\W\d_]{2,5}(?!\w)")
_TITLED = re.compile(rf"\b(?:{'|'.join(sorted(TITLES))})\b\.?\s+([^\W\d_])(?![\w’'])\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """The parts of every protected name, those that are the recipient's own left out."""

    parts: frozenset[str]
    bones: frozenset[tuple[str, str]]
    initials: frozenset[str]
    single: frozenset[str]


def found_names(text: str, protected: Protected) -> Iterator[Finding]:
    """Find every name of the people to protect, in any form."""
    names = names_of(protected)
    words = words_in(text)
    hits = {place: why for place, word in enumerate(words) if (why := _is_name(word, words, place, names, text))}
    for place, why in hits.items():
        yield Finding(words[place].start, words[place].end, Kind.NAME, words[place].said, why)
    yield from _joined(text, words, names)
    yield from _spelt_out(text, names)
    yield from _initials(text, names)


def names_of(protected: Protected) -> Names:
    """Return what to look for of everybody's names."""
    own = {part for name in protected.own_names for part in parts_of(name)}
    every = [name for person in protected.people for name in person.names]
    parts = {part for name in every for part in parts_of(name)} - own
    parts |= {also for part in parts for also in _ALSO.get(part, ())} - own
    own_initials = {initials_of(name) for name in protected.own_names}
    initials = {found for name in every for found in _all_initials(name)} - own_initials - {""}
    single = {found[0] for found in initials} | {found[-1] for found in initials}
    bones = {(bone, part) for part in parts if len(bone := skeleton(part)) >= 2}
    return Names(frozenset(parts), frozenset(bones), frozenset(initials), frozenset(single))


def parts_of(name: str) -> set[str]:
    """Return the words of a name by which somebody would be known, with and without its apostrophes and hyphens."""
    apart = [word.plain for word in words_in(name)]
    joined = [word.plain for word in words_in(_WITHIN.sub("", name))]
    return {each for each in (*apart, *joined) if len(each) > 1 and each not in _PARTICLES and each not in TITLES}


def initials_of(name: str) -> str:
    """Return the first letters of a name's words: "Amina Al-Tayib" is aat."""
    return "".join(word.plain[0] for word in words_in(name) if word.plain not in TITLES)


def _all_initials(name: str) -> Iterator[str]:
    """Give the initials of a name: of every word, without the middle ones, without particles."""
    letters = initials_of(name)
    if len(letters) > 1:
        yield letters
        yield letters[0] + letters[-1]
    kept = [word.plain[0] for word in words_in(_WITHIN.sub("", name)) if word.plain not in TITLES | _PARTICLES]
    if len(kept) > 1:
        yield "".join(kept)
        yield kept[0] + kept[-1]


def _is_name(word: Word, words: Sequence[Word], place: int, names: Names, text: str) -> str:
    """Say why a word is one of the names; nothing where it is not."""
    said = word.plain
    exact = said in names.parts or any(_without(said, ending) in names.parts for ending in ("s", "es"))
    if exact:
        return "A name" if _is_meant(word, words, place, names, text) else ""
    if is_ordinary(said):
        return ""
    for part in names.parts:
        if len(part) > 2 and said.startswith(part) and said[len(part) :] in _ENDINGS and len(said) > 4:
            return "A name with an ending"
        if len(part) > 4 and part in said:
            return "A name inside a longer word"
        if _is_misspelt(said, part):
            return "A name, spelt differently"
    return "Sounds like a name" if _sounds(word, names) else ""


def _is_meant(word: Word, words: Sequence[Word], place: int, names: Names, text: str) -> bool:
    """Say whether a word that is a name is meant as one: "May" may be somebody, "you may" is not."""
    if not is_ordinary(word.plain) and len(word.plain) > 2:
        return True
    beside = [words[at] for at in (place - 1, place + 1) if 0 <= at < len(words)]
    owns = text[word.end : word.end + 2].lower() in ("'s", "’s", "s'", "s’")
    return word.is_capital or owns or any(each.plain in names.parts for each in beside)


def _is_misspelt(said: str, part: str) -> bool:
    if min(len(said), len(part)) < 4 or abs(len(said) - len(part)) > 2:
        return False
    most = 2 if len(part) >= 7 else 1
    if len(part) == 4 and said[0] != part[0]:
        return False
    return distance(said, part, most=most) <= most


def _sounds(word: Word, names: Names) -> bool:
    """Say whether a word sounds like a name; short skeletons must be written much alike and with a capital."""
    bone = skeleton(word.plain)
    for other, part in names.bones:
        if bone != other:
            continue
        if len(bone) > 2 or (word.is_capital and distance(word.plain, part, most=3) <= 3):
            return True
    return False


def _joined(text: str, words: Sequence[Word], names: Names) -> Iterator[Finding]:
    """Find names that were cut in two: "Yu-suf", "Al Tayib" for Altayib."""
    for first, second in zip(words, words[1:], strict=False):
        between = text[first.end : second.start]
        both = first.plain + second.plain
        whole = both in names.parts or _without(both, "s") in names.parts
        if whole and len(both) > 3 and len(between) <= 2 and not between.strip(" -'’ʼ`´‘.\n"):
            yield Finding(first.start, second.end, Kind.NAME, text[first.start : second.end], "A name in two pieces")


def _spelt_out(text: str, names: Names) -> Iterator[Finding]:
    """Find names written letter by letter: "A m i n a", "Y-u-s-u-f"."""
    for match in _SPELT.finditer(text):
        letters = [(place, plain(character)) for place, character in enumerate(match[0]) if character.isalpha()]
        run = "".join(letter for _, letter in letters)
        for part in names.parts:
            start = run.find(part)
            if len(part) > 2 and start >= 0 and len(run) == len(letters):
                first, last = letters[start][0], letters[start + len(part) - 1][0]
                place = match.start()
                said = text[place + first : place + last + 1]
                yield Finding(place + first, place + last + 1, Kind.NAME, said, "A name, letter by letter")


def _initials(text: str, names: Names) -> Iterator[Finding]:
    for match in _INITIALS.finditer(text):
        yield from _letters(match, names)
    for match in _TITLED.finditer(text):
        if plain(match[1]) in names.single and match[1].isupper():
            yield Finding(match.start(), match.end(), Kind.INITIALS, match[0], "A title with an initial")


def _letters(match: re.Match[str], names: Names) -> Iterable[Finding]:
    """Find initials within a run of single letters; "AY" needs capitals, "a.y." needs its full stops."""
    run = match[0]
    letters = [(place, character) for place, character in enumerate(run) if character.isalpha()]
    said = "".join(plain(character) for _, character in letters)
    is_written = all(character.isupper() for _, character in letters) or "." in run.strip(".") or run.endswith(".")
    if not is_written or len(said) != len(letters):
        return
    for initials in names.initials:
        if said == initials or (len(initials) > 2 and initials in said):
            yield Finding(match.start(), match.end(), Kind.INITIALS, run, "Initials")
            return


def _without(word: str, ending: str) -> str:
    return word[: -len(ending)] if word.endswith(ending) else word
