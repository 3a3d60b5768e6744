"""What may be recorded about people."""

from __future__ import annotations

from haven.kernel.decision import Decision
from haven.people import times
from haven.people.choices import Safe
from haven.policy.register import guard, record

record(("3.3.1", "3.3.3"), "people.SafeContact", "How each person can be reached without harm, version by version")
record(("3.4.3(a)", "3.4.3(b)", "3.4.3(c)"), "people.Needs", "Language, format, interpreter and interviewer asked for")


@guard("3.3.3", "a way of contact is preferred although it is not known to be safe")
def may_prefer(*, preferred: str, safe: str | None) -> Decision:
    """Decide whether this way may be somebody's preferred one: only where it is known to be safe (3.3.3)."""
    if safe is None or safe == Safe.YES:
        return Decision.yes(clause="3.3.3")
    return Decision.no(
        f"The preferred way ({preferred}) is not marked as safe.",
        clause="3.3.3",
        remedy="Mark it as safe if the person said so, or choose another way.",
    )


@guard("3.5.1", "two people who cannot be one are confirmed to be the same")
def may_be_one_person(*, are_same_record: bool, are_one_already: bool) -> Decision:
    """Decide whether two records may be confirmed to be one person; a trained person says so, never a rule (3.5.1)."""
    if are_same_record or are_one_already:
        return Decision.no("These are one person already.", clause="3.5.1")
    return Decision.yes(clause="3.5.1")


@guard("3.3.3", "safe times that nobody could read are kept as if they would be heeded")
def may_name_times(line: str) -> Decision:
    """Decide whether a line of safe times is one that the gate can heed (3.3.3, DOMAIN.md 2.3)."""
    try:
        times.read(line)
    except times.NotUnderstood as problem:
        return Decision.no(str(problem), clause="3.3.3", remedy=f"Write it like this: {times.EXAMPLE}")
    return Decision.yes(clause="3.3.3")
