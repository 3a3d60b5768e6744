"""When a session of staff ends: half an hour after the last act, and twelve hours after it began.

Both times are in the session itself, so that looking costs nothing; they are moved on at most once a minute. Pages that
people see without signing in are left alone: their session is not even read.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from haven.accounts import actions
from haven.accounts.choices import SessionEnd
from haven.accounts.rules import IDLE, LONGEST_SESSION, session_end
from haven.kernel import clock
from haven.kernel.action import SYSTEM
from haven.web.staff.guard import is_public

STARTED, SEEN = "started", "seen"
MOVED_ON = timedelta(minutes=1)
UNATTENDED = "X-Unattended"
"""A header that a page sends with requests that no person made (a list that refreshes itself): they keep nobody in."""


Rescue = Callable[[Any], bool]
_rescues: list[Rescue] = []


def before_end(rescue: Rescue) -> None:
    """Register what is asked to keep what is being sent just as a session has run out; it says whether it kept anything."""
    _rescues.append(rescue)


def begin(request: HttpRequest, at: datetime) -> None:
    """Note in a session that somebody has just signed in."""
    request.session[STARTED] = request.session[SEEN] = at.timestamp()


def seconds_left(request: HttpRequest) -> int:
    """Return how long this session lasts if nothing more is done."""
    times = _times(request)
    if times is None:
        return 0
    ends = session_end(started_at=times[0], seen_at=times[1], at=clock.now())
    return max(0, int((ends - clock.now()).total_seconds()))


class SessionClock:
    """Middleware: ends sessions that ran out, and moves the others on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Look at the session's times before a page for staff is made."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or is_public(view):
            return None
        if not request.user.is_authenticated:
            return None
        at = clock.now()
        times = _times(request)
        if times is None:
            begin(request, at)
            return None
        if why := _over(*times, at):
            return _end(request, why, at)
        if at - times[1] >= MOVED_ON and UNATTENDED not in request.headers:
            request.session[SEEN] = at.timestamp()
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=at)
        return None


def _times(request: HttpRequest) -> tuple[datetime, datetime] | None:
    started, seen = request.session.get(STARTED), request.session.get(SEEN)
    if started is None or seen is None:
        return None
    return datetime.fromtimestamp(started, UTC), datetime.fromtimestamp(seen, UTC)


def _over(started_at: datetime, seen_at: datetime, at: datetime) -> SessionEnd | None:
    if at >= started_at + LONGEST_SESSION:
        return SessionEnd.OLD
    return SessionEnd.IDLE if at >= seen_at + IDLE else None


def _end(request: HttpRequest, why: SessionEnd, at: datetime) -> HttpResponse:
    kept = any(rescue(request) for rescue in _rescues)
    session = UserSession.objects.filter(session_key=request.session.session_key).first()
    actions.end_session(staff=request.user, session=session, why=why, by=SYSTEM, at=at)
    logout(request)
    messages.info(request, f"{SAID[why]} What you had typed is kept as a draft." if kept else SAID[why])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(settings.LOGIN_URL)})
    back = {"next": request.get_full_path()} if request.method == "GET" else {}
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode(back)}" if back else reverse(settings.LOGIN_URL))


SAID = {
    SessionEnd.IDLE: "You were signed out because nothing was done for half an hour.",
    SessionEnd.OLD: "You were signed out because twelve hours had passed since you signed in.",
}
