"""What somebody's open work weighs, so that work is shared out by harm and not by number (clause 2.0(b))."""

from __future__ import annotations

from collections.abc import Mapping

from haven.obligations.rules.watching import band_of
from haven.policy.bands import Band
from haven.policy.pack import pack


def by_band(cases: Mapping[int, int]) -> dict[Band, int]:
    """Return how many cases there are of each band, given how many of each step of urgency, the greatest first."""
    found = dict.fromkeys(reversed(Band), 0)
    for urgency, number in cases.items():
        found[band_of(urgency)] += number
    return found


def weight_of(cases: Mapping[int, int], late: int) -> int:
    """Return what these open cases, by step of urgency, and late duties weigh by the landlord's pack."""
    weights = pack().workload
    return sum(weights.of(band) * number for band, number in by_band(cases).items()) + weights.late_duty * late
