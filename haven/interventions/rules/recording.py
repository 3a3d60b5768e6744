"""What may be recorded for each condition of the gate (clause 3.5.2; DOMAIN.md 6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from haven.interventions.choices import UNHEARD, Evidence, Hearing, View
from haven.kernel.decision import Decision
from haven.policy.register import guard

CLAUSE = "3.5.2"


@guard(CLAUSE, "a consultation is written down without wishes or fears, about nobody, or before it took place")
def may_record_consultation(
    *, is_harmed: bool, view: str, wishes: str, fears: str, weighed: str, asked_at: datetime, at: datetime
) -> Decision:
    """Decide whether a consultation says what it must: their words, their fears, how they were weighed (3.5.2)."""
    if not is_harmed:
        return Decision.no("A consultation is with somebody who is harmed in the case.", clause=CLAUSE)
    if asked_at > at:
        return Decision.no("They cannot have been asked later than now.", clause=CLAUSE, remedy="Write it down afterwards.")
    if view not in View.values:
        return Decision.no("Say what they think of this step.", clause=CLAUSE)
    if not (wishes.strip() and fears.strip() and weighed.strip()):
        return Decision.no(
            "Write down their wishes in their words, what they fear, and how this was weighed.",
            clause=CLAUSE,
            remedy="That they fear nothing is an answer, too.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a review of the risk of a step leaves open what it may do, or how they are kept safe")
def may_review_risk(*, may_do: str, measures: str, in_place_at: datetime | None, at: datetime) -> Decision:
    """Decide whether a review says what the step may do to them and what keeps them safe (3.5.2)."""
    if not (may_do.strip() and measures.strip()):
        return Decision.no(
            "Write down what the step may do to them, and what keeps them safe.", clause=CLAUSE, remedy="Write both."
        )
    if in_place_at is not None and in_place_at > at:
        return Decision.no("What is to come is not in place yet.", clause=CLAUSE, remedy="Leave it open until it is.")
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "evidence is chosen of another case, of no kind, or without saying why it is enough")
def may_choose_evidence(*, kinds: Collection[str], why: str, is_of_this_case: bool) -> Decision:
    """Decide whether evidence may be chosen for a step (3.5.2)."""
    if not kinds or set(kinds) - set(Evidence.values):
        return Decision.no("Say what the step rests on.", clause=CLAUSE, remedy="Choose at least one kind of evidence.")
    if not is_of_this_case:
        return Decision.no("That is not of this case.", clause=CLAUSE)
    if not why.strip():
        return Decision.no("Say why this is enough for the step.", clause=CLAUSE, remedy="Write what it shows.")
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "the person responsible is approached before the person harmed was asked, or is unheard without a reason")
def may_record_hearing(*, result: str, words: str, is_consulted: bool) -> Decision:
    """Decide whether a hearing may stand; hearing somebody tells them that somebody told, so consulting comes first."""
    if result not in Hearing.values:
        return Decision.no("Say whether they were heard.", clause=CLAUSE)
    if result not in UNHEARD and not is_consulted:
        return Decision.no(
            "Hearing the person responsible tells them that somebody told us. Each person harmed is asked first.",
            clause=CLAUSE,
            remedy="Ask each person harmed about this step.",
        )
    if not words.strip():
        return Decision.no(
            "Write down what they said, or why they were not heard.", clause=CLAUSE, remedy="A sentence is enough."
        )
    return Decision.yes(clause=CLAUSE)


@guard(("3.4.4", "3.4.5"), "help is recorded as offered without saying which, or as not offered without saying why")
def may_record_support(*, is_offered: bool, kinds: Collection[str], words: str) -> Decision:
    """Decide whether what was thought about help may stand (3.4.4, 3.4.5)."""
    if is_offered and not kinds:
        return Decision.no("Say which help was offered.", clause="3.4.4")
    if not words.strip():
        return Decision.no(
            "Write down what was offered and how, or why nothing was.", clause="3.4.4", remedy="A sentence is enough."
        )
    return Decision.yes(clause="3.4.4")


QUESTIONS = {
    "disability": "What is known of a disability, and how",
    "evidence": "What was asked of doctors, social workers or others, and what they said",
    "connection": "Whether the conduct comes of a disability or of being unwell",
    "capacity": "Whether they can understand and keep what is asked of them",
    "aim": "What this is for, and who is protected from what",
    "tried": "What was tried before, and what came of it",
    "why_this": "Why this, and nothing milder",
    "effect_on_them": "What it does to them, and to children",
    "effect_on_harmed": "What doing it, and not doing it, does to the people harmed",
    "adjustments": "What is done so that they can understand and take part",
    "support": "Who supports them now, and what was offered",
    "conclusion": "What it comes to",
}
"""What a look at equality and proportionality asks (DOMAIN.md 6.5)."""


@guard(CLAUSE, "a look at equality and proportionality leaves a question open")
def may_assess_proportionality(said: Mapping[str, str]) -> Decision:
    """Decide whether a look at equality and proportionality answers everything; not known is an answer (3.5.2)."""
    if any(not said.get(question, "").strip() for question in QUESTIONS):
        return Decision.no(
            "A question about equality and proportionality is open.",
            clause=CLAUSE,
            remedy="Answer each of them; that something is not known is an answer.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "somebody is noted as told before a step without saying how, or as told later than now")
def may_record_telling(*, is_harmed: bool, told_at: datetime | None, words: str, at: datetime) -> Decision:
    """Decide whether it may stand that a person harmed was told before, or why it was not safe (3.5.2)."""
    if not is_harmed:
        return Decision.no("This is about somebody who is harmed in the case.", clause=CLAUSE)
    if told_at is not None and told_at > at:
        return Decision.no("They cannot have been told later than now.", clause=CLAUSE, remedy="Write it down afterwards.")
    if not words.strip():
        return Decision.no(
            "Write down how they were told, or why that was not safe.", clause=CLAUSE, remedy="A sentence is enough."
        )
    return Decision.yes(clause=CLAUSE)
