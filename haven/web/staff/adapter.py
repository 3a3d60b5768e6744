"""What allauth asks of Haven: who may sign in, what becomes of it, how secrets of second factors are kept."""

import base64
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from haven.accounts import actions, queries, rules
from haven.accounts.choices import SECOND_FACTORS, Factor, SessionEnd, Step
from haven.accounts.models import Staff
from haven.kernel import clock
from haven.kernel.sealing import derived_key, seal, unseal
from haven.web.staff import device, sessions
from haven.web.staff.attempts import attempt
from haven.web.staff.guard import may_do_without_second_factor, note_second_factor
from haven.web.staff.passkeys import can_hold_passkeys
from haven.web.visitor import address_of

WRONG = _("This address and this password do not belong together. Check both and try again.")


WAYS = {
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use your code app or a recovery code"),
}
"""The ways of proving again who one is, by allauth's names, in the order in which they are offered."""


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by address and password; nobody signs themselves up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "incorrect_password": _("This is not your password. Try again."),
        "incorrect_code": _("This did not work. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: an administrator adds people."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Staff | None:
        """Check an address and a password, slowly where they were guessed before; the same for any wrong one."""
        email = credentials.get("email", "")
        return attempt(
            request,
            lambda: authenticate(request, email=email, password=credentials.get("password")),
            account=email,
            staff=queries.by_email(email),
            step=Step.PASSWORD,
        )

    def reauthenticate(self, user: Staff, password: str) -> bool:
        """Check somebody's password again before a sensitive act."""
        right = attempt(
            context.request,
            lambda: user.check_password(password) or None,
            account=user.email,
            staff=user,
            step=Step.CONFIRMING,
        )
        if right:
            actions.record_confirmed(staff=user, factor=None, by=user, at=clock.now())
        return bool(right)

    def post_login(self, request: HttpRequest, user: Staff, **rest: Any) -> HttpResponse:
        """Begin the session's clock, remember the device, and record what the person proved."""
        at = clock.now()
        records = get_authentication_records(request, user)
        factors = [Factor(record["type"]) for record in records if record["method"] == "mfa"]
        with_password = any(record["method"] == "password" for record in records)
        sessions.begin(request, at)
        if factors:
            note_second_factor(request)
        actions.record_sign_in(staff=user, factors=factors, with_password=with_password, by=user, at=at)
        record_authentication(request, user, "sign_in", reauthenticated=True)
        response = super().post_login(request, user, **rest)
        device.remember(request, response, user.email)
        return response

    def logout(self, request: HttpRequest) -> None:
        """End the session and record it."""
        if request.user.is_authenticated:
            found = UserSession.objects.filter(session_key=request.session.session_key).first()
            why, at = SessionEnd.SIGNED_OUT, clock.now()
            actions.end_session(staff=request.user, session=found, why=why, by=request.user, at=at)
        super().logout(request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **more: Any
    ) -> None:
        """Pass on errors that were put into words; allauth's own good news is said by our pages instead."""
        if words := more.get("message"):
            messages.add_message(request, level, words)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the page that sends each to where their work is."""
        return reverse("staff:start")

    def get_reauthentication_methods(self, user: Staff) -> list[dict[str, Any]]:
        """Return the ways of proving again who one is, a passkey first where there is one, in our words."""
        ways = {
            way["id"]: {**way, "description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)
        }
        if not can_hold_passkeys(context.request):
            ways.pop("mfa_reauthenticate:webauthn", None)
        return [ways[name] for name in WAYS if name in ways]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request comes from."""
        return address_of(request)

    def respond_user_inactive(self, request: HttpRequest, user: Staff) -> HttpResponse:
        """Send whoever left while they signed in back to the start, like anybody unknown."""
        return redirect("account_login")

    def send_mail(self, *args: Any, **more: Any) -> None:
        """Send nothing: all words leave by `correspondence`."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys, code apps and recovery codes, their secrets sealed with the deployment's key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or it was used before. Check it, or wait for the next one, and try again."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for keeping."""
        return base64.b64encode(seal(derived_key("second factor"), text.encode(), "mfa.data")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(derived_key("second factor"), base64.b64decode(encrypted_text), "mfa.data").decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the picture for a code app: dark on white in every colour scheme, with no style of its own."""
        code = segno.make(url, error="m")
        return mark_safe(code.svg_inline(scale=5, border=3, light="#ffffff", dark="#000000", svgclass="hv-qr"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether this is not the last second factor of somebody who needs one."""
        left = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_FACTORS)
        others = left.exclude(pk=authenticator.pk).count()
        return bool(rules.may_remove_second_factor(left=others, may_do_without=may_do_without_second_factor()))

    def get_public_key_credential_user_entity(self, user: Staff) -> dict[str, Any]:
        """Return what a passkey remembers of its owner."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return for which site a passkey is: the name by which people reach it, under a neutral title."""
        return {**super().get_public_key_credential_rp_entity(), "name": str(conditional_escape("Haven"))}

    def generate_authenticator_name(self, user: Staff, type: str) -> str:
        """Return a name for a passkey whose owner gave it none."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"
