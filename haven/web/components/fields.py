"""Turn a bound Django form field into the component that asks its question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haven.web.components.rendering import component
from haven.web.components.widgets import DateParts

SIZES = {"s", "m", "l", "xl"}


def field(
    bound: forms.BoundField,
    *,
    heading: bool = False,
    size: str = "",
    label: Any = None,
    hint: Any = None,
    **more: Any,
) -> SafeString:
    """Return the field as a component: what was typed is kept, and its first error is shown.

    `heading` makes the label the heading of the page; `size` is s, m, l or xl.
    """
    question = {"text": bound.label if label is None else label, "is_page_heading": heading}
    size = size or ("l" if heading else "")
    shared = {
        "name": bound.html_name,
        "hint": bound.help_text if hint is None else hint,
        "error_message": first_error(bound),
        **more,
    }
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_hidden()
    if isinstance(widget, DateParts):
        return component("date-input", _date(bound, widget), **shared, **_asked(question, size))
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return component("checkboxes", _choices(bound), **shared, **_asked(question, size))
    if isinstance(widget, forms.RadioSelect):
        return component("radios", _choices(bound), **shared, **_asked(question, size))
    if isinstance(widget, forms.CheckboxInput):
        return component("checkboxes", _single_checkbox(bound, question["text"]), **shared)
    question["classes"] = f"govuk-label--{size}" if size in SIZES else ""
    return _one_control(bound, {**shared, "id": bound.id_for_label, "label": question})


def first_error(bound: forms.BoundField) -> str:
    """Return the first thing that is wrong with a field, if anything is."""
    return str(bound.errors[0]) if bound.errors else ""


def _asked(question: dict[str, Any], size: str) -> dict[str, Any]:
    classes = f"govuk-fieldset__legend--{size}" if size in SIZES else ""
    return {"fieldset": {"legend": {**question, "classes": classes}}}


def _one_control(bound: forms.BoundField, options: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    own = dict(bound.build_widget_attrs(dict(widget.attrs)))
    for known in ("required", "maxlength", "minlength", "aria-describedby", "aria-invalid", "id"):
        own.pop(known, None)
    if isinstance(widget, forms.FileInput):
        options["multiple"] = bool(getattr(widget, "allow_multiple_selected", False))
        return component("file-upload", options, attributes=_flags(own))
    if isinstance(widget, forms.Select):
        return component("select", options, items=list(_options(bound)), attributes=_flags(own))
    options["value"] = _value(bound)
    if isinstance(widget, forms.Textarea):
        return _textarea(bound, options, own)
    kind = getattr(widget, "input_type", "text") or "text"
    if kind in ("text", "search"):
        own.setdefault("dir", "auto")
    for name in ("inputmode", "autocomplete", "autocapitalize", "pattern"):
        options.setdefault(name, own.pop(name, None))
    options["classes"] = " ".join(filter(None, [options.get("classes"), str(own.pop("class", ""))]))
    if "spellcheck" in own:
        options.setdefault("spellcheck", str(own.pop("spellcheck")).lower() == "true")
    return component("input", options, type=kind, attributes=_flags(own))


def _textarea(bound: forms.BoundField, options: dict[str, Any], own: dict[str, Any]) -> SafeString:
    own.setdefault("dir", "auto")
    own.pop("cols", None)
    options.setdefault("rows", own.pop("rows", None))
    counted = options.pop("count", False)
    longest = getattr(bound.field, "max_length", None)
    if counted and longest:
        return component("character-count", options, maxlength=longest, attributes=_flags(own), **_room())
    return component("textarea", options, attributes=_flags(own))


# A number of each kind that languages tell apart when they count (CLDR plural categories).
COUNTED = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def _room() -> dict[str, dict[str, str]]:
    """Return what the counting script says, in the language of the page and each of its plurals."""
    left, over = {}, {}
    for kind, number in COUNTED.items():
        left[kind] = ngettext(
            "You have %(count)s character left", "You have %(count)s characters left", number
        ).replace("%(count)s", "%{count}")
        over[kind] = ngettext(
            "You have %(count)s character too many", "You have %(count)s characters too many", number
        ).replace("%(count)s", "%{count}")
    return {"characters_under_limit_text": _shortest(left), "characters_over_limit_text": _shortest(over)}


def _shortest(texts: dict[str, str]) -> dict[str, str]:
    return {kind: text for kind, text in texts.items() if kind == "other" or text != texts["other"]}


def _value(bound: forms.BoundField) -> str | None:
    widget = bound.field.widget
    if isinstance(widget, forms.PasswordInput) and not widget.render_value:
        return None
    value = widget.format_value(bound.value())
    return None if value is None else str(value)


def _flags(own: dict[str, Any]) -> dict[str, Any]:
    """Write Django's True as a bare attribute, and leave out its False."""
    return {
        name: {"value": value, "optional": True} if isinstance(value, bool) else value
        for name, value in own.items()
        if value is not None
    }


