"""When a case may be closed (DOMAIN.md 4.4): every line of the checklist is a rule of its own, and silence is none."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from haven.kernel.decision import Decision
from haven.obligations.choices import NEVER_ALONE, LetterBy, Reason, View
from haven.policy.bands import Band
from haven.policy.pack import pack
from haven.policy.register import guard, record
from haven.policy.working_days import ends

record(("3.4.1", "3.3.1"), "obligations.Closing", "Why each case was closed, on whose word, and what was checked")
record(("3.4.1", "3.3.1"), "obligations.ClosingView", "What each person harmed says about closing, and when they said it")

FRESH = "10 WD"
"""How old the assessment may be on which a case is closed."""

ENDED_BY_CLOSING = frozenset({"update", "event_update", "risk_review", "case_review", "plan_item", "action_plan", "safety_plan"})
"""Duties that go on for as long as a case is open, and those that other lines of the checklist ask about."""

NEEDS_THEM = frozenset({"first_contact", "interview", "police_decision", "contact_again", "interpreter_remote"})
"""Duties that nobody can meet with somebody who could not be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Somebody harmed, as closing concerns them."""

    id: int
    view: str = ""
    view_at: datetime | None = None
    assessed_at: datetime | None = None
    is_incomplete: bool = False
    band: Band | None = None
    reopening_explained: bool = False
    rights_explained: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """What is known when somebody would close a case."""

    at: datetime
    is_open: bool = True
    does_casework: bool = True
    may_sign_off: bool = False
    is_proposer: bool = True
    reasons: Collection[str] = (Reason.STOPPED,)
    words: str = "."
    people: tuple[Affected, ...] = ()
    household_assessed_at: datetime | None = None
    has_household: bool = False
    last_happened_at: datetime | None = None
    open_steps: int = 0
    open_interventions: int = 0
    open_duties: frozenset[str] = frozenset()
    files_unsettled: int = 0
    letter: str = "."
    letter_by: str = LetterBy.CODE
    letter_is_readable: bool = True
    safe_ways: frozenset[str] = frozenset({LetterBy.CODE})

    @property
    def not_reached(self) -> bool:
        """Say whether somebody could not be reached."""
        return any(each.view == View.NOT_REACHED for each in self.people)

    @property
    def needs_sign_off(self) -> bool:
        """Say whether somebody else, a manager, must agree: great danger, disagreement, or nobody's word at all."""
        great = any(each.band is not None and each.band.severity >= Band.HIGH.severity for each in self.people)
        return great or not self.people or any(each.view != View.CONTENT for each in self.people)


@guard("3.5.1", "a closed case is closed again, or one is closed by an account that does no casework")
def may_propose(facts: ClosingFacts) -> Decision:
    """Decide whether somebody may propose to close at all (3.5.1)."""
    if not facts.does_casework:
        return Decision.no("Caseworkers and their managers propose to close a case.", clause="3.5.1")
    if not facts.is_open:
        return Decision.no("This case is closed.", clause="3.5.1")
    if not facts.words.strip():
        return Decision.no("There is no word of why.", clause="3.5.1", remedy="Write in a few lines why it may be closed.")
    return Decision.yes(clause="3.5.1")


@guard(("3.3.2", "3.4.1"), "a case is closed on the word of the police or of the other side, on a move or on silence")
def has_a_reason(facts: ClosingFacts) -> Decision:
    """Decide whether the reasons are reasons: some facts are none, alone or together (DOMAIN.md 4.4)."""
    given = set(facts.reasons)
    if given - set(Reason.values):
        return Decision.no("There is no such reason.", clause="3.3.2")
    if not given:
        return Decision.no("There is no reason.", clause="3.3.2", remedy="Say why it may be closed.")
    if given <= set(NEVER_ALONE):
        return Decision.no(
            "That the police take no action, that the other side denies it or says the same of them, that somebody moved "
            "or did not answer, is no reason to close.",
            clause="3.3.2",
            remedy="Find out how they are now. If it has stopped, say on what you base that.",
        )
    if Reason.THEY_ASK in given and not any(each.view == View.CONTENT for each in facts.people):
        return Decision.no("Nobody harmed has asked for it.", clause="3.3.2", remedy="Record what they say first.")
    return Decision.yes(clause="3.3.2")


@guard(("3.3.1", "3.4.1"), "a case is closed without the word of everybody harmed, or on their silence")
def has_their_views(facts: ClosingFacts) -> Decision:
    """Decide whether everybody harmed has said what they think of closing, or truly could not be reached (3.4.1)."""
    missing = sum(each.view not in View.values for each in facts.people)
    if missing:
        return Decision.no(
            f"{_somebody(missing)} not said what they think of closing.",
            clause="3.4.1",
            remedy="Ask them, in a way that is safe. Silence is not a yes, and may be a danger sign.",
        )
    return Decision.yes(clause="3.4.1")


