"""File names: tidied when given, neutral when given back."""

from __future__ import annotations

import re
import unicodedata

from haven.evidence.limits import NAME_LENGTH

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def tidy(name: str | None) -> str | None:
    """Return a given name without path, control or direction-changing characters, or None where nothing is left."""
    last = re.split(r"[/\\]", name or "")[-1]
    seen = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in _HIDDEN)
    plain = " ".join(seen.split()).strip(". ")
    if len(plain) <= NAME_LENGTH:
        return plain or None
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"


def neutral(item_id: int, ending: str) -> str:
    """Return the name under which a file is handed out, which says nothing of whom it is about."""
    return f"item-{item_id}.{ending}"
