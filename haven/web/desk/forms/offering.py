"""How a form is told what it offers, once it knows who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Let a field offer these codes with their words."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def offer_rows(
    form: forms.Form, name: str, rows: QuerySet[Any], label: Callable[[Any], str], *, initial: Any = None
) -> None:
    """Let a field offer these rows, each under its label; they are read once, however often the page asks for them."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    nobody = [("", field.empty_label)] if field.empty_label is not None else []
    field.choices = [*nobody, *((row.pk, label(row)) for row in list(rows))]  # type: ignore[assignment]
    field.initial = initial


def by_name(row: Model) -> str:
    """Return the name of a member of staff or a team."""
    return str(row.name)  # type: ignore[attr-defined]