@guard("3.4.1", "somebody counts as not to be reached although not everything was tried")
def may_record_view(view: str, *, has_talked: bool, all_tried: bool, welfare_decided: bool, has_words: bool) -> Decision:
    """Decide whether this is somebody's view: said in a conversation, or everything was tried to ask for it (3.4.1)."""
    if view not in View.values:
        return Decision.no("Say what they think.", clause="3.4.1")
    if view != View.NOT_REACHED:
        if not has_talked:
            return Decision.no(
                "No conversation with them is recorded in which they could have said so.",
                clause="3.4.1",
                remedy="Record the contact first, under Contact.",
            )
        if not has_words:
            return Decision.no("Their words are missing.", clause="3.4.1", remedy="Write what they said, as they said it.")
        return Decision.yes(clause="3.4.1")
    if not all_tried:
        return Decision.no(
            "Not everything was tried to reach them.",
            clause="3.4.1",
            remedy="See under Contact what is still needed: tries at safe times, by safe ways, over enough days.",
        )
    if not welfare_decided:
        return Decision.no(
            "Nobody has thought of whether they are safe.",
            clause="3.3.3(a)",
            remedy="Decide under Contact who sees whether they are safe.",
        )
    return Decision.yes(clause="3.4.1")


@guard(("3.3.5", "3.3.1"), "a case is closed on an old assessment, an incomplete one, or none")
def is_freshly_assessed(facts: ClosingFacts) -> Decision:
    """Decide whether the danger to everybody was assessed lately, and since anything last happened (3.3.5)."""
    for each in facts.people:
        if each.assessed_at is None or _is_stale(each.assessed_at, facts):
            return Decision.no(
                "The danger to somebody harmed has not been assessed lately, or not since something last happened.",
                clause="3.3.5",
                remedy="Assess it now: the danger is great for some when a case is closed.",
            )
        if each.is_incomplete and each.view != View.NOT_REACHED:
            return Decision.no("An assessment is incomplete.", clause="3.3.5", remedy="Ask what was left open.")
    assessed = facts.household_assessed_at
    if not facts.people and facts.has_household and (assessed is None or _is_stale(assessed, facts)):
        return Decision.no(
            "The danger to the household has not been assessed lately.", clause="3.3.5", remedy="Assess it now."
        )
    return Decision.yes(clause="3.3.5")


def _is_stale(assessed_at: datetime, facts: ClosingFacts) -> bool:
    happened = facts.last_happened_at
    return (happened is not None and assessed_at < happened) or facts.at > ends(FRESH, assessed_at)


@guard(("3.3.1", "3.4.2"), "a case is closed while steps, referrals or duties have no outcome")
def has_outcomes(facts: ClosingFacts) -> Decision:
    """Decide whether everything that was begun has an outcome: the plan, steps against others, what is owed (3.3.1)."""
    if facts.open_steps:
        return Decision.no(
            f"{_number(facts.open_steps, 'step of the plan has', 'steps of the plan have')} no outcome.",
            clause="3.3.1",
            remedy="Say under Plan what became of each.",
        )
    if facts.open_interventions:
        return Decision.no(
            f"{_number(facts.open_interventions, 'step', 'steps')} under Behaviour "
            f"{'has' if facts.open_interventions == 1 else 'have'} no outcome.",
            clause="3.5.2",
            remedy="Carry each through, or end it with a reason.",
        )
    owed = facts.open_duties - ENDED_BY_CLOSING - (NEEDS_THEM if facts.not_reached else frozenset())
    if owed:
        labels = ", ".join(_label(key) for key in sorted(owed))
        return Decision.no(f"Still owed: {labels}.", clause="3.4.1", remedy="Do each, or record that it was done.")
    return Decision.yes(clause="3.3.1")


@guard(("3.4.3(e)", "3.3.3"), "a case is closed while files that came with it are not safely kept")
def keeps_evidence(facts: ClosingFacts) -> Decision:
    """Decide whether every file is kept and has been looked at by the scanner (3.4.3(e))."""
    if facts.files_unsettled:
        return Decision.no(
            f"{_number(facts.files_unsettled, 'file is', 'files are')} not safely kept yet.",
            clause="3.4.3(e)",
            remedy="Wait for the scan, or ask whoever looks after Haven.",
        )
    return Decision.yes(clause="3.4.3(e)")


@guard("3.4.1", "somebody is not told how a case is opened again, and of their rights")
def has_explained(facts: ClosingFacts) -> Decision:
    """Decide whether everybody who could be reached was told how to reopen, how to complain, and of a case review."""
    for each in facts.people:
        if each.view != View.NOT_REACHED and not (each.reopening_explained and each.rights_explained):
            return Decision.no(
                "Somebody harmed has not been told how the case is opened again, or of complaints and the case review.",
                clause="3.4.1",
                remedy="Tell them, and tick it where you record the contact.",
            )
    return Decision.yes(clause="3.4.1")


