"""What a letter may rest on, quote and be (clauses 3.5.2(a), 3.4.3(c))."""

from __future__ import annotations

from collections.abc import Collection

from haven.interventions.choices import Link
from haven.kernel.decision import Decision
from haven.policy.register import guard

CLAUSE = "3.5.2(a)"
LIVES = {Link.TENANT: "holder", Link.HOUSEHOLD: "member"}


@guard(CLAUSE, "a step rests on a tenancy that the person responsible does not belong to, or that has ended")
def may_find_tenure(*, link: str, lives_as: str, is_running: bool, has_holder: bool, words: str) -> Decision:
    """Decide whether a step may rest on this tenancy: holder, household, or a visitor with grounds (3.5.2(a))."""
    if link not in Link.values:
        return Decision.no("Say how the person responsible belongs to this tenancy.", clause=CLAUSE)
    if not is_running:
        return Decision.no("This tenancy has ended.", clause=CLAUSE, remedy="Find the tenancy that they belong to now.")
    if not has_holder:
        return Decision.no(
            "Nobody is on record as holding this tenancy.", clause=CLAUSE, remedy="Put the register right first."
        )
    if link in LIVES and lives_as != LIVES[Link(link)]:
        return Decision.no(
            "The register does not say so of this tenancy.",
            clause=CLAUSE,
            remedy="Choose what the register says, or put the register right first.",
        )
    if link == Link.VISITOR and not words.strip():
        return Decision.no(
            "Say how we know that they visit this household.", clause=CLAUSE, remedy="Write what it rests on."
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a letter quotes a clause that is not of the agreement that the household has")
def may_quote(*, has_tenure: bool, agreement: int | None, quoted: Collection[int]) -> Decision:
    """Decide whether a letter may quote these clauses: of the very version that this household has (3.5.2(a))."""
    if not has_tenure:
        return Decision.no(
            "Nobody has said on which agreement this letter rests.",
            clause=CLAUSE,
            remedy="Find the tenancy that the person responsible belongs to.",
        )
    if set(quoted) - {agreement}:
        return Decision.no(
            "A clause of another agreement cannot be quoted.", clause=CLAUSE, remedy="Choose from the clauses offered."
        )
    return Decision.yes(clause=CLAUSE)


@guard(("3.5.2(a)", "3.4.3(c)"), "a letter is kept with an empty part, in English or translated, or quotes nothing")
def may_keep_letter(*, is_translated: bool, empty: Collection[str], has_clauses: bool) -> Decision:
    """Decide whether a letter has every part that it needs (3.5.2(a), 3.4.3(c); DOMAIN.md 6.2)."""
    if not has_clauses:
        return Decision.no(
            "The letter quotes no clause of the agreement.", clause=CLAUSE, remedy="Choose the clauses that were broken."
        )
    if empty:
        which = "3.4.3(c)" if is_translated else CLAUSE
        return Decision.no(f"A part of the letter is empty: {sorted(empty)[0]}.", clause=which, remedy="Write it.")
    return Decision.yes(clause=CLAUSE)


@guard("3.5.2", "a letter is written over that somebody else has changed meanwhile")
def may_write_over(*, seen: int, now: int) -> Decision:
    """Decide whether somebody's text may follow the version that they had before them (3.5.2)."""
    if seen != now:
        return Decision.no(
            "Somebody else has written the letter meanwhile.",
            clause="3.5.2",
            remedy="Their text is below. Put together what is right, and keep it again.",
        )
    return Decision.yes(clause="3.5.2")


@guard("3.3.3", "the shield is asked about a letter that is not written")
def may_check(*, has_letter: bool) -> Decision:
    """Decide whether the shield has anything to look at (3.3.3)."""
    if not has_letter:
        return Decision.no("The letter has not been written.", clause="3.3.3", remedy="Write the letter.")
    return Decision.yes(clause="3.3.3")
