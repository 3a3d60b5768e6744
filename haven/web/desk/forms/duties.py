"""The form by which a duty is recorded as done."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from haven.kernel.clock import LONDON, local
from haven.kernel.decision import Decision
from haven.web.components.widgets import Radios
from haven.web.desk.forms.dates import DateOfParts

HOW = [
    ("telephone", "By telephone, and we spoke"),
    ("in_person", "Face to face"),
    ("video", "By video"),
    ("writing", "In writing"),
    ("voicemail", "A voicemail or an unanswered call"),
    ("by_others", "Somebody else did it for us"),
]


class DoneForm(forms.Form):
    """When and how something was done."""

    how = forms.ChoiceField(
        label="How", choices=HOW, widget=Radios, error_messages={"required": "Choose how it was done"}
    )
    day = DateOfParts(label="Day")
    clock = forms.TimeField(
        label="Time",
        help_text="For example 14:05.",
        input_formats=["%H:%M", "%H.%M"],
        error_messages={
            "required": "Write the time as hours and minutes, such as 14:05",
            "invalid": "Write the time as hours and minutes, such as 14:05",
        },
    )
    words = forms.CharField(
        label="What came of it",
        help_text="A note to ourselves. The person does not see it.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refusal: Decision | None = None

    def __init__(self, *args: Any, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].initial = local(now).date()
        self.fields["clock"].initial = f"{local(now):%H:%M}"

    def clean_day(self) -> date:
        """Ask for the day."""
        found: date | None = self.cleaned_data["day"]
        if found is None:
            raise forms.ValidationError("Write the day on which it was done")
        return found

    def done_at(self) -> datetime:
        """Return the moment at which it was done."""
        day: date = self.cleaned_data["day"]
        at: time = self.cleaned_data["clock"]
        return datetime.combine(day, at, tzinfo=LONDON)
