"""The tools by which something is done about somebody's conduct, and what each needs (DOMAIN.md 6)."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from haven.policy.bands import Band
from haven.policy.pack.keys import Entry, Worded, clause_numbers, code, key

ToolKind = Literal["warning", "voluntary"]
Approver = Literal["caseworker", "team_manager", "head_of_service"]


@dataclass(frozen=True, kw_only=True)
class Gate(Entry):
    """What holds for every tool: for how long a look at equality and proportionality may be relied on."""

    proportionality_days: int = key(least=1)
    reply_days: int = key(least=1)


@dataclass(frozen=True, kw_only=True)
class Tool(Worded):
    """One tool: what kind it is, who approves it, how long it counts, and when it is not offered."""

    KEY: ClassVar[str] = "code"

    code: str = code("FIRST_WARNING")
    kind: ToolKind
    clauses: tuple[str, ...] = clause_numbers()
    approved_by: Approver
    live_months: int = key(least=0)
    letter: bool
    legal: bool
    rests_on_agreement: bool
    blocked_bands: tuple[Band, ...] = ()
    never_first: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DoubtingWord(Entry):
    """A word that letters are advised against, because it doubts or tells, and what could be said in its place."""

    KEY: ClassVar[str] = "word"

    word: str
    instead: str
