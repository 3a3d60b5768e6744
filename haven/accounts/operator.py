"""What whoever runs the machine may do for accounts at the command line: let the first people in, and open a way back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from haven.accounts import actions, queries
from haven.accounts.choices import Role
from haven.accounts.models import SetUpLink, Staff
from haven.kernel.action import SYSTEM


class NotPossible(Exception):
    """The request cannot be carried out; the message says why and what to do."""


def let_in(*, email: str, name: str, roles: list[Role], at: datetime) -> SetUpLink:
    """Add somebody and return the link with which they choose their password, with its secret.

    Raises NotPossible for an address that cannot be one or is known, and Refused where roles keep apart.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise NotPossible(f"{email} is not an e-mail address.") from None
    if not name.strip():
        raise NotPossible("Give their name.")
    if queries.by_email(email) is not None:
        raise NotPossible("Somebody signs in with that address already. `haven staff link` makes them a new link.")
    with transaction.atomic():
        staff = actions.add_staff(email=email, name=name, roles=roles, team=None, by=SYSTEM, at=at)
        return actions.issue_link(staff=staff, by=SYSTEM, at=at)


def new_link(*, email: str, take_off_second_factors: bool, at: datetime) -> SetUpLink:
    """Return a new set-up link for somebody, with its secret; raises NotPossible for nobody and Refused for who left."""
    staff = queries.by_email(email)
    if staff is None:
        raise NotPossible("Nobody signs in with that address.")
    with transaction.atomic():
        if take_off_second_factors:
            actions.reset_second_factors(staff=staff, by=SYSTEM, at=at)
        return actions.issue_link(staff=staff, by=SYSTEM, at=at)


def listed() -> list[Staff]:
    """Return everybody who works here."""
    return list(Staff.objects.filter(is_active=True).order_by("pk"))
