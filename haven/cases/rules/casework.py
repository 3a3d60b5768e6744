"""What may be done in a case, and by whom."""

from __future__ import annotations

from datetime import datetime

from haven.accounts.choices import Role
from haven.cases.choices import Part, Restriction, Source
from haven.cases.rules.seeing import READERS, Viewer
from haven.kernel.decision import Decision
from haven.policy.register import guard

FINDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    Source.PERCEIVED: (
        ("hate", "Hate"),
        ("harassment", "Harassment"),
        ("both", "Hate and harassment"),
        ("no_view", "They have no view"),
    ),
    Source.LANDLORD: (
        ("hate", "Hate"),
        ("harassment", "Harassment"),
        ("both", "Hate and harassment"),
        ("not_found", "Neither could be found"),
        ("looking", "Still looking into it"),
    ),
    Source.POLICE: (
        ("not_recorded_by_police", "Not recorded by the police"),
        ("hate_incident", "Hate incident"),
        ("hate_crime", "Hate crime"),
        ("crime", "Crime, not as hate"),
        ("no_crime", "No crime"),
        ("waiting", "Reported, no answer yet"),
    ),
    Source.COURT: (
        ("convicted_hate", "Convicted, hate established"),
        ("convicted", "Convicted"),
        ("order", "A civil order was made"),
        ("acquitted", "Not convicted"),
        ("discontinued", "Discontinued"),
        ("waiting", "Not decided yet"),
    ),
}
"""What each of the four may say; none of them changes what another says."""


def finding_words(source: str, value: str) -> str:
    """Return a finding in words."""
    return dict(FINDINGS.get(source, ())).get(value, value)


@guard("3.5.1", "somebody without a case role, or on a closed case, changes the work on it")
def may_work_on(by: Viewer, *, is_open: bool) -> Decision:
    """Decide whether somebody who sees a case may record in it (3.5.1)."""
    if not by.has(*READERS):
        return Decision.no("Cases are worked on by caseworkers, team managers and heads of service.", clause="3.5.1")
    if not is_open:
        return Decision.no(
            "This case is closed.", clause="3.5.1", remedy="Link the new report to it: a new case goes on from it."
        )
    return Decision.yes(clause="3.5.1")


@guard("3.4.1", "a case is given to somebody who may not work on it, or by somebody who may not give it")
def may_assign(by: Viewer, to: Viewer, *, team: int, is_locked_out: bool, restriction: str, is_named: bool) -> Decision:
    """Decide whether `by` may give a case to `to` as caseworker or stand-in (3.4.1, 4.1)."""
    if not _allocates(by, team) and not (by.id == to.id and by.has(Role.CASEWORKER) and by.team == team):
        return Decision.no(
            "A team manager gives out the team's cases; a caseworker may take one of their own team.",
            clause="4.1",
            remedy="Ask the team's manager.",
        )
    if is_locked_out:
        return Decision.no("That person is not available for this case.", clause="3.3.3")
    if not to.has(*READERS):
        return Decision.no("That person does not work on cases.", clause="3.4.1")
    if restriction == Restriction.SEALED and not is_named:
        return Decision.no("This case is sealed.", clause="3.3.3", remedy="Let that person in first.")
    return Decision.yes(clause="3.4.1")


@guard("3.3.3", "a case is opened up by somebody who may not")
def may_restrict(by: Viewer, *, team: int, now: str, to: str) -> Decision:
    """Decide whether somebody may change who sees a case: closer is easy, wider needs a manager (3.3.3)."""
    order: list[str] = [Restriction.TEAM, Restriction.NAMED, Restriction.SEALED]
    if not by.has(*READERS):
        return Decision.no("Only those who work on cases restrict them.", clause="3.3.3")
    if to not in order:
        return Decision.no("There is no such restriction.", clause="3.3.3")
    if now == Restriction.SEALED and to != Restriction.SEALED and not by.has(Role.HEAD_OF_SERVICE):
        return Decision.no(
            "Only a head of service opens a sealed case.", clause="3.3.3", remedy="Ask the head of service."
        )
    if order.index(to) < order.index(now) and not _allocates(by, team):
        return Decision.no(
            "Only the team's manager or a head of service lets more people see a case.",
            clause="3.3.3",
            remedy="Ask the team's manager.",
        )
    return Decision.yes(clause="3.3.3")


