"""What narrows the trail down; all of it may stand in an address, for none of it is a name."""

from django import forms

from haven.policy.register import REGISTER
from haven.trail.access import OUTCOMES
from haven.trail.words import ACTS

SAID = {"done": "Done", "seen": "Opened or searched", "refused": "Refused"}


def acts() -> list[tuple[str, str]]:
    """Return every act in words, sorted by them."""
    return [("", "Everything"), *sorted(ACTS.items(), key=lambda one: one[1])]


def guards() -> list[tuple[str, str]]:
    """Return every guard by its name."""
    return [("", "Any, or none"), *((name, name) for name in sorted(REGISTER.guards))]


class TrailFilters(forms.Form):
    """Which part of the trail to show."""

    about = forms.CharField(
        label="About",
        required=False,
        max_length=40,
        help_text="A reference, such as HV-7K2M-94T, or a chain, such as staff:2",
    )
    outcome = forms.ChoiceField(
        label="What came of it", required=False, choices=[("", "Anything"), *((one, SAID[one]) for one in OUTCOMES)]
    )
    act = forms.ChoiceField(label="What", required=False, choices=acts)
    guard = forms.ChoiceField(label="Guard asked", required=False, choices=guards)
    actor = forms.IntegerField(
        label="Staff number",
        required=False,
        min_value=1,
        max_value=2**62,
        error_messages={"invalid": "Enter a staff number, such as 12."},
    )
    until = forms.DateField(
        label="Up to the day",
        required=False,
        help_text="For example 2026-11-22",
        error_messages={"invalid": "Enter a date, such as 2026-11-22."},
    )
