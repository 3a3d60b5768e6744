"""The ends of sessions: signing out, signing out elsewhere, and sessions that nobody came back to."""

from collections.abc import Iterable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q

from haven.accounts.choices import SessionEnd
from haven.accounts.models import Staff
from haven.accounts.rules import IDLE, LONGEST_SESSION
from haven.kernel.action import SYSTEM, Actor, action, note


@action("session.ended")
def end_session(*, staff: Staff, session: UserSession | None, why: SessionEnd, by: Actor, at: datetime) -> Staff:
    """End one session of somebody, wherever it is; `session` is None where only the browser still knew of it."""
    note(why=why, session=session.pk if session else None)
    if session is not None:
        _delete([session])
    return staff


@action("sessions.ended")
def end_sessions(*, staff: Staff, but: str, why: SessionEnd, by: Actor, at: datetime) -> Staff:
    """End every session of somebody but the one with the key `but` (all of them if it is empty)."""
    found = list(UserSession.objects.filter(user=staff).exclude(session_key=but))
    note(why=why, sessions=sorted(session.pk for session in found))
    _delete(found)
    return staff


def end_all_of(staff: Staff, why: SessionEnd, *, by: Actor, at: datetime, but: str = "") -> None:
    """End every session but one if there are any; a piece that several acts share, with an entry of its own."""
    if UserSession.objects.filter(user=staff).exclude(session_key=but).exists():
        end_sessions(staff=staff, but=but, why=why, by=by, at=at)


def end_stale_sessions(*, at: datetime) -> int:
    """End the sessions that ran out and that nobody came back to; for the schedule. Returns how many."""
    stale = UserSession.objects.filter(Q(last_seen_at__lt=at - IDLE) | Q(created_at__lt=at - LONGEST_SESSION))
    found = list(stale.select_related("user"))
    for session in found:
        why = SessionEnd.IDLE if session.last_seen_at < at - IDLE else SessionEnd.OLD
        end_session(staff=session.user, session=session, why=why, by=SYSTEM, at=at)
    Session.objects.filter(expire_date__lt=at).delete()
    return len(found)


def _delete(sessions: Iterable[UserSession]) -> None:
    keys = [session.session_key for session in sessions]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
