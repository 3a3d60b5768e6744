"""What people fill in to sign in, to confirm who they are and to look after their own account."""

import hashlib
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from haven.accounts import actions
from haven.accounts.choices import Factor, Step
from haven.accounts.models import Staff
from haven.accounts.passwords import LONGEST
from haven.kernel import clock
from haven.web.staff.attempts import attempt

FACTOR_WRONG = _("This code is not right, or it was used before. Check it, or wait for the next one, and try again.")
PASSKEY_WRONG = _("This passkey did not work. Try again, or use another way.")
NAME_LENGTH = 60
REMEMBERED_SECONDS = 180


class SignInForm(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("Work e-mail address"),
            error_messages={
                "required": _("Enter your work e-mail address"),
                "invalid": _("Enter an e-mail address in the right form, like name@landlord.example"),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        )
        self.fields["password"] = _password(_("Password"), _("Enter your password"), "current-password")
        self.order_fields(["login", "password"])


class ConfirmPasswordForm(ReauthenticateForm):
    """The password again, before a sensitive act."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = _password(_("Password"), _("Enter your password"), "current-password")


class _Code:
    """A code from a code app, or a recovery code: counted, right once only."""

    step: Step

    def _with_code_field(self) -> None:
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            max_length=40,
            error_messages={"required": _("Enter a code")},
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        )

    def clean_code(self) -> str:
        code = attempt(context.request, self._right, account=self.user.email, staff=self.user, step=self.step)
        if code is None:
            raise ValidationError(FACTOR_WRONG, code="incorrect_code")
        return code

    def _right(self) -> str | None:
        try:
            with transaction.atomic():
                Staff.objects.select_for_update().get(pk=self.user.pk)
                code = super().clean_code()
                return code if _first_use(self.authenticator, code) else None
        except ValidationError:
            return None


class SecondStepForm(_Code, AuthenticateForm):
    """The second step of signing in."""

    step = Step.SECOND_FACTOR

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._with_code_field()


class ConfirmCodeForm(_Code, ReauthenticateCodeForm):
    """A code again, before a sensitive act."""

    step = Step.CONFIRMING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._with_code_field()

    def save(self) -> None:
        super().save()
        factor = Factor(self.authenticator.type)
        actions.record_confirmed(staff=self.user, factor=factor, by=self.user, at=clock.now())


class _Passkey:
    """An answer of a passkey to our challenge."""

    step: Step

    def clean_credential(self) -> Authenticator:
        staff = self.user
        account = staff.email if staff is not None else ""
        found = attempt(context.request, self._right, account=account, staff=staff, step=self.step)
        if found is None:
            raise ValidationError(PASSKEY_WRONG, code="incorrect_passkey")
        return found

    def _right(self) -> Authenticator | None:
        if not isinstance(self.cleaned_data["credential"], dict):
            return None
        try:
            found = super().clean_credential()
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return found if found.user.is_active else None


class PasskeySignInForm(_Passkey, LoginWebAuthnForm):
    """Signing in with a passkey alone, which proves two things at once."""

    step = Step.PASSKEY


class SecondStepPasskeyForm(_Passkey, AuthenticateWebAuthnForm):
    """The second step of signing in, with a passkey."""

    step = Step.SECOND_FACTOR


class ConfirmPasskeyForm(_Passkey, ReauthenticateWebAuthnForm):
    """A passkey again, before a sensitive act."""

    step = Step.CONFIRMING

    def clean_credential(self) -> Authenticator:
        found = super().clean_credential()
        actions.record_confirmed(staff=self.user, factor=Factor.PASSKEY, by=self.user, at=clock.now())
        return found


class AddCodeAppForm(ActivateTOTPForm):
    """The first code of a new code app, which proves that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("The six digits that the app shows now"),
            max_length=20,
            error_messages={"required": _("Enter the six digits that the app shows")},
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        )


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey and what its owner calls it."""

    name = forms.CharField(
        label=_("What do you call this device or key?"),
        help_text=_("For example: work laptop, blue key"),
        max_length=NAME_LENGTH,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        if not isinstance(self.cleaned_data.get("credential"), dict):
            raise ValidationError(PASSKEY_WRONG, code="incorrect_passkey")
        try:
            return super().clean()
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise ValidationError(PASSKEY_WRONG, code="incorrect_passkey") from wrong


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(
        label=_("What do you call this device or key?"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Enter a name")},
    )


class ChoosePasswordForm(forms.Form):
    """A new password, once: it can be shown while it is typed, so it is not asked for twice."""

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        self.fields["password"] = _password(_("New password"), _("Enter a new password"), "new-password")
        self.fields["password"].help_text = _(
            "At least 12 characters. Three or four words that do not belong together are easy to remember and hard to "
            "guess."
        )

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.staff)
        return password


class ChangePasswordForm(ChoosePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"] = _password(_("Present password"), _("Enter your present password"), "current-password")
        self.order_fields(["present", "password"])

    def clean_present(self) -> str:
        present = self.cleaned_data["present"]
        right = attempt(
            context.request,
            lambda: self.staff.check_password(present) or None,
            account=self.staff.email,
            staff=self.staff,
            step=Step.CONFIRMING,
        )
        if not right:
            raise ValidationError(_("This is not your present password. Try again."), code="incorrect_password")
        return present


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was filled in, or None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def _password(label: Any, missing: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST,
        error_messages={"required": missing},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
    )


def _first_use(authenticator: Authenticator, code: str) -> bool:
    """Say whether a code app's code has not been used before, and remember it while it would still be right."""
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    now = int(clock.now().timestamp())
    digest = hashlib.sha256(f"{row.pk}:{''.join(c for c in code if c.isalnum())}".encode()).hexdigest()
    used = {mark: at for mark, at in row.data.get("used", {}).items() if now - at < REMEMBERED_SECONDS}
    row.data["used"] = {**used, digest: now}
    row.save(update_fields=["data"])
    return digest not in used