def _options(bound: forms.BoundField) -> Iterator[dict[str, Any]]:
    for one in bound.subwidgets:
        data = one.data
        yield {
            "text": data["label"],
            "value": "" if data["value"] is None else str(data["value"]),
            "selected": bool(data["selected"]),
        }


def _choices(bound: forms.BoundField) -> dict[str, Any]:
    """Return the items of radios or checkboxes, with what their widget says about single ones."""
    widget = bound.field.widget
    items: list[dict[str, Any]] = []
    for one in _options(bound):
        if one["value"] == "" and bound.field.required is False and isinstance(widget, forms.RadioSelect):
            continue
        value = one["value"]
        if value == getattr(widget, "divider_before", None):
            items.append({"divider": getattr(widget, "divider", None) or _("or")})
        items.append(
            {
                "text": one["text"],
                "value": value,
                "checked": one["selected"],
                "hint": getattr(widget, "hints", {}).get(value),
                "conditional": _revealed(bound, getattr(widget, "reveals", {}).get(value, ())),
                "behaviour": "exclusive" if value == getattr(widget, "exclusive", None) else None,
            }
        )
    return {"id_prefix": bound.auto_id or bound.html_name, "items": items}


def _revealed(bound: forms.BoundField, names: Iterable[str] | str) -> SafeString | None:
    names = [names] if isinstance(names, str) else list(names)
    return SafeString("".join(field(bound.form[name]) for name in names)) if names else None


def _single_checkbox(bound: forms.BoundField, text: Any) -> dict[str, Any]:
    chosen = bool(bound.field.widget.check_test(bound.value()))
    item = {"text": text, "value": "on", "checked": chosen}
    return {"id_prefix": bound.auto_id or bound.html_name, "items": [item]}


def _date(bound: forms.BoundField, widget: DateParts) -> dict[str, Any]:
    typed = widget.typed(bound.value())
    wrong = getattr(bound.field, "wrong_parts", lambda _: ())(typed)
    items = [
        {
            "name": part,
            "label": label,
            "value": typed.get(part) or None,
            "error": part in wrong if wrong else None,
        }
        for part, label in widget.labels().items()
    ]
    return {"id": bound.auto_id or bound.html_name, "name_prefix": bound.html_name, "items": items}


def first_control(bound: forms.BoundField) -> str:
    """Return the id of the control on which a link in the error summary puts the focus."""
    identifier = bound.auto_id or bound.html_name
    widget = bound.field.widget
    if not isinstance(widget, DateParts):
        return identifier
    wrong = getattr(bound.field, "wrong_parts", lambda _: ())(widget.typed(bound.value()))
    return f"{identifier}-{next(iter(wrong), 'day')}"


def error_summary(every_form: list[forms.BaseForm], **more: Any) -> SafeString:
    """Return the summary of everything wrong in these forms; empty when nothing is."""
    found = [one for form in every_form if form.is_bound for one in _wrong(form)]
    return component("error-summary", {"error_list": found}, **more) if found else SafeString("")


def _wrong(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    for message in form.non_field_errors():
        yield {"text": str(message)}
    for bound in form:
        if bound.errors:
            yield {"text": str(bound.errors[0]), "href": f"#{first_control(bound)}"}
