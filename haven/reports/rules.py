"""What may be done with a report, and how urgent it is (clauses 3.2 and 3.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from haven.kernel.decision import Decision
from haven.policy.bands import Band
from haven.policy.register import guard, record

DAYS_BEFORE = 14
"""How far around an approximate date a thing may have happened."""

record("3.2.2", "reports.Report", "Every report, by whichever way it came, in one queue with one clock")
record("3.2.1", "reports.Addition", "What the person added later with their code")
record("3.3.3", "reports.Permission", "Whom we may tell, and how far, as the person said and changed it")
record("3.6.1", "reports.Permission", "Whether the police may be told, with the name or without")
record("5.1", "reports.EqualityMonitoring", "Nine characteristics, voluntary, apart from the report")
record("3.3.2", "reports.Alarm", "Every alarm, when it rang and who took it")
record("3.2.2(b)", "reports.AlarmCall", "Every attempt to tell somebody on call, and what became of it")


@guard("3.2.1", "A report without an account of what happened, or without an answer about danger")
def may_receive(*, has_account: bool, has_danger_answer: bool) -> Decision:
    """Decide whether a report can be taken in: only these two answers are compulsory (clause 3.2.1)."""
    if not has_danger_answer:
        return Decision.no(
            "Nobody has said whether there is danger now.", clause="3.2.1", remedy="Answer about danger."
        )
    if not has_account:
        return Decision.no(
            "Nobody has said what happened.", clause="3.2.1", remedy="Say what happened, however briefly."
        )
    return Decision.yes(clause="3.2.1")


@guard(("3.2.2", "3.2.2(a)"), "A report logged for somebody by an account that no longer works here")
def may_log(*, is_active_staff: bool) -> Decision:
    """Decide whether somebody may log a report for another: any member of staff may (clause 3.2.2(a))."""
    if not is_active_staff:
        return Decision.no("Only somebody who works here can log a report for another.", clause="3.2.2(a)")
    return Decision.yes(clause="3.2.2(a)")


@guard("3.2.1", "An addition to a report that says nothing")
def may_add(*, has_words: bool, has_files: bool, has_danger: bool) -> Decision:
    """Decide whether something may be added to a report: anything that says something (clause 3.2.1)."""
    if has_words or has_files or has_danger:
        return Decision.yes(clause="3.2.1")
    return Decision.no("There is nothing to add yet.", clause="3.2.1", remedy="Write something, or choose a file.")


@guard(("3.3.3", "3.6.1"), "A permission for a recipient or in a scope that the landlord does not ask about")
def may_change_permission(*, recipient_is_known: bool, scope_is_offered: bool, says_something_new: bool) -> Decision:
    """Decide whether a permission may be given, changed or withdrawn: at any time, for any recipient (3.3.3)."""
    if not recipient_is_known:
        return Decision.no("We do not share with anybody of that name.", clause="3.3.3")
    if not scope_is_offered:
        return Decision.no("That is not an answer to this question.", clause="3.3.3")
    if not says_something_new:
        return Decision.no("That is what you said before.", clause="3.3.3")
    return Decision.yes(clause="3.3.3")


@guard(
    ("3.3.2", "3.3.3"),
    "Taking an alarm that somebody has taken, by an account that no longer works here, or about somebody who works here"
    " by anybody but a head of service",
)
def may_take_alarm(*, is_active_staff: bool, is_taken: bool, concerns_staff: bool, is_head: bool) -> Decision:
    """Decide whether somebody may take an alarm upon themselves, and with it read the report (3.3.2 and 3.3.3)."""
    if not is_active_staff:
        return Decision.no("Only somebody who works here can take an alarm.", clause="3.3.2")
    if concerns_staff and not is_head:
        return Decision.no("This alarm is for heads of service.", clause="3.3.3", remedy="Tell a head of service.")
    if is_taken:
        return Decision.no("Somebody has taken this alarm already.", clause="3.3.2")
    return Decision.yes(clause="3.3.2")


@guard("3.3.3", "A new code by somebody who does no casework, or without having made sure who asks")
def may_issue_code(*, may_do_casework: bool, knows_who_asks: bool) -> Decision:
    """Decide whether a new code may be issued; the old one then opens nothing (clause 3.3.3)."""
    if not may_do_casework:
        return Decision.no("Only a caseworker or their manager issues a new code.", clause="3.3.3")
    if not knows_who_asks:
        return Decision.no(
            "It has not been made sure that the person who reported is the one who asks.",
            clause="3.3.3",
            remedy="Reach them by a way that they told us is safe, and record that you did.",
        )
    return Decision.yes(clause="3.3.3")


@guard("3.3.3", "A request for a new code while one is waiting")
def may_ask_for_code(*, one_is_waiting: bool) -> Decision:
    """Decide whether a request for a new code is recorded: one at a time for each report (clause 3.3.3)."""
    if one_is_waiting:
        return Decision.no("You have asked already. A person will talk with you about it.", clause="3.3.3")
    return Decision.yes(clause="3.3.3")


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What the pack says of the answers that a report gives, as far as urgency goes."""

    alarm: bool = False
    needs_alarm: bool = False
    bands: tuple[Band, ...] = ()
    is_hate: bool = False


