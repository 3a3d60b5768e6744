"""Work out the questions that have several controls: radios, checkboxes, dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from haven.web.components.options.shared import Options, affix, as_options, chosen, described, joined


def radios(options: Options) -> Options:
    """Work out radios: ids, hints and conditional parts of each, and which is chosen."""
    return _choices({**options, "described_by": None}, describes_items=False)


def checkboxes(options: Options) -> Options:
    """Work out checkboxes: ids, hints and conditional parts of each, and which are chosen."""
    return _choices(options, describes_items=not options.get("fieldset"))


def _choices(options: Options, *, describes_items: bool) -> Options:
    prefix = options.get("id_prefix") or options.get("name") or ""
    fieldset = as_options(options.get("fieldset"))
    first = (fieldset or {}).get("described_by") or options.get("described_by")
    found = described(options, prefix, first)
    shared = found["described_by"] if describes_items else ""
    items = [
        _choice(item, index, prefix, {**options, "described_by": shared})
        for index, item in enumerate(options.get("items") or [], start=1)
        if item
    ]
    return {**found, "fieldset": legend_of(fieldset), "items": items, "prefix": prefix}


def _choice(item: Mapping[str, Any], index: int, prefix: str, options: Options) -> Options:
    if item.get("divider"):
        return dict(item)
    identifier = item.get("id") or (prefix if index == 1 else f"{prefix}-{index}")
    hint = affix(item.get("hint"))
    hint_id = f"{identifier}-item-hint" if hint else ""
    conditional = as_options(item.get("conditional"))
    return {
        **item,
        "id": identifier,
        "name": item.get("name") or options.get("name"),
        "hint": hint,
        "hint_id": hint_id,
        "label": as_options(item.get("label")) or {},
        "checked": chosen(item, "checked", options),
        "conditional": conditional if conditional and conditional.get("text") else None,
        "conditional_id": f"conditional-{identifier}",
        "described_by": joined(options.get("described_by"), hint_id),
    }


def legend_of(fieldset: Options | None) -> Options | None:
    """Return a fieldset whose legend, if only a text, is a mapping."""
    return None if fieldset is None else {**fieldset, "legend": as_options(fieldset.get("legend"))}


def fieldset(options: Options) -> Options:
    """Work out a fieldset and its legend."""
    return legend_of(options) or {}


WIDTHS = {"day": 2, "month": 2, "year": 4}


def date_input(options: Options) -> Options:
    """Work out a date of day, month and year, each of which may be left empty."""
    identifier = options.get("id") or ""
    fieldset_ = as_options(options.get("fieldset"))
    found = described(options, identifier, (fieldset_ or {}).get("described_by"))
    default = [{"name": part, **(options.get(part) or {})} for part in WIDTHS if options.get(part) is not False]
    items = options.get("items") or default
    asked = [dict(item) for item in items if item]
    any_wrong = any(_is_wrong(item) for item in asked)
    parts = [_date_part(item, found, any_wrong=any_wrong) for item in asked]
    return {**found, "id": identifier, "fieldset": legend_of(fieldset_), "parts": parts}


def _is_wrong(item: Options) -> bool:
    return bool(item.get("error")) or "govuk-input--error" in (item.get("classes") or "")


def _date_part(item: Options, options: Options, *, any_wrong: bool) -> Options:
    name, given = item.get("name") or "", item.get("classes") or ""
    blamed = item.get("error") is not False and options["error_message"] and not any_wrong
    classes = joined(
        "govuk-date-input__input",
        "govuk-input--error" if (_is_wrong(item) or blamed) and "govuk-input--error" not in given else "",
        "" if "govuk-input--width-" in given else f"govuk-input--width-{_width(name, options)}",
        given,
    )
    full_name = f"{options['name_prefix']}-{name}" if options.get("name_prefix") else name
    return {
        "label": {"text": item.get("label") or name.capitalize(), "classes": "govuk-date-input__label"},
        "id": item.get("id") or f"{options.get('id') or ''}-{name}",
        "name": full_name,
        "classes": classes,
        "value": item.get("value", _date_value(name, full_name, options)),
        "inputmode": item.get("inputmode") or "numeric",
        "autocomplete": item.get("autocomplete"),
        "pattern": item.get("pattern"),
        "attributes": item.get("attributes"),
    }


def _width(name: str, options: Options) -> int:
    """Return the width of a part, also of one that goes by another name."""
    kinds = {(options.get(part) or {}).get("name"): width for part, width in WIDTHS.items()}
    return WIDTHS.get(name) or kinds.get(name) or 2


def _date_value(name: str, full_name: str, options: Options) -> Any:
    """Return the value of a part: its own, that of its kind, or that under its full name."""
    values = options.get("values") or {}
    for part in WIDTHS:
        own = options.get(part) or {}
        if name and name in (part, own.get("name")):
            found = own.get("value") if own else values.get(part)
            return values.get(full_name) if found is None else found
    return values.get(full_name)
