"""The entries beside the name at the top of staff pages: each shown to those whom the page itself lets in.

Whoever writes a page adds its entry where its address is written:

    navigation.add("desk:queue", _("Queue"), order=10)
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from haven.accounts.models import Staff
from haven.web.staff.guard import Audience


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: the name of its address, its words, where it stands, and how many things wait there, if counted."""

    name: str
    label: Any
    order: int
    count: Callable[[Staff], int] | None = None
    only_if_any: bool = False
    key: str = ""


_places: dict[str, Place] = {}


def add(
    name: str,
    label: Any,
    *,
    order: int,
    count: Callable[[Staff], int] | None = None,
    only_if_any: bool = False,
    key: str = "",
) -> None:
    """Add an entry; `count` must be one cheap query, for it is asked on every page. One may show only if any wait.

    `key` is the letter of the keyboard that opens it.
    """
    _places[name] = Place(name, label, order, count, only_if_any, key)


def places_for(staff: Staff) -> list[Place]:
    """Return the entries whose pages let this member of staff in, in order."""
    there = sorted(_places.values(), key=lambda place: (place.order, place.name))
    return [place for place in there if (audience := _audience(place.name)) and audience.lets_in(staff)]


def shown_to(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the entries as the layout wants them; asked for more than once on one page, counted once."""
    if not hasattr(request, "entries_shown"):
        request.entries_shown = _shown(request)  # type: ignore[attr-defined]
    return [*request.entries_shown]  # type: ignore[attr-defined]


def _shown(request: HttpRequest) -> list[dict[str, Any]]:
    longest = max((url for url in map(_url, _places) if url and request.path.startswith(url)), key=len, default="")
    shown = [
        {
            "label": place.label,
            "url": _url(place.name),
            "count": place.count(request.user) if place.count else None,
            "current": _url(place.name) == longest,
            "only_if_any": place.only_if_any,
            "key": place.key,
        }
        for place in places_for(request.user)
    ]
    return [each for each in shown if each["count"] or each["current"] or not each["only_if_any"]]


def first_for(staff: Staff) -> str:
    """Return the address of the first entry for somebody, else of their own account."""
    places = places_for(staff)
    return _url(places[0].name) if places else reverse("staff:account")


@lru_cache(maxsize=256)
def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=256)
def _audience(name: str) -> Audience | None:
    url = _url(name)
    return getattr(resolve(url).func, "audience", None) if url else None
