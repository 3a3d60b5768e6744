"""Signing in and out, and proving again who one is: allauth's steps on our pages."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.http import HttpResponse, HttpResponseNotAllowed

from haven.web.staff.passkeys import can_hold_passkeys


class SignIn(LoginView):
    """Address and password, or a passkey."""

    template_name = "staff/sign-in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether passkeys can work at this address, and whether something was wrong."""
        context = super().get_context_data(**kwargs)
        return context | {"passkeys": can_hold_passkeys(self.request), "page_error": context["form"].is_bound}


class SecondStep(AuthenticateView):
    """A code, a recovery code or a passkey after the password."""

    template_name = "staff/second-step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which ways this person has."""
        context = super().get_context_data(**kwargs)
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        wrong = [form for form in (context["form"], context.get("webauthn_form")) if form is not None and form.errors]
        return context | {
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds and can_hold_passkeys(self.request),
            "has_code_app": Authenticator.Type.TOTP in kinds,
            "page_error": bool(wrong),
        }


class PasskeySignIn(LoginWebAuthnView):
    """A passkey alone; its challenge is fetched by the page's script, its answer posted here."""


class SignOut(LogoutView):
    """End this session; by POST only, so that a link cannot do it."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse."""
        return HttpResponseNotAllowed(("POST",))


class _Confirm:
    """What the three ways of proving again who one is have in common."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the way back, and name the other ways."""
        context = super().get_context_data(**kwargs)
        return context | {"others": context["reauthentication_alternatives"], "page_error": context["form"].is_bound}


class ConfirmByPassword(_Confirm, ReauthenticateView):
    """The password again."""

    template_name = "staff/confirm-password.html"


class ConfirmByCode(_Confirm, ReauthenticateCodeView):
    """A code again."""

    template_name = "staff/confirm-code.html"


class ConfirmByPasskey(_Confirm, ReauthenticateWebAuthnView):
    """A passkey again."""

    template_name = "staff/confirm-passkey.html"
