"""A set-up link: choose a password once, then go on as after the password.

The secret leaves the address at once: the first page keeps it in the session and goes on without it, so that it stands
in no history and no log of addresses. Looking does not use the link up; only choosing a password does.
"""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haven.accounts import actions
from haven.accounts.actions.links import find_open_link
from haven.accounts.choices import Step
from haven.accounts.models import SetUpLink
from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.web.staff.attempts import attempt
from haven.web.staff.forms import ChoosePasswordForm, posted
from haven.web.staff.guard import signing_in_page

SECRET = "set_up_secret"


@signing_in_page
def arrive(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address."""
    if request.user.is_authenticated:
        logout(request)
    request.session[SECRET] = secret
    return redirect("staff:set-up")


@signing_in_page
def set_up(request: HttpRequest) -> HttpResponse:
    """Choose a password, if the link still works; then sign in with it."""
    link = _link(request)
    if link is None:
        return render(request, "staff/set-up-over.html", status=410)
    form = ChoosePasswordForm(posted(request), staff=link.staff)
    if form.is_valid():
        try:
            staff = actions.use_link(link=link, password=form.cleaned_data["password"], by=link.staff, at=clock.now())
        except Refused:
            return render(request, "staff/set-up-over.html", status=410)
        request.session.pop(SECRET, None)
        login = Login(user=staff, email=staff.email, redirect_url=reverse("staff:start"))
        return perform_password_login(request, {"email": staff.email}, login)
    return render(
        request, "staff/set-up.html", {"form": form, "page_error": bool(form.errors), "email": link.staff.email}
    )


def _link(request: HttpRequest) -> SetUpLink | None:
    secret = request.session.get(SECRET, "")
    if not secret:
        return None
    return attempt(request, lambda: find_open_link(secret, clock.now()), account="", staff=None, step=Step.LINK)
