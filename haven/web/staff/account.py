"""Your account: password, second factors, recovery codes and where you are signed in."""

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from haven.accounts import actions, queries, rules
from haven.accounts.choices import SECOND_FACTORS, Factor, SessionEnd
from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.web.staff.agents import device_name
from haven.web.staff.forms import ChangePasswordForm, posted
from haven.web.staff.guard import has_shown_second_factor, may_do_without_second_factor, note_second_factor, staff_page
from haven.web.staff.passkeys import can_hold_passkeys


@staff_page(methods=("GET", "HEAD"))
def account(request: HttpRequest) -> HttpResponse:
    """Show what an account is protected by and where it is signed in."""
    factors = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    codes = next((one for one in factors if one.type == Factor.RECOVERY_CODE), None)
    seconds = [one for one in factors if one.type in SECOND_FACTORS]
    left = len(seconds) - 1
    removing = rules.may_remove_second_factor(left=max(left, 0), may_do_without=may_do_without_second_factor())
    return render(
        request,
        "staff/account.html",
        {
            "factors": [_shown_factor(one) for one in seconds],
            "removing": removing,
            "has_code_app": any(one.type == Factor.CODE_APP for one in seconds),
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
            "has_codes": codes is not None,
            "sessions": _shown_sessions(request),
            "passkeys": can_hold_passkeys(request),
            "page_title": _("Your account"),
        },
    )


@staff_page()
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; sessions elsewhere end."""
    form = ChangePasswordForm(posted(request), staff=request.user)
    if form.is_valid():
        key, chosen = request.session.session_key, form.cleaned_data["password"]
        by = request.user
        actions.change_password(staff=by, password=chosen, keep_session=key, by=by, at=clock.now())
        _keep_this_session(request)
        messages.success(request, _("Your password is changed. You were signed out everywhere else."))
        return redirect("staff:account")
    return render(request, "staff/password.html", {"form": form, "page_error": bool(form.errors)})


class AddCodeApp(ActivateTOTPView):
    """Add a code app: the picture, the key to type, and the first code as proof."""

    template_name = "staff/add-code-app.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go back where there is a code app already: one is enough, and it can be removed first."""
        if refused := _own_factor_first(request):
            return refused
        if Authenticator.objects.filter(user=request.user, type=Factor.CODE_APP).exists():
            return redirect("staff:account")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the key in fours, for those who cannot use the picture."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        fours = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return context | {"secret": fours, "page_error": bool(context["form"].errors)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, in one act, and let the session go on as one that has shown a second factor."""
        return _add(self.request, Factor.CODE_APP, lambda: super(AddCodeApp, self).form_valid(form))


class AddPasskey(AddWebAuthnView):
    """Add a passkey: a fingerprint or face, the device's own code, or a key on a ring."""

    template_name = "staff/add-passkey.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody add a lock who has not opened the one that is there."""
        return _own_factor_first(request) or super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the posted form with its errors; ask for a passkey that can sign in by itself where the device can."""
        context = super().get_context_data(**kwargs)
        context["form"] = kwargs.get("form") or context["form"]
        errors = bool(context["form"].errors)
        context["js_data"] = json.loads(json.dumps(context["js_data"]))
        wanted = context["js_data"]["creation_options"]["publicKey"]["authenticatorSelection"]
        wanted |= {"residentKey": "preferred", "requireResidentKey": False, "userVerification": "preferred"}
        return context | {"passkeys": can_hold_passkeys(self.request), "page_error": errors}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, in one act."""
        return _add(self.request, Factor.PASSKEY, lambda: super(AddPasskey, self).form_valid(form))


class RenamePasskey(EditWebAuthnView):
    """Give a passkey another name."""

    template_name = "staff/rename-passkey.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the name."""
        factor, name, by = self.get_object(), form.cleaned_data["name"], self.request.user
        actions.rename_passkey(staff=by, factor=factor, name=name, by=by, at=clock.now())
        return redirect("staff:account")


