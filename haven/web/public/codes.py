"""Coming back with the code: the way in, and asking for a new one."""

from __future__ import annotations

import threading
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.kernel.references import read_code, read_reference
from haven.reports import access, actions
from haven.reports.models import Report
from haven.reports.visits import VISITOR
from haven.trail.recording import record_seen
from haven.web.public import errors
from haven.web.public.pages import public, show
from haven.web.public.posted import posted
from haven.web.public.visits import remember, report_of, visit_of
from haven.web.visitor import address_of

SLEEPERS = threading.BoundedSemaphore(2)
"""How many wrong codes a process holds back at a time; when there are more, they are answered at once."""


@public("GET", "POST")
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the sixteen numbers; the right ones open at once, however often others were wrong."""
    if request.method != "POST":
        return show(request, "code")
    typed = posted(request).first("code")
    report = access.report_for_code(typed)
    if report is None:
        return _wrong(request, typed)
    at = clock.now()
    record_seen(act="report.opened_with_code", subject=report, by=report, at=at)
    return remember(HttpResponseRedirect("/mine"), visit_of(request).with_pass(access.pass_for(report, at)))


def _wrong(request: HttpRequest, typed: str) -> HttpResponse:
    if read_code(typed) is not None:
        address, browser = address_of(request), request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
        _hold_back(access.wait_after_wrong_code(address=address, browser=browser, at=clock.now()))
    message = _message(typed)
    return show(
        request,
        "code",
        typed=typed[:80],
        error=message,
        error_list=[{"text": message, "href": "#code"}],
        page_error=True,
    )


def _message(typed: str) -> str:
    digits = sum(one.isdecimal() for one in typed)
    if not typed.strip():
        return _("Write the 16 numbers of your code")
    if read_code(typed) is None:
        return _("A code has 16 numbers and nothing else. Yours has %(count)s.") % {"count": digits}
    return _("This code does not open anything. Look at each number again.")


def _hold_back(seconds: float) -> None:
    """Make whoever was wrong wait, unless as many wait already as may: nobody else is slowed by it."""
    if seconds and SLEEPERS.acquire(blocking=False):
        try:
            time.sleep(seconds)
        finally:
            SLEEPERS.release()


@public("GET", "POST")
def lost(request: HttpRequest) -> HttpResponse:
    """Take a request for a new code from somebody who has lost theirs; the answer never says what exists."""
    if request.method != "POST":
        return show(request, "lost")
    typed = posted(request).first("number")
    reference = read_reference(typed)
    if reference is None:
        message = _("Write the number as it stands on your receipt, such as HV-7K2M-94T")
        found = [{"text": message, "href": "#number"}]
        return show(request, "lost", typed=typed[:40], error=message, error_list=found, page_error=True)
    if report := Report.objects.filter(reference=reference).first():
        _ask(report, with_code=False)
    return show(request, "asked")


@public("GET", "POST")
def renew(request: HttpRequest) -> HttpResponse:
    """Ask for a new code from inside, because somebody else may have seen the old one."""
    report = report_of(request, clock.now())
    if report is None:
        return errors.over(request)
    if request.method != "POST":
        return show(request, "mine/renew")
    _ask(report, with_code=True)
    return show(request, "asked")


def _ask(report: Report, *, with_code: bool) -> None:
    """Record the request; one that waits already is enough."""
    try:
        actions.ask_for_code(report=report, with_code=with_code, by=report if with_code else VISITOR, at=clock.now())
    except Refused:
        return
