"""Render one component: work out its options, then fill its template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms.utils import flatatt
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from haven.web.components import options as prepare


def component(name: str, given: Mapping[str, Any] | None = None, /, **more: Any) -> SafeString:
    """Return the component `name` as HTML, with the options that its template lists."""
    options = {**(given or {}), **more}
    worked_out = prepare.BY_COMPONENT.get(name, prepare.unchanged)(options)
    return mark_safe(get_template(f"components/{name}.html").render(worked_out))  # noqa: S308


def attributes(given: Mapping[str, Any] | SafeString | None) -> SafeString:
    """Return HTML attributes, each preceded by a space, in govuk-frontend's sense.

    A value of None is an empty attribute. A mapping {"value", "optional": True} is left out when it is
    None or False, and has no value when it is True.
    """
    if isinstance(given, str):
        return given if isinstance(given, SafeString) else SafeString("")
    return SafeString("".join(_attribute(name, value) for name, value in (given or {}).items()))


def _attribute(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        if value.get("optional") is True:
            return flatatt({name: value.get("value") if value.get("value") is not None else False})
        value = value.get("value")
    if isinstance(value, bool):
        value = str(value).lower()
    return format_html(' {}="{}"', name, "" if value is None else value)
