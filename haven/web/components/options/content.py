"""Work out what is read and pressed rather than filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from haven.web.components.options.shared import Options, as_options, joined


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
