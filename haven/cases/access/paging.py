"""Pages of a list by key: what comes after the last row shown, never how many rows to pass over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime

Row = TypeVar("Row", bound=Model)
SIZE = 30
_BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows and the key under which the next page starts, empty on the last."""

    rows: list[Row]
    next: str = ""


def page_of(rows: QuerySet[Row], keys: Sequence[str], after: str, *, size: int = SIZE) -> Page[Row]:
    """Return the page that starts after the key `after`; `keys` are fields, a leading minus meaning downwards.

    A key that cannot be read gives the first page.
    """
    ordered = rows.order_by(*keys)
    if (start := key_of(rows.model, keys, after)) is not None:
        ordered = ordered.filter(_beyond(keys, start))
    return page_from(list(ordered[: size + 1]), keys, size=size)


def page_from(found: list[Row], keys: Sequence[str], *, size: int = SIZE) -> Page[Row]:
    """Return a page of rows that are in order already, of which there is one more than a page where more follow."""
    more = _write(found[size - 1], keys) if len(found) > size else ""
    return Page(rows=found[:size], next=more)


def _beyond(keys: Sequence[str], start: Sequence[Any]) -> Q:
    """Say what comes after `start`: on the first key at least, so that the index is entered there."""
    beyond = Q(pk__in=[])
    equal = Q()
    for key, value in zip(keys, start, strict=True):
        name, compare = (key[1:], "lt") if key.startswith("-") else (key, "gt")
        beyond |= equal & Q(**{f"{name}__{compare}": value})
        equal &= Q(**{name: value})
    first = keys[0].lstrip("-")
    bound = "lte" if keys[0].startswith("-") else "gte"
    return Q(**{f"{first}__{bound}": start[0]}) & beyond


def _write(row: Model, keys: Sequence[str]) -> str:
    values = [getattr(row, key.lstrip("-")) for key in keys]
    return _BETWEEN.join(v.isoformat() if isinstance(v, datetime) else str(v) for v in values)


def key_of(model: type[Model], keys: Sequence[str], text: str) -> list[Any] | None:
    """Return the values of a key as the page before gave it, or None where it cannot be read."""
    parts = text.split(_BETWEEN)
    if len(parts) != len(keys):
        return None
    values: list[Any] = []
    for key, part in zip(keys, parts, strict=True):
        kind = model._meta.get_field(key.lstrip("-")).get_internal_type()
        value = _moment(part) if kind == "DateTimeField" else _number(part)
        if value is None:
            return None
        values.append(value)
    return values


def _moment(text: str) -> datetime | None:
    try:
        read = parse_datetime(text)
    except ValueError:
        return None
    return read if read and read.tzinfo else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None
