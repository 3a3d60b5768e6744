"""When a plan counts as agreed: something of theirs is in it, they said so in conversation, and the copy is one they can use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from haven.kernel.clock import local_date
from haven.kernel.decision import Decision
from haven.policy.register import guard
from haven.support.choices import OURS, SPOKEN, CopyFormat, CopyWay, Covers, Through
from haven.support.rules.planning import ItemSaid, is_tailored

SAME_FORMAT = {"sign_video": "bsl"}
"""Formats that the public form and the desk call by two names."""
ONCE_SAFE = {CopyWay.LETTER: "letter", CopyWay.EMAIL: "email"}
"""Ways of giving a copy that must be safe for the person, as they said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A version of a plan before it is agreed; `left_behind` counts steps of the last one that nobody has settled."""

    covers: str
    items: Collection[ItemSaid]
    is_agreed: bool = False
    left_behind: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the person needs so that they can be heard, and which ways to write to them are safe."""

    spoken: str = ""
    written: str = ""
    interpreter: str = ""
    formats: Collection[str] = ()
    safe: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The copy that was given: its language, format and way; `wish` is why they wanted it otherwise, in their words."""

    language: str = ""
    format: str = CopyFormat.PRINT
    way: str = CopyWay.HANDED
    wish: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreeing:
    """How the person agreed: when, how it was talked through, in which language, and the copy they were given."""

    agreed_at: datetime
    told: str
    language: str
    through: str
    copy: Copy = field(default_factory=Copy)


@guard("3.3.1", "a plan with nothing of theirs in it, agreed by silence, or that leaves steps of the last one behind")
def may_agree(plan: Drafted, agreeing: Agreeing, *, at: datetime) -> Decision:
    """Decide whether a plan counts as agreed with the person (clauses 3.3.1 and 3.4.1)."""
    if plan.is_agreed:
        return Decision.no("This plan was agreed already.", clause="3.3.1", remedy="Begin a new version.")
    if not any(is_tailored(each) for each in plan.items):
        return Decision.no(
            "There is nothing of theirs in this plan: no step says which need, wish or fear of theirs it answers.",
            clause="3.3.1",
            remedy="Say of at least one step what of theirs it answers, in their words.",
        )
    if agreeing.told not in SPOKEN:
        return Decision.no(
            "They have not agreed. Silence is no agreement, and neither is a message that nobody answered.",
            clause="3.3.1",
            remedy="Talk it through with them, face to face, by telephone or by video.",
        )
    if agreeing.agreed_at > at:
        return Decision.no("This time has not come yet.", clause="3.3.1", remedy="Record it when they have agreed.")
    return _as_it_stands(plan, local_date(agreeing.agreed_at))


def _as_it_stands(plan: Drafted, day: date) -> Decision:
    """Decide by what the plan itself says on the day on which it is agreed."""
    if any(each.doer in OURS and (each.due_on is None or each.due_on < day) for each in plan.items):
        return Decision.no(
            "A step of ours has no day, or one that had passed when they agreed.",
            clause="3.4.1",
            remedy="Give it a day that can be kept, and say so to them.",
        )
    if plan.left_behind:
        return Decision.no(
            "The version before has steps that are neither carried on nor settled.",
            clause="3.4.1",
            remedy="Record what became of each of them.",
        )
    if plan.covers not in Covers.values:
        return Decision.no("A plan is about safety for now, or about everything.", clause="3.3.1")
    return Decision.yes(clause="3.3.1")


@guard("3.4.3(b)", "a plan is agreed through a relative or a child, or without the interpreter whom the person needs")
def may_have_talked(agreeing: Agreeing, heard: Heard) -> Decision:
    """Decide whether the two can have understood each other (clause 3.4.3(b))."""
    if agreeing.through not in Through.values or not agreeing.language:
        return Decision.no("Say in which language you talked, and how.", clause="3.4.3(b)")
    if agreeing.through == Through.FAMILY:
        return Decision.no(
            "Relatives, children and friends do not interpret.",
            clause="3.4.3(b)",
            remedy="Talk it through again with a professional interpreter.",
        )
    directly_in_theirs = bool(heard.spoken) and _base(agreeing.language) == _base(heard.spoken)
    if heard.interpreter == "yes" and agreeing.through == Through.DIRECTLY and not directly_in_theirs:
        return Decision.no(
            "They need an interpreter, and there was none.",
            clause="3.4.3(b)",
            remedy="Talk it through with an interpreter, or with somebody who speaks their language.",
        )
    return Decision.yes(clause="3.4.3(b)")


def copy_matches_needs(copy: Copy, heard: Heard) -> bool:
    """Say whether a copy is in the language that the person reads, and in a format that they asked for."""
    reads = heard.written or heard.spoken
    formats = {SAME_FORMAT.get(each.lower(), each.lower()) for each in heard.formats}
    in_theirs = not reads or _base(copy.language) == _base(reads)
    return copy.way != CopyWay.NONE and in_theirs and (not formats or copy.format in formats)


@guard("3.4.3(c)", "a copy in a language or format that the person cannot use, or by a way that is not safe")
def may_give_copy(copy: Copy, heard: Heard) -> Decision:
    """Decide whether a copy of the plan was given as the person needs it, or as they wished (clauses 3.4.3(c), 3.3.3)."""
    if copy.way not in CopyWay.values or copy.format not in CopyFormat.values:
        return Decision.no("Say how the copy was given, and in which format.", clause="3.4.3(c)")
    needed = ONCE_SAFE.get(CopyWay(copy.way))
    if needed and needed not in heard.safe:
        return Decision.no(
            "They have not said that this way is safe for them.",
            clause="3.3.3",
            remedy="Hand the copy over, or ask them whether this way is safe and record it.",
        )
    if not copy_matches_needs(copy, heard) and not copy.wish.strip():
        return Decision.no(
            "The copy is not in the language and format that they need.",
            clause="3.4.3(c)",
            remedy="Give one that is, or write down in their words why they want it otherwise.",
        )
    return Decision.yes(clause="3.4.3(c)")


def _base(tag: str) -> str:
    return tag.split("-")[0].lower()
