"""The tags that pages use: components, form fields, error summaries, and people's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from haven.web.components import fields, rendering

register = template.Library()


@register.simple_tag
def component(which: str, given: Mapping[str, Any] | None = None, **more: Any) -> SafeString:
    """Render a component of this house: {% component "button" text="Continue" name="go" %}."""
    return rendering.component(which, given, **more)


@register.simple_tag
def attributes(given: Mapping[str, Any] | None = None) -> SafeString:
    """Write a mapping as HTML attributes."""
    return rendering.attributes(given)


@register.simple_tag
def field(bound: forms.BoundField, **how: Any) -> SafeString:
    """Render one field of a form with its label, hint, error and what was typed."""
    return fields.field(bound, **how)


@register.simple_tag
def error_summary(*every_form: forms.BaseForm | None, **more: Any) -> SafeString:
    """List what is wrong in these forms, each linked to its control; nothing when nothing is wrong."""
    return fields.error_summary([one for one in every_form if one is not None], **more)


@register.filter
def bdi(value: Any) -> SafeString:
    """Keep a name or other words in their own direction inside a sentence of ours."""
    return format_html("<bdi>{}</bdi>", "" if value is None else value)


@register.simple_tag
def told(value: Any, language: str = "") -> SafeString:
    """Show somebody's own words as they wrote them: their lines, their direction, their language."""
    return format_html(
        '<div class="hv-told" dir="auto"{}>{}</div>',
        format_html(' lang="{}"', language) if language else "",
        "" if value is None else value,
    )


@register.simple_block_tag
def inset(content: SafeString, **more: Any) -> SafeString:
    """Set a passage off from the rest."""
    return rendering.component("inset-text", text=content, **more)


@register.simple_block_tag
def details(content: SafeString, summary: str, **more: Any) -> SafeString:
    """Hide a passage until it is asked for."""
    return rendering.component("details", summary_text=summary, text=content, **more)


@register.simple_block_tag
def banner(content: SafeString, **more: Any) -> SafeString:
    """Show a notification banner (type="success" when something has been done)."""
    return rendering.component("notification-banner", text=content, **more)


@register.simple_block_tag
def panel(content: SafeString, title: str, **more: Any) -> SafeString:
    """Confirm what has just been done."""
    return rendering.component("panel", title_text=title, text=content, **more)


@register.simple_block_tag
def section(content: SafeString, title: str, **more: Any) -> SafeString:
    """Hold one section of a page, under its own heading."""
    return rendering.component("section", title=title, text=content, **more)
