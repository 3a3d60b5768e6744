"""Who may decide what about those who work here, and how long a guess must wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from haven.accounts.choices import COMPANY, Role
from haven.kernel.decision import Decision
from haven.policy.register import guard

OPERATOR_ONLY = "Only an administrator decides who works here and with what role."
NOT_ONESELF = "Nobody decides this about themselves."
LAST_ADMINISTRATOR = "This is the last administrator: without one nobody could be let in any more."
ANOTHER_ADMINISTRATOR = "Ask another administrator."


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: the roles held, whether it is about themselves, whether it is the machine's operator (command line)."""

    roles: frozenset[Role] = frozenset()
    is_oneself: bool = False
    is_operator: bool = False

    @property
    def runs_accounts(self) -> bool:
        """Say whether this is an administrator or the machine's operator."""
        return self.is_operator or Role.ADMINISTRATOR in self.roles


@guard("4.1", "Letting somebody in who is to work here, by anybody but an administrator")
def may_add_staff(*, asking: Asking) -> Decision:
    """Decide whether somebody may add a member of staff (clause 4.1)."""
    return Decision.yes(clause="4.1") if asking.runs_accounts else _not_administrator()


@guard(["4.1", "3.3.3"], "A role given by anybody but an administrator, to oneself, or beside one that must keep apart")
def may_grant_role(*, asking: Asking, role: Role, held: frozenset[Role], is_active: bool) -> Decision:
    """Decide whether a role may be given; administrators, auditors and outsiders see no case (clauses 4.1, 3.3.3)."""
    if not (decision := _may_decide_about(asking)):
        return decision
    if not is_active:
        return Decision.no("This person has left.", clause="4.1", remedy="Bring them back first.")
    if clashing := clash(role, held):
        return Decision.no(
            f"{role.label} and {clashing.label} keep apart: one person may not hold both.",
            clause="3.3.3",
            remedy=f"Take the role {clashing.label} away first.",
        )
    return Decision.yes(clause="4.1")


@guard("4.1", "A role taken by anybody but an administrator, from oneself, or from the last administrator")
def may_revoke_role(*, asking: Asking, role: Role, other_administrators: int) -> Decision:
    """Decide whether a role may be taken away; one administrator always remains (clause 4.1)."""
    if not (decision := _may_decide_about(asking)):
        return decision
    if role is Role.ADMINISTRATOR and other_administrators == 0:
        return Decision.no(LAST_ADMINISTRATOR, clause="4.1", remedy="Make somebody else an administrator first.")
    return Decision.yes(clause="4.1")


@guard("4.1", "A move to another team by anybody but an administrator, or of oneself")
def may_move_to_team(*, asking: Asking) -> Decision:
    """Decide whether somebody may be moved to a team, which decides what they can reach (clause 4.1)."""
    return _may_decide_about(asking)


@guard("4.1", "An account ended by anybody but an administrator, one's own, or the last administrator's")
def may_leave(*, asking: Asking, is_administrator: bool, other_administrators: int) -> Decision:
    """Decide whether an account may be ended; one administrator always remains (clause 4.1)."""
    if not (decision := _may_decide_about(asking)):
        return decision
    if is_administrator and other_administrators == 0:
        return Decision.no(LAST_ADMINISTRATOR, clause="4.1", remedy="Make somebody else an administrator first.")
    return Decision.yes(clause="4.1")


@guard("4.1", "Somebody who has left brought back by anybody but an administrator")
def may_come_back(*, asking: Asking) -> Decision:
    """Decide whether an ended account may be opened again (clause 4.1)."""
    return _may_decide_about(asking)


@guard("4.1", "A set-up link by anybody but an administrator, for oneself, or for somebody who has left")
def may_issue_link(*, asking: Asking, is_active: bool) -> Decision:
    """Decide whether a link to choose a password may be issued, which lets its holder in (clause 4.1)."""
    if not (decision := _may_decide_about(asking)):
        return decision
    if not is_active:
        return Decision.no("This person has left.", clause="4.1", remedy="Bring them back first.")
    return Decision.yes(clause="4.1")


