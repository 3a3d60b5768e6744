"""Where signing in leads, how a session is kept, and the page that asks for a second factor before anything else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from haven.accounts import queries
from haven.kernel import clock
from haven.web.staff import navigation, sessions
from haven.web.staff.guard import has_shown_second_factor, may_do_without_second_factor, staff_page
from haven.web.staff.passkeys import can_hold_passkeys

KEYS, YEAR = "keys", 365 * 24 * 3600
"""The cookie in which a browser keeps whether the keyboard shortcuts are on; it says nothing else."""


@staff_page(methods=("GET", "HEAD"))
def start(request: HttpRequest) -> HttpResponse:
    """Send each to where their work is."""
    return redirect(navigation.first_for(request.user))


@staff_page(methods=("POST",), without_second_factor=True)
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the session going: somebody pressed the button two minutes before its end."""
    request.session[sessions.SEEN] = clock.now().timestamp()
    return HttpResponse(status=204)


@staff_page(methods=("POST",))
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch the keyboard shortcuts on or off in this browser, and go back to where one was (WCAG 2.1.4)."""
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(back if safe else reverse("staff:start"))
    answer.set_cookie(
        KEYS,
        "off" if request.POST.get("shortcuts") == "off" else "on",
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


@staff_page(methods=("GET", "HEAD"), without_second_factor=True)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a second factor: to add the first one, or to sign in again with one that was added elsewhere."""
    if has_shown_second_factor(request) or may_do_without_second_factor():
        return redirect("staff:start")
    page = "staff/second-factor.html"
    return render(
        request,
        page,
        {
            "has_one": queries.has_second_factor(request.user),
            "passkeys": can_hold_passkeys(request),
            "add_passkey_url": reverse("mfa_add_webauthn"),
            "add_code_app_url": reverse("mfa_activate_totp"),
        },
    )
