"""How great the danger to a person is found out: questions, points, bands, floor, overrides (DOMAIN 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from haven.policy.bands import Band
from haven.policy.pack.keys import Entry, Worded, code, key, translations

MayJudge = Literal["caseworker", "team_manager", "head_of_service"]


@dataclass(frozen=True, kw_only=True)
class RiskSet(Entry):
    """What holds for the whole set: its name, the floor, gaps, who lowers a band, when children are affected."""

    name: str
    hate_floor: Band
    hate_question: str = key(refers="risk_questions")
    hate_from: int = key(least=1)
    children_question: str = key(refers="risk_questions")
    children_from: int = key(least=1)
    gaps_allowed: int = key(least=0)
    lowered_by: tuple[MayJudge, ...]


@dataclass(frozen=True, kw_only=True)
class ScoreBand(Entry):
    """From which score a band holds."""

    KEY: ClassVar[str] = "band"

    band: Band
    at_least: int = key(least=0)


@dataclass(frozen=True, kw_only=True)
class RiskGroup(Worded):
    """A heading under which questions are asked together."""

    KEY: ClassVar[str] = "code"

    code: str = code("PATTERN")
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class RiskOption:
    """One answer that may be given, and how many points it scores."""

    code: str = code("WEEKLY")
    label: str
    points: int = key(least=0)
    label_in: Mapping[str, str] = translations()


@dataclass(frozen=True, kw_only=True)
class RiskQuestion(Worded):
    """One question, asked in conversation; the options rise in points."""

    KEY: ClassVar[str] = "id"

    id: str = key(pattern=r"[A-Z][0-9]{1,2}", like="A1")
    group: str = key(refers="risk_groups")
    hint: str = ""
    options: tuple[RiskOption, ...]

    @property
    def points(self) -> Mapping[str, int]:
        """The points of each option, by its code."""
        return {option.code: option.points for option in self.options}

    @property
    def most(self) -> int:
        """The most points that an answer can score."""
        return max(option.points for option in self.options)

    @property
    def middle(self) -> int:
        """The points of the middle option, the higher one of two: what "don't know" scores."""
        return sorted(option.points for option in self.options)[len(self.options) // 2]


@dataclass(frozen=True, kw_only=True)
class Circumstance(Worded):
    """Something beside the answers that an override may rest on: ticked, or found on record by what it names."""

    KEY: ClassVar[str] = "code"

    code: str = code("REPEAT_VICTIM")
    incident_types: tuple[str, ...] = key(default=(), refers="incident_types")
    repeat_rules: tuple[str, ...] = key(default=(), refers="repeat_rules")
    staff_responsible: bool = False


@dataclass(frozen=True, kw_only=True)
class Scores:
    """That a question scores at least so many points; `or_gap`: also where nobody asked or they would not say."""

    question: str = key(refers="risk_questions")
    at_least: int = key(least=1)
    or_gap: bool = False


@dataclass(frozen=True, kw_only=True)
class Override(Worded):
    """A band that holds whatever the score: where every one of `answers` and one of `circumstances` holds."""

    KEY: ClassVar[str] = "code"

    code: str = code("SELF_HARM_NOW")
    band: Band
    answers: tuple[Scores, ...] = ()
    circumstances: tuple[str, ...] = key(default=(), refers="risk_circumstances")
