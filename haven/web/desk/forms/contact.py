"""The forms by which contacts are recorded, e-mail is written, and welfare is thought of."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from haven.correspondence.actions import ContactTold
from haven.correspondence.choices import Began, Covered, PoliceTalk, Result, StillSafe, Way, Welfare
from haven.correspondence.rules import LONGEST_MESSAGE
from haven.kernel.clock import LONDON, local
from haven.kernel.decision import Decision
from haven.web.components.widgets import Checkboxes, Radios
from haven.web.desk.forms.dates import DateOfParts

TIME = "Write the time as hours and minutes, such as 14:05"
TALKED = ["interview", "still_safe", "police", "covered"]


class ContactForm(forms.Form):
    """How somebody was reached, or tried to be, when, and what came of it."""

    way = forms.ChoiceField(
        label="How",
        choices=Way.choices,
        widget=Radios,
        error_messages={"required": "Choose how"},
    )
    result = forms.ChoiceField(
        label="What came of it",
        choices=Result.choices,
        widget=Radios(reveals={Result.TWO_WAY.value: TALKED}),
        error_messages={"required": "Choose what came of it"},
    )
    began = forms.ChoiceField(label="Who began it", choices=Began.choices, widget=Radios, initial=Began.US)
    day = DateOfParts(label="Day")
    clock = forms.TimeField(
        label="Time",
        help_text="For example 14:05.",
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"required": TIME, "invalid": TIME},
    )
    still_safe = forms.ChoiceField(
        label="Are the ways to reach them still safe?", choices=StillSafe.choices, widget=Radios, required=False
    )
    police = forms.ChoiceField(
        label="Did you speak about the police?",
        help_text="Say what is possible and what it would mean. Never press.",
        choices=PoliceTalk.choices,
        widget=Radios,
        required=False,
    )
    interview = forms.ChoiceField(
        label="Was it the full talk, from the beginning, somewhere safe?",
        choices=[("no", "No"), ("yes", "Yes"), ("interpreter", "Yes, with an interpreter or signer")],
        widget=Radios,
        required=False,
        initial="no",
    )
    covered = forms.MultipleChoiceField(
        label="What you spoke of", choices=Covered.choices, widget=Checkboxes, required=False
    )
    was_then = forms.ChoiceField(
        label="Was that at a safe time?",
        choices=[("yes", "Yes"), ("no", "No, or I am not sure")],
        widget=Radios,
        required=False,
    )
    words = forms.CharField(
        label="In a few lines",
        help_text="What was said, or what happened when you tried. A note to ourselves: the person does not see it.",
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    refusal: Decision | None = None

    def __init__(self, *args: Any, now: datetime, hours: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].initial = local(now).date()
        self.fields["clock"].initial = f"{local(now):%H:%M}"
        if hours:
            self.fields["was_then"].help_text = f"They said: {hours}"
        else:
            del self.fields["was_then"]

    def clean_day(self) -> date:
        """Ask for the day."""
        found: date | None = self.cleaned_data["day"]
        if found is None:
            raise forms.ValidationError("Write the day on which it was")
        return found

    def said(self) -> ContactTold:
        """Return what was told."""
        given = self.cleaned_data
        at: time = given["clock"]
        interview = given["interview"] or "no"
        return ContactTold(
            way=given["way"],
            result=given["result"],
            began=given["began"],
            happened_at=datetime.combine(given["day"], at, tzinfo=LONDON),
            is_interview=given["result"] == Result.TWO_WAY and interview != "no",
            covered=given["covered"],
            still_safe=given["still_safe"],
            police=given["police"],
            was_then=given.get("was_then") == "yes",
            had_interpreter=True if interview == "interpreter" else None,
            words=given["words"],
        )


class ReasonForm(forms.Form):
    """Why a record is taken back."""

    reason = forms.CharField(
        label="What was wrong with it",
        help_text="The record stays, with this beside it.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refusal: Decision | None = None


class MailForm(forms.Form):
    """An e-mail to somebody."""

    language = forms.ChoiceField(label="In which language is it written")
    words = forms.CharField(
        label="What you want to tell them",
        help_text="The subject is always “A message for you”. Write nothing that would harm them if somebody else read it.",
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    refusal: Decision | None = None

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = languages


class WelfareForm(forms.Form):
    """What is done for somebody who cannot be reached."""

    decided = forms.ChoiceField(
        label="What is done",
        choices=Welfare.choices,
        widget=Radios,
        error_messages={"required": "Choose what is done"},
    )
    reason = forms.CharField(
        label="Why",
        help_text="Silence may be a danger sign. Where the risk is high the police are asked, to protect them.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    refusal: Decision | None = None
