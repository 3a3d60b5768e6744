"""What signing in leaves in the trail, and changes of password and second factors (clause 3.3.3)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator

from haven.accounts import queries, rules
from haven.accounts.actions.sessions import end_all_of
from haven.accounts.choices import SECOND_FACTORS, Factor, SessionEnd, Step
from haven.accounts.models import Staff
from haven.kernel.action import Actor, action, note
from haven.kernel.decision import require


@action("sign_in.done")
def record_sign_in(*, staff: Staff, factors: list[Factor], with_password: bool, by: Actor, at: datetime) -> Staff:
    """Record that somebody signed in and what they proved it with; a used recovery code shows here."""
    note(factors=sorted(factors), with_password=with_password)
    return staff


@action("sign_in.failed")
def record_failed_sign_in(*, staff: Staff | None, step: Step, wait: timedelta, by: Actor, at: datetime) -> None:
    """Record that a guess was wrong, on the chain of the account if there is one, and how long the next must wait.

    Never what was typed. Guesses that come while they must wait are not looked at and leave no entry.
    """
    note(step=step, known=staff is not None, wait_seconds=int(wait.total_seconds()))


@action("sign_in.confirmed")
def record_confirmed(*, staff: Staff, factor: Factor | None, by: Actor, at: datetime) -> Staff:
    """Record that somebody proved again who they are before a sensitive act; `factor` is None for the password."""
    note(factor=factor)
    return staff


@action("password.changed")
def change_password(*, staff: Staff, password: str, keep_session: str, by: Actor, at: datetime) -> Staff:
    """Change somebody's own password and end their sessions elsewhere."""
    staff.set_password(password)
    staff.save(update_fields=["password"])
    end_all_of(staff, SessionEnd.PASSWORD, by=by, at=at, but=keep_session)
    return staff


@action("second_factor.added")
def add_second_factor(
    *, staff: Staff, kind: Factor, add: Callable[[], Authenticator], by: Actor, at: datetime
) -> Authenticator:
    """Add a passkey or a code app to somebody's own account; `add` writes the row that allauth verified."""
    Staff.objects.select_for_update().get(pk=staff.pk)
    added = add()
    note(kind=kind, factor=added.pk, second_factors=queries.second_factors(staff))
    return added


@action("second_factor.removed")
def remove_second_factor(
    *, staff: Staff, factor: Authenticator, may_do_without: bool, by: Actor, at: datetime
) -> Staff:
    """Take a passkey or a code app off somebody's own account; raises Refused if it is the last one."""
    Staff.objects.select_for_update().get(pk=staff.pk)
    left = Authenticator.objects.filter(user=staff, type__in=SECOND_FACTORS).exclude(pk=factor.pk).count()
    require(rules.may_remove_second_factor(left=left, may_do_without=may_do_without))
    note(kind=factor.type, factor=factor.pk, second_factors=left)
    factor.delete()
    if not left:
        Authenticator.objects.filter(user=staff).delete()
    return staff


@action("second_factor.renamed")
def rename_passkey(*, staff: Staff, factor: Authenticator, name: str, by: Actor, at: datetime) -> Staff:
    """Give a passkey another name, by which its owner tells it from others."""
    note(factor=factor.pk)
    factor.data["name"] = name
    factor.save(update_fields=["data"])
    return staff


@action("recovery_codes.made")
def make_recovery_codes(*, staff: Staff, make: Callable[[], Authenticator], by: Actor, at: datetime) -> Staff:
    """Make ten recovery codes in place of the old ones, which stop working."""
    note(factor=make().pk)
    return staff