def starting_band(weight: Weight, unassessed: Band) -> Band:
    """Return the band by which clocks run until somebody has assessed the danger (clause 3.3.5)."""
    band = unassessed
    for one in weight.bands:
        band = band.or_worse(one)
    return band


def urgency(weight: Weight) -> int:
    """Return the first key of the queue: 0 danger now … 4 nothing that presses (clause 3.3.2).

    Hate is never less than medium (DOMAIN.md 3.2, the floor).
    """
    worst = max((band.severity for band in weight.bands), default=Band.STANDARD.severity)
    if weight.alarm:
        return 0
    if weight.needs_alarm or worst == Band.CRITICAL.severity:
        return 1
    if worst == Band.HIGH.severity:
        return 2
    if weight.is_hate or worst == Band.MEDIUM.severity:
        return 3
    return 4


def span_of(kind: str, parts: Iterable[str], last: Iterable[str] = ()) -> tuple[date | None, date | None]:
    """Return the earliest and latest day that an answer about "when" allows (day, month, year as typed).

    An approximate day allows two weeks either way; a month or a year alone allows all of it.
    """
    first = _days_of(*parts)
    second = _days_of(*last) if kind == "range" else None
    if first is None:
        return (None, second[1]) if second else (None, None)
    if kind == "approximate" and first[0] == first[1]:
        return first[0] - timedelta(days=DAYS_BEFORE), first[1] + timedelta(days=DAYS_BEFORE)
    if kind == "range":
        return first[0], second[1] if second else None
    if kind == "ongoing":
        return first[0], None
    return first


def _days_of(day: str, month: str, year: str) -> tuple[date, date] | None:
    if not year:
        return None
    if not month:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if day:
        exact = date(int(year), int(month), int(day))
        return exact, exact
    start = date(int(year), int(month), 1)
    return start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def must_ring(codes: Collection[str], ringing: Collection[str]) -> bool:
    """Say whether any of these danger answers rings the alarm (DOMAIN.md 2.4)."""
    return any(code in ringing for code in codes)


class Circle(IntEnum):
    """Who is told of an alarm that nobody has taken; each wider circle holds those before it."""

    DESK = 0
    ON_CALL = 1
    MANAGERS = 2


def circle_told(
    *, rung_for: timedelta, out_of_hours: bool, office: timedelta, wider: timedelta, anybody_on_call: bool
) -> Circle:
    """Say who is told of an alarm that has rung for so long: the desk alone, those on call, or managers too (2.4).

    Out of hours those on call are told at once; where nobody is on call, managers are told in their place.
    """
    if rung_for >= wider:
        return Circle.MANAGERS
    if not out_of_hours and rung_for < office:
        return Circle.DESK
    return Circle.ON_CALL if anybody_on_call else Circle.MANAGERS
