"""The forms by which a duty is recorded as done, and by which somebody says why one was late."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from haven.kernel.clock import LONDON, local
from haven.kernel.decision import Decision
from haven.obligations.rules import Why
from haven.web.components.widgets import Radios
from haven.web.desk import words
from haven.web.desk.forms.dates import DateOfParts
from haven.web.desk.forms.offering import offer

HOW = [
    ("telephone", "By telephone, and we spoke"),
    ("in_person", "Face to face"),
    ("video", "By video"),
    ("writing", "In writing"),
    ("voicemail", "A voicemail or an unanswered call"),
    ("by_others", "Somebody else did it for us"),
]


class LateForm(forms.Form):
    """Why something was late: one of the landlord's reasons, and words."""

    late_code = forms.ChoiceField(
        label="Why is it late?",
        widget=Radios,
        error_messages={"required": "Choose why it was late"},
    )
    late_words = forms.CharField(
        label="What stood in the way",
        help_text="For colleagues and managers. The person does not see it.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refusal: Decision | None = None

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "late_code", words.choices("late_reasons"))

    def why(self) -> Why | None:
        """Return why it was late, if that was said."""
        given = self.cleaned_data
        if not given.get("late_code"):
            return None
        return Why(code=given["late_code"], words=given.get("late_words") or "")


class DoneForm(LateForm):
    """When and how something was done, and why late if it was."""

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

    def __init__(self, *args: Any, now: datetime, due_at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        code = self.fields["late_code"]
        code.required, code.help_text = False, f"Only if it was done after {words.when(due_at, now)}, when it was due."
        if now <= due_at:
            del self.fields["late_code"], self.fields["late_words"]
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
