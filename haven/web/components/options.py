"""Work out what a component's template needs from what its user wrote: ids, descriptions, chosen items.

Names of options are those of govuk-frontend in Python's spelling. Wherever an option is a text, a SafeString is taken
as HTML and everything else is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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


def single(options: Options) -> Options:
    """Work out a control with one label: input, textarea, select, file upload."""
    identifier = options.get("id") or options.get("name") or ""
    found = described(options, identifier, options.get("described_by"))
    return {**found, "id": identifier, "label": as_options(options.get("label"))}


def text_input(options: Options) -> Options:
    """Work out an input, its type and whether it needs a wrapper for what stands beside it."""
    found = single(options)
    prefix, suffix = _affix(options.get("prefix")), _affix(options.get("suffix"))
    group = found["form_group"]
    wrapped = bool(prefix or suffix or group.get("before_input") or group.get("after_input"))
    own = {
        "class": joined("govuk-input", options.get("classes"), "govuk-input--error" if found["error_message"] else ""),
        "id": found["id"],
        "name": options.get("name"),
        "type": options.get("type") or "text",
        "spellcheck": _optional(str(options["spellcheck"]).lower() if "spellcheck" in options else None),
        "value": _optional(options.get("value")),
        "disabled": _optional(options.get("disabled")),
        "aria-describedby": _optional(found["described_by"] or None),
        "autocomplete": _optional(options.get("autocomplete")),
        "autocapitalize": _optional(options.get("autocapitalize")),
        "pattern": _optional(options.get("pattern")),
        "inputmode": _optional(options.get("inputmode")),
    }
    return {**found, "prefix": prefix, "suffix": suffix, "wrapped": wrapped, "own": own}


def _affix(value: Any) -> Options | None:
    found = as_options(value)
    return found if found and found.get("text") else None


def _optional(value: Any) -> Options:
    return {"value": value, "optional": True}


def textarea(options: Options) -> Options:
    """Work out a textarea and whether its spelling is checked."""
    spellcheck = str(options["spellcheck"]).lower() if isinstance(options.get("spellcheck"), bool) else ""
    return {**single(options), "spellcheck": spellcheck}


def select(options: Options) -> Options:
    """Work out a select and which of its items is chosen."""
    items = [{**item, "selected": _chosen(item, "selected", options)} for item in options.get("items") or [] if item]
    return {**single(options), "items": items}


def _chosen(item: Mapping[str, Any], state: str, options: Options) -> bool:
    """Say whether an item is chosen: by its own state, or else by the value of the whole."""
    if item.get(state):
        return True
    if item.get(state) is False:
        return False
    value = item.get("value", item.get("text"))
    if "values" in options:
        return value in (options["values"] or [])
    return bool(options.get("value")) and value == options["value"]


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
    hint = _affix(item.get("hint"))
    hint_id = f"{identifier}-item-hint" if hint else ""
    conditional = as_options(item.get("conditional"))
    return {
        **item,
        "id": identifier,
        "name": item.get("name") or options.get("name"),
        "hint": hint,
        "hint_id": hint_id,
        "label": as_options(item.get("label")) or {},
        "checked": _chosen(item, "checked", options),
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


DATE_PARTS = {"day": 2, "month": 2, "year": 4}


def date_input(options: Options) -> Options:
    """Work out a date of day, month and year, each of which may be left empty."""
    identifier = options.get("id") or ""
    fieldset_ = as_options(options.get("fieldset"))
    found = described(options, identifier, (fieldset_ or {}).get("described_by"))
    items = [dict(item) for item in options.get("items") or [{"name": part} for part in DATE_PARTS] if item]
    any_wrong = any(item.get("error") for item in items)
    parts = [_date_part(item, found, any_wrong=any_wrong) for item in items]
    return {**found, "id": identifier, "fieldset": legend_of(fieldset_), "parts": parts}


def _date_part(item: Options, options: Options, *, any_wrong: bool) -> Options:
    name, given = item.get("name") or "", item.get("classes") or ""
    wrong = item.get("error") or (item.get("error") is not False and options["error_message"] and not any_wrong)
    classes = joined(
        "govuk-date-input__input",
        "govuk-input--error" if wrong and "govuk-input--error" not in given else "",
        "" if "govuk-input--width-" in given else f"govuk-input--width-{DATE_PARTS.get(name, 2)}",
        given,
    )
    full_name = f"{options['name_prefix']}-{name}" if options.get("name_prefix") else name
    return {
        "label": {"text": item.get("label") or name.capitalize(), "classes": "govuk-date-input__label"},
        "id": item.get("id") or f"{options.get('id') or ''}-{name}",
        "name": full_name,
        "classes": classes,
        "value": item.get("value", (options.get("values") or {}).get(full_name)),
        "inputmode": item.get("inputmode") or "numeric",
        "autocomplete": item.get("autocomplete"),
        "pattern": item.get("pattern"),
        "attributes": item.get("attributes"),
    }


def character_count(options: Options) -> Options:
    """Work out a textarea that says how much room is left; the script counts, the form decides."""
    identifier = options.get("id") or options.get("name") or ""
    group = as_options(options.get("form_group")) or {}
    kind = options.get("count_type") or ("words" if options.get("maxwords") else "")
    after = as_options(group.get("after_input")) or {}
    own = (options.get("count_message") or {}).get("classes")
    message = format_html(
        '<div id="{}-info" class="{}">{}</div>',
        identifier,
        joined("govuk-hint govuk-character-count__message", own),
        _room(options, kind),
    )
    wrapper = {
        "classes": joined("govuk-character-count", group.get("classes")),
        "attributes": {**_counting(options, kind), **(group.get("attributes") or {})},
        "before_input": group.get("before_input"),
        "after_input": {"text": message + conditional_escape(after.get("text") or "")},
    }
    inner = {
        **options,
        "id": identifier,
        "described_by": f"{identifier}-info",
        "classes": joined("govuk-js-character-count", options.get("classes")),
        "form_group": wrapper,
    }
    return {"worked_out": inner}


def _room(options: Options, kind: str) -> str:
    """Say how much may be written; nothing when there is no limit."""
    most = options.get("maxwords") or options.get("maxlength")
    if not most:
        return ""
    given = options.get("textarea_description_text")
    words, characters = _("You can enter up to %{count} words"), _("You can enter up to %{count} characters")
    return str(given or (words if kind == "words" else characters)).replace("%{count}", str(most))


def _counting(options: Options, kind: str) -> Options:
    """Return what the counting script reads: the limit, and its words in the language of the page."""
    described = options.get("textarea_description_text")
    without_limit = not options.get("maxwords") and not options.get("maxlength")
    found: Options = {
        "data-module": "govuk-character-count",
        "data-maxlength": _optional(options.get("maxlength")),
        "data-maxwords": _optional(options.get("maxwords")),
        "data-threshold": _optional(options.get("threshold")),
        "data-count-type": _optional(kind or None),
    }
    if without_limit and described:
        found["data-i18n.textarea-description.other"] = described
    for unit in ("characters", "words"):
        for state in ("under", "at", "over"):
            found |= _messages(f"data-i18n.{unit}-{state}-limit", options.get(f"{unit}_{state}_limit_text"))
    return found


def _messages(name: str, given: Any) -> Options:
    if isinstance(given, Mapping):
        return {f"{name}.{plural}": text for plural, text in given.items()}
    return {name: given} if given else {}


def notification_banner(options: Options) -> Options:
    """Work out a banner: success is announced at once, anything else is a region."""
    return {
        **options,
        "role": options.get("role") or ("alert" if options.get("type") == "success" else "region"),
        "title_id": options.get("title_id") or "govuk-notification-banner-title",
        "title_heading_level": options.get("title_heading_level") or 2,
        "is_html": isinstance(options.get("text"), SafeString),
    }


def panel(options: Options) -> Options:
    """Work out a panel, which confirms unless it interrupts, and what one may press on it."""
    actions = as_options(options.get("actions"))
    if actions:
        actions["items_"] = [_panel_action(one) for one in actions.get("items") or []]
    interrupts = "govuk-panel--interruption" in (options.get("classes") or "")
    return {**options, "actions": actions, "is_interruption": interrupts}


def _panel_action(action: Mapping[str, Any]) -> Options:
    if action.get("href") and action.get("type") != "button":
        return dict(action)
    classes = joined("govuk-button--inverse", action.get("classes"))
    return {**action, "is_button": True, "classes": classes, "type": action.get("type") or "button"}


def button(options: Options) -> Options:
    """Work out a button; a start button keeps its words and its arrow apart."""
    return {**options, "wrapped": isinstance(options.get("text"), SafeString)}


def summary_list(options: Options) -> Options:
    """Work out a summary list: whether any row has actions decides how the others are laid out."""
    rows = [_row(row) for row in options.get("rows") or [] if row]
    any_actions = any(row["shown"] for row in rows)
    for row in rows:
        row["without_actions"] = any_actions and not row["shown"]
    card = as_options(options.get("card"))
    if card:
        card["title"] = as_options(card.get("title"))
        card["shown"] = (card.get("actions") or {}).get("items") or []
    return {**options, "rows": rows, "card": card}


def _row(row: Mapping[str, Any]) -> Options:
    shown = (row.get("actions") or {}).get("items") or []
    return {**row, "key": as_options(row.get("key")), "value": as_options(row.get("value")), "shown": shown}


def table(options: Options) -> Options:
    """Work out a table, in which a plain text stands for a cell."""
    head = [as_options(cell) or {} for cell in options.get("head") or []]
    rows = [[as_options(cell) or {} for cell in row] for row in options.get("rows") or [] if row]
    return {**options, "head": head, "rows": rows}


def pagination(options: Options) -> Options:
    """Work out a pagination, which without numbers stands as blocks."""
    ends = {name: as_options(options.get(name)) for name in ("previous", "next")}
    items = [_page(item) for item in options.get("items") or [] if item]
    return {**options, **ends, "items": items, "block_level": not items and any(ends.values())}


def _page(item: Mapping[str, Any]) -> Options:
    spoken = item.get("visually_hidden_text") or _("Page %(number)s") % {"number": item.get("number")}
    return {**item, "spoken": spoken}


BY_COMPONENT: dict[str, Callable[[Options], Options]] = {
    "input": text_input,
    "textarea": textarea,
    "select": select,
    "file-upload": single,
    "radios": radios,
    "checkboxes": checkboxes,
    "fieldset": fieldset,
    "date-input": date_input,
    "character-count": character_count,
    "notification-banner": notification_banner,
    "panel": panel,
    "button": button,
    "summary-list": summary_list,
    "table": table,
    "pagination": pagination,
}
