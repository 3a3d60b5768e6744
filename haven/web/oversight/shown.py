"""Numbers and figures as a reader may see them: exact, or hidden where they are small; and the words for codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from haven.insight.access import Eyes
from haven.insight.clauses import FigureRow
from haven.insight.figures import Definition, Result
from haven.insight.figures.definitions import Kind
from haven.insight.suppression import FEWER, hides_total, is_small, suppressed
from haven.policy.pack import pack
from haven.policy.register import REGISTER

HIDDEN = "not shown"
TOP = 12


def number(count: int, eyes: Eyes) -> str:
    """Return one count on its own."""
    return FEWER if not eyes.small_numbers and is_small(count) else f"{count:,}"


def numbers(counts: Sequence[int], eyes: Eyes) -> list[str]:
    """Return counts that stand beside one another; where one is hidden, no other gives it away."""
    if eyes.small_numbers:
        return [f"{count:,}" for count in counts]
    return [_shown(count, kept) for count, kept in zip(counts, suppressed(counts), strict=True)]


def _shown(count: int, kept: int | None) -> str:
    if kept is not None:
        return f"{kept:,}"
    return FEWER if is_small(count) else HIDDEN


def percent(first: int, counts: Sequence[int], eyes: Eyes) -> str:
    """Return what share of all the first is, in whole percent; hidden where a count behind it is."""
    if not sum(counts):
        return "–"
    if not eyes.small_numbers and any(map(is_small, counts)):
        return HIDDEN
    return f"{int(100 * first / sum(counts))}%"


def span(minutes: float | None) -> str:
    """Return a length of time in its largest unit."""
    if minutes is None:
        return "–"
    if minutes < 120:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 2880 else f"{minutes / 1440:.0f} days"


def figure(row: FigureRow, eyes: Eyes) -> dict[str, Any]:
    """Return what the figure template shows: headline, its unit, rows with bars, the definition."""
    definition, result = row.definition, row.result
    counts = [part.number for part in result.parts]
    texts = numbers(counts, eyes) if definition.adds_up else [number(count, eyes) for count in counts]
    most = max(counts, default=0)
    rows = [
        {
            "label": label(definition, part.code),
            "text": text,
            "bar": round(100 * part.number / most) if most and text[:1].isdigit() else None,
        }
        for part, text in zip(result.parts, texts, strict=True)
    ]
    headline, unit = _headline(definition, result, counts, eyes)
    return {
        "name": definition.name,
        "title": definition.title,
        "definition": definition.definition,
        "clauses": definition.clauses,
        "headline": headline,
        "unit": unit,
        "rows": rows[:TOP],
        "others": len(rows) - TOP if len(rows) > TOP else 0,
        "is_empty": not sum(counts),
    }


def _headline(definition: Definition, result: Result, counts: list[int], eyes: Eyes) -> tuple[str, str]:
    if not sum(counts):
        return "–", "nothing to count yet"
    if definition.kind is Kind.SHARE:
        return percent(counts[0], counts, eyes), f"of {_total(counts, eyes)}"
    if definition.kind is Kind.TIME:
        if not eyes.small_numbers and is_small(sum(counts)):
            return HIDDEN, ""
        return span(result.middle), f"in the middle, {span(result.worst)} at worst"
    if not definition.adds_up:
        return str(sum(count > 0 for count in counts)), "kinds"
    return _total(counts, eyes), "in all"


def _total(counts: list[int], eyes: Eyes) -> str:
    if not eyes.small_numbers and hides_total(counts):
        return HIDDEN
    return f"{sum(counts):,}"


def label(definition: Definition, code: str) -> str:
    """Return the word for a code of a figure: its own, the landlord's, or a guard's."""
    if code in definition.words:
        return definition.words[code]
    if definition.words_from:
        entry = getattr(pack(), definition.words_from).get(code)
        return getattr(entry, "label", "") or getattr(entry, "name", "") or code
    guard = REGISTER.guards.get(code)
    return guard.summary[:1].upper() + guard.summary[1:] if guard else code


def duty_label(key: str) -> str:
    """Return the landlord's words for a duty."""
    standard = pack().standards.get(key)
    return standard.label if standard else key.replace("_", " ").capitalize()
