"""Small counts are not shown to those who see figures without people (clause 5.1; DOMAIN.md 9.7).

A count from 1 to 4 is hidden. Where a table has a total, one hidden count could be worked out from the others, so the
next smallest is hidden with it. Nothing of a hidden count leaves this module: neither the number nor its share.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 5
FEWER = f"fewer than {LEAST}"


def is_small(number: int) -> bool:
    """Say whether a count could point at people."""
    return 0 < number < LEAST


def suppressed(numbers: Sequence[int]) -> list[int | None]:
    """Return the numbers of one table that adds up, with None in place of those that are not shown."""
    hidden = {place for place, number in enumerate(numbers) if is_small(number)}
    if len(hidden) == 1:
        others = [place for place, number in enumerate(numbers) if place not in hidden and number > 0]
        hidden.update(sorted(others, key=lambda place: (numbers[place], place))[:1])
    return [None if place in hidden else number for place, number in enumerate(numbers)]


def hides_total(numbers: Sequence[int]) -> bool:
    """Say whether the total would give a hidden count away: it is small itself, or only one count is not nought."""
    return is_small(sum(numbers)) or (any(map(is_small, numbers)) and sum(number > 0 for number in numbers) == 1)
