"""Words as they were told: runs of words shared with an account, and words that hardly anybody else would use."""

from __future__ import annotations

from collections.abc import Iterator

from haven.confidentiality.shield.facts import Finding, Kind, Protected
from haven.confidentiality.shield.ordinary import GLUE, is_ordinary, stem
from haven.confidentiality.shield.text import Word, words_in

RUN = 4
"""So many words in a row, shared with the account, are somebody's own words."""
LONG = 7
"""A run of this length counts although it is made of the commonest words."""
Run = tuple[str, ...]


def found_phrases(text: str, protected: Protected, *, is_english: bool) -> Iterator[Finding]:
    """Find runs of words as told, and unusual words of the accounts (these in English letters only)."""
    words = words_in(text)
    own = {part.plain for name in _own(protected) for part in words_in(name)}
    yield from _runs(text, words, protected)
    if is_english:
        yield from _unusual(words, protected, own)
    yield from _given(words, protected.words)


def _runs(text: str, words: list[Word], protected: Protected) -> Iterator[Finding]:
    """Find the longest runs that an account has too, but for those that the landlord's own words have."""
    told = {run for account in protected.accounts for run in _every_run([each.plain for each in words_in(account)])}
    known = {run for said in protected.ordinary for run in _every_run([each.plain for each in words_in(said)])}
    plain = [each.plain for each in words]
    place = 0
    while place + RUN <= len(plain):
        end = place
        while end + RUN <= len(plain) and (run := tuple(plain[end : end + RUN])) in told and run not in known:
            end += 1
        if end == place:
            place += 1
            continue
        last = end + RUN - 1
        if _is_telling(plain[place:last]):
            start, stop = words[place].start, words[last - 1].end
            yield Finding(start, stop, Kind.PHRASE, text[start:stop], "Words as somebody told them")
        place = last


def _every_run(plain: list[str]) -> Iterator[Run]:
    return (tuple(plain[at : at + RUN]) for at in range(len(plain) - RUN + 1))


def _is_telling(run: list[str]) -> bool:
    return len(run) >= LONG or sum(1 for each in run if each not in GLUE) >= 2


def _unusual(words: list[Word], protected: Protected, own: set[str]) -> Iterator[Finding]:
    known = own | {each.plain for said in protected.ordinary for each in words_in(said)}
    stems = {stem(each) for each in known}
    told = {each.plain for account in protected.accounts for each in words_in(account) if _is_unusual(each.plain)}
    rare = {stem(each) for each in told if each not in known} - stems
    for word in words:
        if stem(word.plain) in rare and _is_unusual(word.plain):
            yield Finding(word.start, word.end, Kind.WORD, word.said, "An unusual word of what somebody told")


def _is_unusual(plain: str) -> bool:
    return len(plain) > 3 and not plain.isdecimal() and not is_ordinary(plain)


def _given(words: list[Word], given: tuple[str, ...]) -> Iterator[Finding]:
    """Find words that were agreed with somebody, such as a code word."""
    for said in given:
        run = [each.plain for each in words_in(said)]
        for at in range(len(words) - len(run) + 1) if run else ():
            if [each.plain for each in words[at : at + len(run)]] == run:
                last = words[at + len(run) - 1]
                yield Finding(words[at].start, last.end, Kind.WORD, said, "A word agreed with somebody")


def _own(protected: Protected) -> Iterator[str]:
    yield from protected.own_names
    for place in protected.own_places:
        yield from (place.saon, place.paon, place.street, place.locality, place.town, place.postcode)
