"""The answers that questions offer: most are the landlord's, from the policy pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from haven.policy.pack import pack
from haven.policy.pack.keys import Worded
from haven.reports.questions.shape import Choice

Offered = Callable[[str], tuple[Choice, ...]]
UNKNOWN, DECLINED, NONE = "unknown", "declined", "NONE"


def label_of(entry: Worded, language: str) -> str:
    """Return an entry's label: the pack's own translation, else the catalogue's, else English."""
    own = entry.label_for(language)
    return own if own != entry.label else _(entry.label)


def _worded(label: str, label_in: Mapping[str, str]) -> str:
    language = get_language() or "en"
    return label_in.get(language) or label_in.get(language.split("-")[0]) or _(label)


worded = lazy(_worded, str)
"""Words of the pack in the language of the page: its own translation, else the catalogue's, else English."""


def from_pack(function: Callable[[str], Iterable[Choice]]) -> Offered:
    """Keep the choices of each language until another pack is loaded."""

    @lru_cache(maxsize=64)
    def kept(fingerprint: str, language: str) -> tuple[Choice, ...]:
        with override(language):
            return tuple(function(language))

    return lambda language: kept(pack().fingerprint, language)


def of_table(attribute: str, keep: Callable[[Any], bool] = lambda entry: True) -> Offered:
    """Offer the entries of one table of the pack."""

    @from_pack
    def choices(language: str) -> Iterable[Choice]:
        for code, entry in getattr(pack(), attribute).items():
            if keep(entry):
                yield Choice(
                    code=code,
                    label=label_of(entry, language),
                    hint=_(hint) if (hint := getattr(entry, "hint", "")) else "",
                    is_exclusive=getattr(entry, "exclusive", False),
                )

    return choices


def is_public(entry: Any) -> bool:
    """Say whether an entry is offered to people who report."""
    return bool(entry.public)


danger = of_table("danger", is_public)
roles = of_table("reporter_roles", is_public)
relations = of_table("relations")
places = of_table("place_types")
wishes = of_table("wishes")


@from_pack
def strands(language: str) -> Iterable[Choice]:
    """Offer the strands that the landlord has adopted, and that it was for none of these reasons."""
    for code, entry in pack().strands.items():
        if entry.adopted:
            yield Choice(code=code, label=label_of(entry, language))
    yield Choice(code=NONE, label=_("For another reason"))


@from_pack
def incident_types(language: str) -> Iterable[Choice]:
    """Offer the kinds of thing that happen, under their headings."""
    groups = pack().incident_groups
    order = list(groups)
    public = [(code, entry) for code, entry in pack().incident_types.items() if entry.public]
    for code, entry in sorted(public, key=lambda one: order.index(one[1].group)):
        yield Choice(code=code, label=label_of(entry, language), group=label_of(groups[entry.group], language))


@from_pack
def needs(language: str) -> Iterable[Choice]:
    """Offer what may be needed straight away, or nothing."""
    for code, entry in pack().needs.items():
        yield Choice(code=code, label=label_of(entry, language))
    yield Choice(code=NONE, label=_("Nothing right now"), is_exclusive=True)


@from_pack
def responsible_kinds(language: str) -> Iterable[Choice]:
    """Offer who may have done it, or that nobody knows."""
    for code, entry in pack().responsible_kinds.items():
        if entry.public and code != "UNKNOWN":
            yield Choice(code=code, label=label_of(entry, language))


def scopes(recipient: str) -> Offered:
    """Offer how far we may tell one recipient."""

    @from_pack
    def choices(language: str) -> Iterable[Choice]:
        policy = pack()
        for code in policy.recipients[recipient].scopes:
            yield Choice(code=code, label=label_of(policy.permission_scopes[code], language))

    return choices


@from_pack
def languages(language: str) -> Iterable[Choice]:
    """Offer every language that the landlord can find an interpreter for, each by its own name."""
    for tag, entry in pack().languages.items():
        yield Choice(code=tag, label=entry.own_name)


def fixed(*pairs: tuple[str, Any], exclusive: str = "") -> Offered:
    """Offer answers that code knows by name."""

    @from_pack
    def choices(language: str) -> Iterable[Choice]:
        for code, label in pairs:
            yield Choice(code=code, label=str(label), is_exclusive=code == exclusive)

    return choices