@guard(("3.4.3(c)", "3.3.3"), "a case is closed without a letter, or with one by a way or in a language that is not theirs")
def has_a_letter(facts: ClosingFacts) -> Decision:
    """Decide whether the letter about closing can go: written, readable for them, by a safe way (3.4.3(c), 3.3.3)."""
    if facts.letter_by not in LetterBy.values:
        return Decision.no("Say how the letter goes.", clause="3.4.1")
    if facts.letter_by == LetterBy.NONE:
        if facts.safe_ways:
            return Decision.no(
                "There is a safe way to write to them.", clause="3.4.1", remedy="Choose it: a closing is said in writing."
            )
        return Decision.yes(clause="3.4.1")
    if facts.letter_by not in facts.safe_ways:
        return Decision.no(
            "That way is not known to be safe for them.", clause="3.3.3", remedy="Choose a way that they said is safe."
        )
    if not facts.letter.strip():
        return Decision.no("The letter is empty.", clause="3.4.1", remedy="Write what was done, and how to come back.")
    if not facts.letter_is_readable:
        return Decision.no(
            "The letter is not in a language that they read.", clause="3.4.3(c)", remedy="Have it translated first."
        )
    return Decision.yes(clause="3.4.3(c)")


@guard(("3.3.1", "4.1"), "a case of great danger or disagreement is closed by one person alone")
def is_signed_off(facts: ClosingFacts) -> Decision:
    """Decide whether whoever closes may do so: a manager, and not who proposed it, where the danger is great (4.1)."""
    if not facts.needs_sign_off:
        return Decision.yes(clause="3.3.1")
    if not facts.may_sign_off or facts.is_proposer:
        return Decision.no(
            "The danger is great, or somebody harmed is not content, could not be reached or is not known.",
            clause="4.1",
            remedy="A manager who did not propose it decides.",
        )
    return Decision.yes(clause="4.1")


CHECKLIST: tuple[tuple[str, Callable[[ClosingFacts], Decision]], ...] = (
    ("A reason that is one", has_a_reason),
    ("What everybody harmed says of it", has_their_views),
    ("The danger assessed afresh", is_freshly_assessed),
    ("An outcome of everything", has_outcomes),
    ("Evidence kept", keeps_evidence),
    ("Told how to come back, and their rights", has_explained),
    ("A letter that they can read, by a safe way", has_a_letter),
    ("Signed off by a manager where it must be", is_signed_off),
)
"""The whole checklist of DOMAIN.md 4.4, line by line."""


def may_close(facts: ClosingFacts) -> Decision:
    """Return the first line of the checklist that refuses, or that the case may be closed (DOMAIN.md 4.4)."""
    lines = [may_propose(facts), *(line(facts) for _, line in CHECKLIST)]
    return next((each for each in lines if not each.allowed), lines[-1])


@guard("3.3.1", "a proposal to close is sent back by whoever made it, twice, or without a reason")
def may_send_back(*, is_open: bool, may_sign_off: bool, is_proposer: bool, has_reason: bool) -> Decision:
    """Decide whether a proposal may be sent back (or withdrawn by whoever made it), with a reason (3.3.1)."""
    if not is_open:
        return Decision.no("This proposal has been decided.", clause="3.3.1")
    if not (may_sign_off or is_proposer):
        return Decision.no("A manager sends it back, or whoever made it withdraws it.", clause="3.3.1")
    if not has_reason:
        return Decision.no("There is no reason.", clause="3.3.1", remedy="Say what is still missing.")
    return Decision.yes(clause="3.3.1")


@guard(("3.5.1", "2.0(b)"), "a case is opened again although it is open, or without a word of what is told now")
def may_reopen(*, is_closed: bool, does_casework: bool, has_words: bool) -> Decision:
    """Decide whether a closed case may be gone on with, since somebody asks for it (3.5.1, DOMAIN.md 4.4)."""
    if not does_casework:
        return Decision.no("Caseworkers and their managers open a case again.", clause="3.5.1")
    if not is_closed:
        return Decision.no("This case is open.", clause="3.5.1", remedy="Work on it here.")
    if not has_words:
        return Decision.no("What they say now is missing.", clause="3.5.1", remedy="Write it down as they say it.")
    return Decision.yes(clause="3.5.1")


def _somebody(number: int) -> str:
    return "One person harmed has" if number == 1 else f"{number} people harmed have"


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _label(key: str) -> str:
    found = pack().standards.get(key)
    return found.label.lower() if found else key
