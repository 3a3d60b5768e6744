"""What a form sent, with every character as it was typed, or the news that some did not arrive."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.http import HttpRequest

REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Posted:
    """Every value by name; `broken` names those with characters that could not be read."""

    values: dict[str, list[str]]
    broken: frozenset[str] = frozenset()

    def first(self, name: str) -> str:
        """Return the first value of a name, or nothing."""
        return (self.values.get(name) or [""])[0]


def posted(request: HttpRequest) -> Posted:
    """Return what was sent.

    Django reads what is not UTF-8, such as half of a surrogate pair, as replacement characters. Somebody may also have
    typed those, so where there are any, the body is read again strictly.
    """
    values = {name: request.POST.getlist(name) for name in request.POST}
    suspect = {name for name, several in values.items() if any(REPLACEMENT in one for one in several)}
    if not suspect or _is_faithful(request):
        return Posted(values)
    return Posted(values, frozenset(suspect))


def _is_faithful(request: HttpRequest) -> bool:
    if request.content_type != "application/x-www-form-urlencoded":
        return False
    try:
        parse_qsl(request.body.decode("ascii"), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError):
        return False
    return True
