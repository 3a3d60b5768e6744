"""The forms about a plan: its steps, agreeing it, what became of a step, what developed, and a manager's look."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from haven.kernel.clock import LONDON, local
from haven.kernel.decision import Decision
from haven.people.models import Needs
from haven.policy.bands import Band
from haven.policy.pack import pack
from haven.support.choices import Answers, CopyFormat, CopyWay, Development, Doer, Ended, Kind, Through, Told
from haven.support.models import PlanItem
from haven.support.rules import Agreeing, Copy, ItemSaid
from haven.web.components.widgets import Checkboxes, Radios
from haven.web.desk import words
from haven.web.desk.forms.dates import DateOfParts
from haven.web.desk.forms.offering import offer

WORDS = 4_000
HOUR = "Write the time as hours and minutes, such as 14:05"


class _Refusable(forms.Form):
    """A form that can be told why an act was refused."""

    refusal: Decision | None = None


class _Timed(_Refusable):
    """A form that asks for a day and a time of day; now, unless something else is written."""

    day = DateOfParts(label="Day")
    clock = forms.TimeField(
        label="Time",
        help_text="For example 14:05.",
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"required": HOUR, "invalid": HOUR},
    )

    def __init__(self, *args: Any, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].initial = local(now).date()
        self.fields["clock"].initial = f"{local(now):%H:%M}"

    def clean_day(self) -> date:
        """Ask for the day."""
        found: date | None = self.cleaned_data["day"]
        if found is None:
            raise forms.ValidationError("Write the day")
        return found

    def moment(self) -> datetime:
        """Return the day and the time as one moment."""
        at: time = self.cleaned_data["clock"]
        return datetime.combine(self.cleaned_data["day"], at, tzinfo=LONDON)


class OfferedForm(_Refusable):
    """Steps in the landlord's words, those that suit the danger and the needs first."""

    codes = forms.MultipleChoiceField(
        label="Steps to begin with",
        help_text="Write each anew for this person afterwards. Steps with a star suit what is known of the danger and the needs.",
        widget=Checkboxes,
        error_messages={"required": "Choose at least one step"},
    )

    def __init__(self, *args: Any, band: Band | None, needs: frozenset[str], **more: Any) -> None:
        super().__init__(*args, **more)
        steps = sorted(pack().plan_items.values(), key=lambda step: not step.suits(band, needs))
        said = [(step.code, f"{step.label}{' ★' if step.suits(band, needs) else ''}") for step in steps]
        offer(self, "codes", said)


class ItemForm(_Refusable):
    """One step: what, who, by when, and what of theirs it answers."""

    words = forms.CharField(
        label="What will be done",
        help_text="The person reads these words on paper and on their page, where others may see them: plain, and nobody named.",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what will be done"},
    )
    kind = forms.ChoiceField(label="What is it about", choices=Kind.choices)
    doer = forms.ChoiceField(
        label="Who does it", choices=Doer.choices, widget=Radios, error_messages={"required": "Choose who does it"}
    )
    due_on = DateOfParts(
        label="By which day", required=False, help_text="What we do is promised for that day. Others may be left without."
    )
    answers = forms.ChoiceField(
        label="What of theirs does it answer",
        help_text="At least one step of a plan has to say so.",
        choices=[*Answers.choices, ("", "Nothing that they named")],
        required=False,
        widget=Radios,
    )
    why = forms.CharField(
        label="Which one, in their words",
        help_text="For us. It stands neither on the copy nor on their page.",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, item: PlanItem | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if item is not None:
            for name in self.fields:
                self.fields[name].initial = getattr(item, name)

    def said(self) -> ItemSaid:
        """Return what was written."""
        given = self.cleaned_data
        return ItemSaid(
            words=given["words"],
            kind=given["kind"],
            doer=given["doer"],
            due_on=given["due_on"],
            answers=given["answers"],
            why=given["why"],
        )


class AgreeForm(_Timed):
    """How they agreed, and the copy that they were given."""

    told = forms.ChoiceField(
        label="How was it talked through",
        choices=Told.choices,
        widget=Radios,
        error_messages={"required": "Choose how it was talked through"},
    )
    language = forms.ChoiceField(label="In which language")
    through = forms.ChoiceField(
        label="How did you understand each other",
        choices=Through.choices,
        widget=Radios,
        error_messages={"required": "Choose how you understood each other"},
    )
    copy_way = forms.ChoiceField(
        label="How did they get their copy",
        choices=CopyWay.choices,
        widget=Radios,
        error_messages={"required": "Choose how they got their copy"},
    )
    copy_format = forms.ChoiceField(label="Format of the copy", choices=CopyFormat.choices)
    copy_language = forms.ChoiceField(label="Language of the copy")
    copy_wish = forms.CharField(
        label="If they want the copy otherwise than they need it, or none: why, in their words",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, needs: Needs | None, **more: Any) -> None:
        super().__init__(*args, **more)
        tongues = words.choices("languages")
        offer(self, "language", tongues)
        offer(self, "copy_language", tongues)
        self.fields["language"].initial = (needs.spoken if needs else "") or "en"
        self.fields["copy_language"].initial = (needs.written or needs.spoken if needs else "") or "en"

    def agreeing(self) -> Agreeing:
        """Return what was written."""
        given = self.cleaned_data
        copy = Copy(
            language=given["copy_language"],
            format=given["copy_format"],
            way=given["copy_way"],
            wish=given["copy_wish"],
        )
        return Agreeing(
            agreed_at=self.moment(), told=given["told"], language=given["language"], through=given["through"], copy=copy
        )


class OutcomeForm(_Refusable):
    """What became of a step."""

    outcome = forms.ChoiceField(
        label="What became of it",
        choices=Ended.choices,
        widget=Radios(reveals={Ended.DONE.value: ["done_on"]}),
        error_messages={"required": "Choose what became of it"},
    )
    done_on = DateOfParts(label="On which day", required=False)
    reason = forms.CharField(
        label="Reason",
        help_text="Needed unless it was done. Where they no longer want it, theirs.",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["done_on"].initial = local(now).date()


class DevelopmentForm(_Timed):
    """Something that happened, and when we learnt of it."""

    kind = forms.ChoiceField(
        label="What happened",
        choices=Development.choices,
        widget=Radios,
        error_messages={"required": "Choose what happened"},
    )
    words = forms.CharField(
        label="What exactly, and who told us",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("kind", "words", "day", "clock")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].label = "Day on which we learnt of it"


class ReviewForm(_Refusable):
    """A manager's look at a case."""

    looked_at = forms.CharField(
        label="What you looked at",
        help_text="For example the risk, the plan and its promises, when they last heard from us, and what waits for others.",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what you looked at"},
    )
    decided = forms.CharField(
        label="What you decided",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what you decided"},
    )
