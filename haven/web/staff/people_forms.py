"""What an administrator fills in about those who work here."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from haven.accounts import queries
from haven.accounts.choices import MAY_SAY, Role
from haven.accounts.models import Staff, Team
from haven.accounts.rules import clash
from haven.web.components import widgets


class AddForm(forms.Form):
    """Somebody new: who they are, what they are trusted with, and their team."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Enter their name")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Work e-mail address"),
        max_length=254,
        help_text=_("They sign in with it"),
        error_messages={
            "required": _("Enter their work e-mail address"),
            "invalid": _("Enter an e-mail address in the right form, like name@landlord.example"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("What will they do?"),
        choices=Role.choices,
        error_messages={"required": _("Choose at least one role")},
        widget=widgets.Checkboxes(hints={role.value: words for role, words in MAY_SAY.items()}),
    )
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("No team")
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams

    def clean_email(self) -> str:
        """Refuse an address that somebody has."""
        email = self.cleaned_data["email"].lower()
        if queries.by_email(email) is not None:
            words = _("Somebody with this address is here already, or has left and can be brought back")
            raise forms.ValidationError(words)
        return email

    def clean_roles(self) -> list[Role]:
        """Refuse roles that keep apart, naming them."""
        roles = frozenset(Role(role) for role in self.cleaned_data["roles"])
        for role in sorted(roles):
            if other := clash(role, roles):
                words = _("%(one)s and %(other)s keep apart: one person may not hold both")
                raise forms.ValidationError(words % {"one": role.label, "other": other.label})
        return sorted(roles)


class RoleForm(forms.Form):
    """One more role."""

    role = forms.ChoiceField(label=_("Give a role"), error_messages={"required": _("Choose a role")})

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(role.value, role.label) for role in Role if role not in staff.roles]
        self.fields["role"].choices = [("", _("Choose a role")), *free]

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class TeamForm(forms.Form):
    """Another team, or none."""

    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("No team")
    )

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams


class NewTeamForm(forms.Form):
    """A new team and its patches."""

    name = forms.CharField(
        label=_("Name of the team"), max_length=80, error_messages={"required": _("Enter a name for the team")}
    )
    patches = forms.CharField(
        label=_("Patches that it looks after"),
        required=False,
        max_length=2000,
        help_text=_("Their codes, separated by commas"),
    )

    def clean_name(self) -> str:
        """Refuse a name that a team has."""
        name = self.cleaned_data["name"].strip()
        if Team.objects.filter(name=name).exists():
            raise forms.ValidationError(_("There is a team of this name already"))
        return name

    def clean_patches(self) -> list[str]:
        """Return the codes, each once."""
        codes = list(dict.fromkeys(code.strip().upper() for code in self.cleaned_data["patches"].split(",")))
        if any(len(code) > 20 for code in codes):
            raise forms.ValidationError(_("Each code has at most 20 characters"))
        return [code for code in codes if code]
