"""What is known of those who work here, without a viewer."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from haven.accounts.choices import SECOND_FACTORS, Role
from haven.accounts.models import Staff
from haven.accounts.rules import Asking
from haven.kernel.action import Actor


def asking(by: Actor, *, about: Staff | None = None) -> Asking:
    """Return the facts about who asks that the rules of accounts decide by."""
    if isinstance(by, Staff):
        roles = frozenset(Role(role) for role in by.roles) if by.is_active else frozenset[Role]()
        return Asking(roles=roles, is_oneself=about is not None and about.pk == by.pk)
    return Asking(is_operator=by.actor_kind == "system")


def roles_held(staff: Staff) -> frozenset[Role]:
    """Return the roles of a member of staff."""
    return frozenset(Role(role) for role in staff.roles)


def other_administrators(staff: Staff) -> int:
    """Count the administrators who could still let people in without this one."""
    others = Staff.objects.filter(is_active=True, roles__contains=[Role.ADMINISTRATOR]).exclude(pk=staff.pk)
    return others.count()


def second_factors(staff: Staff) -> int:
    """Count the passkeys and code apps of a member of staff."""
    found: int = Authenticator.objects.filter(user=staff, type__in=SECOND_FACTORS).count()
    return found


def has_second_factor(staff: Staff) -> bool:
    """Say whether a member of staff has any passkey or code app."""
    found: bool = Authenticator.objects.filter(user=staff, type__in=SECOND_FACTORS).exists()
    return found


def with_second_factor(staff: Iterable[Staff]) -> frozenset[int]:
    """Return the ids of those among these who have a second factor, in one query."""
    ids = [one.pk for one in staff]
    found = Authenticator.objects.filter(user_id__in=ids, type__in=SECOND_FACTORS)
    return frozenset(found.values_list("user_id", flat=True))


def staff_on_call() -> list[Staff]:
    """Return those who are told when somebody is in danger out of hours."""
    return list(Staff.objects.filter(is_active=True, on_call=True).order_by("pk"))


def by_email(email: str) -> Staff | None:
    """Return who signs in with this address, in either case of letters."""
    return Staff.objects.filter(email=email.strip().lower()).first()