@staff_page()
@reauthentication_required(app="allauth.mfa")
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take a passkey or a code app off one's own account; the last one stays."""
    factor = get_object_or_404(Authenticator, pk=pk, user=request.user, type__in=SECOND_FACTORS)
    left = queries.second_factors(request.user) - 1
    without = may_do_without_second_factor()
    decision = rules.may_remove_second_factor(left=left, may_do_without=without)
    if request.method == "POST":
        try:
            actions.remove_second_factor(
                staff=request.user, factor=factor, may_do_without=without, by=request.user, at=clock.now()
            )
        except Refused as refused:
            decision = refused.decision
        else:
            messages.success(request, _("It is removed from your account."))
            return redirect("staff:account")
    shown = {"factor": _shown_factor(factor), "decision": decision}
    return render(request, "staff/remove-factor.html", shown)


class RecoveryCodes(ViewRecoveryCodesView):
    """Recovery codes, shown once when they are made; later only how many are left."""

    template_name = "staff/recovery-codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """Ask, then make new recovery codes in place of the old ones."""

    template_name = "staff/new-recovery-codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them, in one act."""
        kept: dict[str, HttpResponse] = {}

        def make() -> Authenticator:
            kept["answer"] = super(NewRecoveryCodes, self).form_valid(form)
            return Authenticator.objects.get(user=self.request.user, type=Factor.RECOVERY_CODE)

        actions.make_recovery_codes(staff=self.request.user, make=make, by=self.request.user, at=clock.now())
        return kept["answer"]


@staff_page(methods=("POST",))
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one session, all but this, or all of them, as the button pressed says."""
    by, at, key = request.user, clock.now(), request.session.session_key
    if request.POST.get("which") == "everywhere":
        actions.end_sessions(staff=by, but="", why=SessionEnd.SIGNED_OUT, by=by, at=at)
        logout(request)
        return redirect("account_login")
    if request.POST.get("which") == "others":
        actions.end_sessions(staff=by, but=key, why=SessionEnd.ELSEWHERE, by=by, at=at)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("staff:account")
    session = _session_of(request)
    if session is not None:
        actions.end_session(staff=by, session=session, why=SessionEnd.ELSEWHERE, by=by, at=at)
        messages.success(request, _("That device is signed out."))
    return redirect("staff:account")


def _session_of(request: HttpRequest) -> UserSession | None:
    which = request.POST.get("session", "")
    if not (which.isascii() and which.isdigit() and len(which) < 18):
        return None
    found = UserSession.objects.filter(user=request.user, pk=int(which))
    return found.exclude(session_key=request.session.session_key).first()


def _own_factor_first(request: HttpRequest) -> HttpResponse | None:
    """Send away whoever has a second factor and has not shown it in this session."""
    if has_shown_second_factor(request) or not queries.has_second_factor(request.user):
        return None
    return redirect("staff:second-factor")


def _add(request: HttpRequest, kind: Factor, write: Any) -> HttpResponse:
    kept: dict[str, HttpResponse] = {}

    def add() -> Authenticator:
        kept["answer"] = write()
        return Authenticator.objects.filter(user=request.user, type=kind).latest("pk")

    actions.add_second_factor(staff=request.user, kind=kind, add=add, by=request.user, at=clock.now())
    note_second_factor(request)
    answer = kept["answer"]
    if answer["Location"].endswith("/account"):
        messages.success(request, _("It is added to your account."))
    return answer


def _keep_this_session(request: HttpRequest) -> None:
    """Give this session a new key under the new password, and keep it in the list."""
    before = request.session.session_key
    update_session_auth_hash(request, request.user)
    request.session.save()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _shown_factor(factor: Authenticator) -> dict[str, Any]:
    is_passkey = factor.type == Factor.PASSKEY
    return {
        "pk": factor.pk,
        "kind": Factor(factor.type).label,
        "name": factor.wrap().name if is_passkey else "",
        "is_passkey": is_passkey,
        "added": factor.created_at,
        "used": factor.last_used_at,
    }


def _shown_sessions(request: HttpRequest) -> list[dict[str, Any]]:
    at = clock.now()
    alive = UserSession.objects.filter(
        user=request.user, last_seen_at__gt=at - rules.IDLE, created_at__gt=at - rules.LONGEST_SESSION
    ).order_by("-last_seen_at")
    return [
        {
            "pk": session.pk,
            "is_this": session.session_key == request.session.session_key,
            "device": device_name(session.user_agent),
            "address": session.ip,
            "since": session.created_at,
            "seen": session.last_seen_at,
        }
        for session in alive
    ]
