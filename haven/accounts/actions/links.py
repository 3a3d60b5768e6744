"""Set-up links: how somebody chooses their first password, or a new one when the old one is forgotten (clause 4.1)."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator

from haven.accounts import queries, rules
from haven.accounts.actions.sessions import end_all_of
from haven.accounts.choices import SessionEnd
from haven.accounts.models import SetUpLink, Staff
from haven.kernel.action import Actor, action, note
from haven.kernel.decision import Decision, Refused, require
from haven.kernel.sealing import keyed_hash


@action("staff.link_issued")
def issue_link(*, staff: Staff, by: Actor, at: datetime) -> SetUpLink:
    """Issue a link that lets somebody choose their password once, within 72 hours; earlier links stop working.

    Raises Refused for oneself, without the right, or for somebody who has left.
    """
    Staff.objects.select_for_update().get(pk=staff.pk)
    staff.refresh_from_db()
    require(rules.may_issue_link(asking=queries.asking(by, about=staff), is_active=staff.is_active))
    withdraw_links(staff, at)
    secret = secrets.token_urlsafe(32)
    link = SetUpLink.objects.create(
        staff=staff,
        secret_hash=hash_of(secret),
        issued_at=at,
        issued_by=by if isinstance(by, Staff) else None,
        expires_at=at + rules.LINK_LASTS,
    )
    note(link=link.pk)
    link.secret = secret
    return link


@action("staff.link_used")
def use_link(*, link: SetUpLink, password: str, by: Actor, at: datetime) -> Staff:
    """Set the password with a set-up link and end every session; raises Refused if the link works no longer."""
    now = SetUpLink.objects.select_for_update().select_related("staff").get(pk=link.pk)
    if not is_open(now, at):
        raise Refused(Decision.no("This link works no longer.", clause="4.1", remedy="Ask for a new one."))
    now.used_at = at
    now.save(update_fields=["used_at"])
    staff = now.staff
    staff.set_password(password)
    staff.save(update_fields=["password"])
    note(link=now.pk)
    end_all_of(staff, SessionEnd.PASSWORD, by=by, at=at)
    return staff


@action("second_factor.reset")
def reset_second_factors(*, staff: Staff, by: Actor, at: datetime) -> Staff:
    """Take every second factor off somebody's account who has lost theirs, and end their sessions.

    Raises Refused for oneself or without the right: whoever may issue a link may do this, and nobody else.
    """
    require(rules.may_issue_link(asking=queries.asking(by, about=staff), is_active=staff.is_active))
    taken = Authenticator.objects.filter(user=staff)
    note(kinds=sorted(taken.values_list("type", flat=True)))
    taken.delete()
    end_all_of(staff, SessionEnd.FACTORS, by=by, at=at)
    return staff


def find_open_link(secret: str, at: datetime) -> SetUpLink | None:
    """Return the link with this secret if it still works; a plain read that several pages share."""
    link = SetUpLink.objects.select_related("staff").filter(secret_hash=hash_of(secret)).first()
    return link if link is not None and is_open(link, at) else None


def is_open(link: SetUpLink, at: datetime) -> bool:
    """Say whether a link still works: not used, not withdrawn, not too old, and its owner still works here."""
    return link.used_at is None and link.withdrawn_at is None and at < link.expires_at and link.staff.is_active


def withdraw_links(staff: Staff, at: datetime) -> None:
    """Make every open link of somebody stop working; a piece that several acts share."""
    SetUpLink.objects.filter(staff=staff, used_at=None, withdrawn_at=None).update(withdrawn_at=at)


def hash_of(secret: str) -> bytes:
    """Return what is kept of a link's secret."""
    return keyed_hash("set-up link", secret)