@guard("3.3.3", "somebody is let into a case by somebody who may not, or although they are locked out")
def may_let_in(by: Viewer, to: Viewer, *, team: int, is_caseworker: bool, is_locked_out: bool) -> Decision:
    """Decide whether somebody may be let into a case by name (3.3.3)."""
    if not _allocates(by, team) and not is_caseworker:
        return Decision.no("The caseworker, the team's manager or a head of service lets people in.", clause="3.3.3")
    if is_locked_out:
        return Decision.no("That person is not available for this case.", clause="3.3.3")
    if not to.has(*READERS):
        return Decision.no("That person does not work on cases.", clause="3.3.3")
    return Decision.yes(clause="3.3.3")


@guard("3.3.3", "somebody declares a conflict of interest for another whom they do not manage")
def may_declare_conflict(by: Viewer, *, about: int, team: int | None) -> Decision:
    """Decide whether somebody may lock a member of staff out: themselves always, others as a manager (3.3.3)."""
    if about == by.id or by.has(Role.HEAD_OF_SERVICE):
        return Decision.yes(clause="3.3.3")
    if by.has(Role.TEAM_MANAGER) and (team is None or by.team == team):
        return Decision.yes(clause="3.3.3")
    return Decision.no(
        "You may declare a conflict of your own; the team's manager declares other people's.", clause="3.3.3"
    )


@guard("3.3.2", "a finding that its source cannot make, or the landlord's own without its grounds")
def may_record_finding(*, source: str, value: str, note: str) -> Decision:
    """Decide whether a finding may stand: one of its source's words; the landlord's own with grounds (3.3.2)."""
    if value not in dict(FINDINGS.get(source, ())):
        return Decision.no("That is not something this source can say.", clause="3.3.2")
    if source == Source.LANDLORD and value != "looking" and not note.strip():
        return Decision.no("Our own finding needs its grounds.", clause="3.3.2", remedy="Write what it rests on.")
    return Decision.yes(clause="3.3.2")


@guard("3.3.1", "somebody is put into a case twice in one part, or in a part that there is not")
def may_add_part(*, part: str, is_in_already: bool) -> Decision:
    """Decide whether somebody may be added to a case in this part (3.3.1)."""
    if part not in Part.values:
        return Decision.no("There is no such part in a case.", clause="3.3.1")
    if is_in_already:
        return Decision.no("That person is in the case in that part already.", clause="3.3.1")
    return Decision.yes(clause="3.3.1")


@guard("3.4.1", "a case is left without a caseworker, or moved to another team, by somebody who may not")
def may_hand_back(by: Viewer, *, team: int) -> Decision:
    """Decide whether somebody may leave a case unassigned or move it to another team (3.4.1, 4.1)."""
    if _allocates(by, team):
        return Decision.yes(clause="3.4.1")
    return Decision.no(
        "Only the team's manager leaves a case without a caseworker or moves it.",
        clause="3.4.1",
        remedy="Name a caseworker, or ask the team's manager.",
    )


CONFLICTS = (
    ("party", "They are in the matter themselves"),
    ("relative", "Relative or partner"),
    ("neighbour", "Neighbour"),
    ("friend", "Friend"),
    ("other", "Something else"),
)


@guard("3.3.3", "a conflict of interest without saying of what kind")
def may_give_reason(reason: str) -> Decision:
    """Decide whether a conflict says of which kind it is (3.3.3)."""
    if reason in dict(CONFLICTS):
        return Decision.yes(clause="3.3.3")
    return Decision.no("Say what the conflict is.", clause="3.3.3")


@guard("3.3.2", "an occasion that ends before it begins, or that has not happened yet")
def may_record_occasion(*, happened_from: datetime | None, happened_to: datetime | None, at: datetime) -> Decision:
    """Decide whether an occasion's times can be right; not knowing them is always right (3.3.2)."""
    if happened_from and happened_to and happened_to < happened_from:
        return Decision.no("It cannot have ended before it began.", clause="3.3.2")
    if happened_from and happened_from > at:
        return Decision.no("It cannot have happened later than now.", clause="3.3.2")
    return Decision.yes(clause="3.3.2")


def _allocates(by: Viewer, team: int) -> bool:
    """Say whether somebody gives out this team's work."""
    return by.has(Role.HEAD_OF_SERVICE) or (by.has(Role.TEAM_MANAGER) and by.team == team)
