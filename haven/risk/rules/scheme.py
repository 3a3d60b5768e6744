"""The landlord's questions as frozen facts, so that weighing depends on nothing but what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from haven.policy.pack import pack
from haven.policy.pack.tables_risk import Circumstance, Override, RiskGroup, RiskQuestion, RiskSet, ScoreBand


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A set of questions with its bands, floor and overrides (DOMAIN 3.2)."""

    whole: RiskSet
    bands: tuple[ScoreBand, ...]
    groups: Mapping[str, RiskGroup]
    questions: Mapping[str, RiskQuestion]
    circumstances: Mapping[str, Circumstance]
    overrides: Mapping[str, Override]

    def asked_in(self, group: str) -> tuple[RiskQuestion, ...]:
        """Return the questions of a group, in their order."""
        return tuple(each for each in self.questions.values() if each.group == group)


def scheme() -> Scheme:
    """Return the questions of the pack that is in force."""
    policy = pack()
    return Scheme(
        whole=policy.risk,
        bands=tuple(policy.risk_bands.values()),
        groups=policy.risk_groups,
        questions=policy.risk_questions,
        circumstances=policy.risk_circumstances,
        overrides=policy.risk_overrides,
    )