@guard("4.1", "Being put on call by anybody but an administrator, a head of service or one's own team's manager")
def may_set_on_call(*, asking: Asking, is_same_team: bool, is_active: bool) -> Decision:
    """Decide whether somebody may say who is told of danger out of hours (clause 4.1); taking over oneself is fine."""
    if not is_active:
        return Decision.no("This person has left.", clause="4.1", remedy="Bring them back first.")
    if asking.runs_accounts or Role.HEAD_OF_SERVICE in asking.roles:
        return Decision.yes(clause="4.1")
    if Role.TEAM_MANAGER in asking.roles and is_same_team:
        return Decision.yes(clause="4.1")
    return Decision.no(
        "Only an administrator, a head of service or the team's own manager says who is on call.", clause="4.1"
    )


@guard("3.3.3", "Taking the last second factor off an account: what people told stays behind two locks")
def may_remove_second_factor(*, left: int, may_do_without: bool) -> Decision:
    """Decide whether somebody may take a second factor off their own account, when `left` remain (clause 3.3.3)."""
    if left or may_do_without:
        return Decision.yes(clause="3.3.3")
    return Decision.no(
        "This is your only second factor, and everybody here needs one.",
        clause="3.3.3",
        remedy="Add another passkey or code app first, then remove this one.",
    )


@guard("3.3.3", "Anything at all shown to somebody who has not shown a second factor")
def may_go_in(*, has_shown_second_factor: bool, may_do_without: bool) -> Decision:
    """Decide whether somebody who is signed in may go on to any page (clause 3.3.3)."""
    if has_shown_second_factor or may_do_without:
        return Decision.yes(clause="3.3.3")
    return Decision.no(
        "Everybody here signs in with a second factor.", clause="3.3.3", remedy="Add a passkey or a code app."
    )


def clash(role: Role, held: frozenset[Role]) -> Role | None:
    """Return the first role held that must keep apart from this one, if any."""
    for other in sorted(held - {role}):
        apart_from_other = role in COMPANY and other not in COMPANY[role]
        apart_from_role = other in COMPANY and role not in COMPANY[other]
        if apart_from_other or apart_from_role:
            return Role(other)
    return None


def _may_decide_about(asking: Asking) -> Decision:
    if not asking.runs_accounts:
        return _not_administrator()
    if asking.is_oneself:
        return Decision.no(NOT_ONESELF, clause="4.1", remedy=ANOTHER_ADMINISTRATOR)
    return Decision.yes(clause="4.1")


def _not_administrator() -> Decision:
    return Decision.no(OPERATOR_ONLY, clause="4.1", remedy="Ask an administrator.")


@dataclass(frozen=True, slots=True)
class Patience:
    """How many wrong guesses are free, how long the next one waits, and when they are forgotten."""

    free: int
    longest: timedelta = timedelta(minutes=15)
    first: timedelta = timedelta(minutes=1)
    forgets: timedelta = timedelta(hours=1)


HERE = Patience(free=5)
"""One account from one place, or from one device that has signed in to it before."""

ACCOUNT = Patience(free=20)
"""One account from everywhere but the devices that it knows."""

PLACE = Patience(free=50, longest=timedelta(minutes=5))
"""One place, whatever the account: an office may share one address, so it is given more."""


def failures_counted(patience: Patience, *, failures: int, last_at: datetime, at: datetime) -> int:
    """Return how many wrong guesses in a row still count."""
    return 0 if at - last_at >= patience.forgets else failures


def next_guess_at(patience: Patience, *, failures: int, last_at: datetime, at: datetime) -> datetime:
    """Return when the next guess is looked at: at once, or after a wait that doubles up to the longest."""
    over = failures_counted(patience, failures=failures, last_at=last_at, at=at) - patience.free
    if over < 0:
        return at
    doubled: timedelta = patience.first * 2 ** min(over, 16)
    return last_at + min(doubled, patience.longest)


LINK_LASTS = timedelta(hours=72)
"""A set-up link issued on a Friday still works on Monday."""

IDLE = timedelta(minutes=30)
"""How long a session lasts with nothing done."""

LONGEST_SESSION = timedelta(hours=12)
"""How long a session lasts whatever is done: longer than any shift."""

RECENTLY = timedelta(minutes=10)
"""How long ago somebody may have proved who they are for a sensitive act."""


def session_end(*, started_at: datetime, seen_at: datetime, at: datetime) -> datetime:
    """Return when a session ends if nothing more is done."""
    return min(seen_at + IDLE, started_at + LONGEST_SESSION)
