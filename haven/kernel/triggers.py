"""Triggers for what the database itself refuses, whoever asks."""

from __future__ import annotations

import pgtrigger


def never_truncated() -> pgtrigger.Trigger:
    """Refuse TRUNCATE, which goes round row triggers."""
    return pgtrigger.Trigger(
        name="never_truncated",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'haven: rows of % are kept', TG_TABLE_NAME;",
    )


def append_only() -> list[pgtrigger.Trigger]:
    """Refuse UPDATE, DELETE and TRUNCATE: rows are only ever added."""
    return [
        pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete),
        never_truncated(),
    ]


def kept(*columns: str) -> list[pgtrigger.Trigger]:
    """Refuse DELETE and TRUNCATE of rows, and any UPDATE of these columns."""
    return [
        pgtrigger.Protect(name="kept_as_told", operation=pgtrigger.UpdateOf(*columns)),  # type: ignore[no-untyped-call]
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        never_truncated(),
    ]


def original_is_kept(*columns: str) -> pgtrigger.Trigger:
    """Refuse any UPDATE of these columns; rows may still be deleted (files of a visit that was never sent)."""
    changed = pgtrigger.UpdateOf(*columns)  # type: ignore[no-untyped-call]
    return pgtrigger.Protect(name="original_is_kept", operation=changed)
