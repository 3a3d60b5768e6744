"""Work out the controls that have one label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _

from haven.web.components.options.shared import (
    Options,
    affix,
    as_options,
    chosen,
    described,
    joined,
    optional,
)


def single(options: Options) -> Options:
    """Work out a control with one label: input, textarea, select, file upload."""
    identifier = options.get("id") or options.get("name") or ""
    found = described(options, identifier, options.get("described_by"))
    return {**found, "id": identifier, "label": as_options(options.get("label"))}


def text_input(options: Options) -> Options:
    """Work out an input, its type and whether it needs a wrapper for what stands beside it."""
    found = single(options)
    prefix, suffix = affix(options.get("prefix")), affix(options.get("suffix"))
    group = found["form_group"]
    wrapped = bool(prefix or suffix or group.get("before_input") or group.get("after_input"))
    own = {
        "class": joined("govuk-input", options.get("classes"), "govuk-input--error" if found["error_message"] else ""),
        "id": found["id"],
        "name": options.get("name"),
        "type": options.get("type") or "text",
        "spellcheck": optional(str(options["spellcheck"]).lower() if "spellcheck" in options else None),
        "value": optional(options.get("value")),
        "disabled": optional(options.get("disabled")),
        "aria-describedby": optional(found["described_by"] or None),
        "autocomplete": optional(options.get("autocomplete")),
        "autocapitalize": optional(options.get("autocapitalize")),
        "pattern": optional(options.get("pattern")),
        "inputmode": optional(options.get("inputmode")),
    }
    return {**found, "prefix": prefix, "suffix": suffix, "wrapped": wrapped, "own": own}


def textarea(options: Options) -> Options:
    """Work out a textarea and whether its spelling is checked."""
    spellcheck = str(options["spellcheck"]).lower() if isinstance(options.get("spellcheck"), bool) else ""
    return {**single(options), "spellcheck": spellcheck}


def select(options: Options) -> Options:
    """Work out a select and which of its items is chosen."""
    given = [item for item in options.get("items") or [] if item]
    items = [{**item, "selected": chosen(item, "selected", options)} for item in given]
    return {**single(options), "items": items}


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
        "data-maxlength": optional(options.get("maxlength")),
        "data-maxwords": optional(options.get("maxwords")),
        "data-threshold": optional(options.get("threshold")),
        "data-count-type": optional(kind or None),
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
