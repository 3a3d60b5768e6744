"""What the options of several components have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Options = dict[str, Any]


def unchanged(options: Options) -> Options:
    """Return the options as they are."""
    return options


def as_options(value: Any) -> Options | None:
    """Return a nested option as a mapping; a plain text stands for {"text": text}."""
    if value is None or value is False or value == "":
        return None
    return dict(value) if isinstance(value, Mapping) else {"text": value}


def joined(*names: str | None) -> str:
    """Return the names that are not empty, separated by a space."""
    return " ".join(name for name in names if name)


def described(options: Options, identifier: str, first: str | None = None) -> Options:
    """Add hint, error message, their ids, and the list of ids that describe the control."""
    hint, error = as_options(options.get("hint")), as_options(options.get("error_message"))
    group = as_options(options.get("form_group")) or {}
    hint_id, error_id = f"{identifier}-hint" if hint else "", f"{identifier}-error" if error else ""
    return {
        **options,
        "hint": hint,
        "error_message": error,
        "form_group": {key: as_options(value) if "_input" in key else value for key, value in group.items()},
        "hint_id": hint_id,
        "error_id": error_id,
        "described_by": joined(first, hint_id, error_id),
    }


def optional(value: Any) -> Options:
    """Return an attribute that is left out when it has no value."""
    return {"value": value, "optional": True}


def affix(value: Any) -> Options | None:
    """Return a nested option that has words in it, or nothing."""
    found = as_options(value)
    return found if found and found.get("text") else None


def chosen(item: Mapping[str, Any], state: str, options: Options) -> bool:
    """Say whether an item is chosen: by its own state, or else by the value of the whole."""
    if item.get(state):
        return True
    if item.get(state) is False:
        return False
    value = item.get("value", item.get("text"))
    if "values" in options:
        return value in (options["values"] or [])
    return bool(options.get("value")) and value == options["value"]
