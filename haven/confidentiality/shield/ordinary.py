"""Ordinary words of letters: words that everybody uses, and those that describe conduct without saying who told."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

GLUE = frozenset(
    (
        "a an and are as at be been but by can could did do does for from had has have he her here him his how i if in into is "
        "it its like may me more my no not now of on one or our out she should so some than that the their them then there "
        "these they this to up us was we were what when which who will with would you your all any about after again also am "
        "because being before just only other over said same such too under until very while off down go get got back don t s "
        "re ve ll d m"
    ).split()
)
"""The commonest words: a run of nothing else says nothing of whose words they are."""
_ENDINGS = (
    "ingly", "edly", "ings", "ing", "iest", "ier", "ies", "ied", "ily", "ness", "ment", "ments", "ers", "er", "est", "ed",
    "es", "ly", "s", "e", "d", "y",
)  # fmt: skip


@cache
def _words() -> frozenset[str]:
    text = (Path(__file__).parent / "ordinary.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split()) | GLUE


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _words())


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its ending, so that shouted, shouting and shouts meet."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=8192)
def is_ordinary(word: str) -> bool:
    """Say whether a folded word is one that a letter may well hold."""
    return word in _words() or (len(word) > 3 and stem(word) in _stems())
