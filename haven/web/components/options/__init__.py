"""Work out what a component's template needs from what its user wrote: ids, descriptions, chosen items.

Names of options are those of govuk-frontend in Python's spelling. Wherever an option is a text, a SafeString is
taken as HTML and everything else is escaped.
"""

from __future__ import annotations

from collections.abc import Callable

from haven.web.components.options import choices, content, controls
from haven.web.components.options.shared import Options, unchanged

__all__ = ["BY_COMPONENT", "unchanged"]

BY_COMPONENT: dict[str, Callable[[Options], Options]] = {
    "input": controls.text_input,
    "textarea": controls.textarea,
    "select": controls.select,
    "file-upload": controls.single,
    "radios": choices.radios,
    "checkboxes": choices.checkboxes,
    "fieldset": choices.fieldset,
    "date-input": choices.date_input,
    "character-count": controls.character_count,
    "notification-banner": content.notification_banner,
    "panel": content.panel,
    "button": content.button,
    "summary-list": content.summary_list,
    "table": content.table,
    "pagination": content.pagination,
}
