"""The forms by which a step is proposed and each condition of its gate is met."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms

from haven.cases.access import files
from haven.cases.models import Incident
from haven.evidence.models import Item
from haven.interventions.actions import Asked, Reasons
from haven.interventions.choices import Evidence, Hearing, Help, Method, View
from haven.interventions.models import Intervention
from haven.interventions.rules.recording import QUESTIONS
from haven.kernel.clock import LONDON, local
from haven.kernel.decision import Decision
from haven.policy.pack import pack
from haven.web.components.widgets import Checkboxes, Radios
from haven.web.desk import words
from haven.web.desk.forms.dates import DateOfParts
from haven.web.desk.forms.offering import offer
from haven.web.desk.shown import name_of

LONGEST = 20_000
CLOCK = "Write the time as hours and minutes, such as 14:05"


def long(label: str, hint: str = "", *, rows: int = 4, required: bool = True, missing: str = "") -> forms.CharField:
    """Return a field for words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or "Write a sentence; that nothing is known is an answer"},
    )


def pick(label: str, choices: Any, missing: str, hint: str = "") -> forms.ChoiceField:
    """Return a choice of one."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=choices, widget=Radios, error_messages={"required": missing}
    )


class StepForm(forms.Form):
    """A form about a step; what is pressed twice is recorded once."""

    refusal: Decision | None = None
    press = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, step: Intervention | None = None, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.step, self.now = step, now
        self.fields["press"].initial = uuid4()
        for name in ("day", "clock"):
            if name in self.fields:
                self.fields[name].initial = local(now).date() if name == "day" else f"{local(now):%H:%M}"

    def moment(self) -> datetime | None:
        """Return the day and time that were given; the minute that runs now is this very moment."""
        day: date | None = self.cleaned_data.get("day")
        at: time | None = self.cleaned_data.get("clock")
        if day is None or at is None:
            return None
        found = datetime.combine(day, at, tzinfo=LONDON)
        return self.now if found == self.now.replace(second=0, microsecond=0) else found

    def said(self) -> dict[str, Any]:
        """Return what was answered, as the act takes it."""
        return dict(self.cleaned_data)


class WhenForm(StepForm):
    """A form that asks when."""

    day = DateOfParts(label="Day")
    clock = forms.TimeField(
        label="Time", help_text="For example 14:05.", input_formats=["%H:%M", "%H.%M"],
        error_messages={"required": CLOCK, "invalid": CLOCK},
    )  # fmt: skip

    def clean_day(self) -> date | None:
        """Ask for the day."""
        found: date | None = self.cleaned_data["day"]
        if found is None and self.fields["clock"].required:
            raise forms.ValidationError("Write the day")
        return found

    def press_and(self, **said: Any) -> dict[str, Any]:
        """Return these answers with the press that they came by."""
        return {"press": self.cleaned_data["press"], **said}


class ProposeForm(StepForm):
    """A step, about whom, and what it is to achieve."""

    field_order = ["tool", "subject", "purpose", "asked_for_by", "asked_words"]
    tool = pick("Which step", (), "Choose a step", "None has to come first: a serious first report may call for the last.")
    subject = pick("About whose conduct", (), "Choose whom it is about")
    purpose = long(
        "What it is to achieve, and why this step", "For whoever approves it. It is not sent to anybody.",
        missing="Write what this step is to achieve",
    )  # fmt: skip
    asked_for_by = forms.ChoiceField(
        label="Did a person harmed ask for it of their own accord", required=False, widget=Radios
    )
    asked_words = long("How they asked for it, in their words", required=False, rows=2)

    def __init__(self, *args: Any, people: list[files.InCase], **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {str(each.person.pk): each.person for each in people}
        offer(self, "tool", [(code, tool.label) for code, tool in pack().tools.items()])
        asked = self.fields["tool"].widget
        if isinstance(asked, Radios):
            asked.hints = {code: tool.note for code, tool in pack().tools.items() if tool.note}
        offer(self, "subject", _named(people, "responsible"))
        offer(self, "asked_for_by", [("no", "No"), *_named(people, "harmed")])

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        given = self.cleaned_data
        return {
            "tool": given["tool"],
            "subject": self.people[given["subject"]],
            "purpose": given["purpose"],
            "asked_for_by": self.people.get(given["asked_for_by"]),
            "asked_words": given["asked_words"],
        }


def _named(people: list[files.InCase], part: str) -> list[tuple[str, str]]:
    found = [each.person for each in people if any(one.part == part for one in each.parts)]
    return [(str(person.pk), name_of(person)) for person in found]


class ConsultForm(WhenForm):
    """What one person harmed wishes and fears about this step."""

    field_order = ["view", "wishes", "fears", "weighed", "how", "day", "clock"]
    view = pick("What they think of this step", View.choices, "Choose what they think of it")
    wishes = long("Their wishes, in their words", missing="Write what they wish")
    fears = long("What they fear may come of it", "That they fear nothing is an answer.", missing="Write what they fear")
    weighed = long(
        "How their wishes were weighed", "What you do because of them, or why not.", missing="Write how they were weighed"
    )
    how = pick("How they were asked", Method.choices, "Choose how they were asked")

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        given = {name: self.cleaned_data[name] for name in ("how", "view", "wishes", "fears", "weighed")}
        return self.press_and(asked=Asked(asked_at=self.moment() or self.now, **given))


class AgainstForm(WhenForm):
    """Why a manager goes against somebody's wishes."""

    field_order = ["reason", "safety_plan", "in_place", "day", "clock"]
    reason = long("Why the step is taken although they do not want it")
    safety_plan = long("What keeps them safe")
    in_place = long("What of that is in place already")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].label = "When they were told that their wishes are not followed"

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        given = {name: self.cleaned_data[name] for name in ("reason", "safety_plan", "in_place")}
        return self.press_and(reasons=Reasons(told_at=self.moment() or self.now, **given))


class RiskForm(WhenForm):
    """What the step may do, and what keeps them safe."""

    field_order = ["may_do", "measures", "day", "clock"]
    may_do = long("What this step may do to the people harmed and to witnesses", "Revenge, blame, fear, what others say.")
    measures = long("What keeps them safe")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].label = "Since when all of it is in place"
        self.fields["day"].help_text = "Leave empty while it is not. Nothing is carried out before it is."
        self.fields["day"].required = self.fields["clock"].required = False
        self.fields["day"].initial = self.fields["clock"].initial = None

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        given = self.cleaned_data
        return self.press_and(may_do=given["may_do"], measures=given["measures"], in_place_at=self.moment())


class EvidenceForm(StepForm):
    """What the step rests on, and why it is enough."""

    kinds = forms.MultipleChoiceField(
        label="What it rests on", choices=Evidence.choices, widget=Checkboxes,
        help_text="That somebody believes in a reason is enough to record it, and not enough to act on by itself.",
        error_messages={"required": "Choose at least one kind"},
    )  # fmt: skip
    why = long("Why it is enough for this step")
    occasions = forms.MultipleChoiceField(label="Which occasions it shows", required=False, widget=Checkboxes)
    papers = forms.MultipleChoiceField(label="Which files", required=False, widget=Checkboxes)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        case = self.step.case if self.step else None
        self.happened = {str(each.pk): each for each in files.occasions_of(case)} if case else {}
        self.items: dict[str, Item] = {str(each.item_id): each.item for each in files.papers_of(case)} if case else {}
        happened = {pk: f"{words.happened(each)}: {_types(each)}" for pk, each in self.happened.items()}
        items = {pk: f"{one.get_kind_display()}, {words.when(one.received_at, self.now)}" for pk, one in self.items.items()}
        for name, offered in (("occasions", happened), ("papers", items)):
            if offered:
                offer(self, name, offered.items())
            else:
                del self.fields[name]

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        given = self.cleaned_data
        return {
            "kinds": given["kinds"],
            "why": given["why"],
            "occasions": [self.happened[pk] for pk in given.get("occasions", ())],
            "files": [self.items[pk] for pk in given.get("papers", ())],
            "press": given["press"],
        }


def _types(occasion: Incident) -> str:
    return words.labels("incident_types", occasion.types) or "kind not known"


class ProportionateForm(StepForm):
    """Equality and proportionality, question by question."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, label in QUESTIONS.items():
            self.fields[name] = long(label, rows=2)
        self.fields["is_proportionate"] = pick(
            "Is this step fair, and no more than is needed", [("yes", "Yes"), ("no", "No")], "Choose yes or no"
        )

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        given = self.cleaned_data
        answers = {name: given[name] for name in QUESTIONS}
        return {"said": answers, "is_proportionate": given["is_proportionate"] == "yes", "press": given["press"]}


class HearingForm(StepForm):
    """Whether the person responsible was heard."""

    result = pick("Were they heard", Hearing.choices, "Choose whether they were heard")
    words = long("What they said, or why they were not heard")


class SupportForm(StepForm):
    """Help to change."""

    is_offered = pick("Was help offered", [("yes", "Yes"), ("no", "No")], "Choose yes or no")
    kinds = forms.MultipleChoiceField(label="Which help", choices=Help.choices, required=False, widget=Checkboxes)
    words = long("What was offered and how, or why nothing was")

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        return {**self.cleaned_data, "is_offered": self.cleaned_data["is_offered"] == "yes"}


class ToldForm(WhenForm):
    """That a person harmed knows before it happens, or why telling them was not safe."""

    field_order = ["is_told", "words", "day", "clock"]
    is_told = pick("Were they told", [("yes", "Yes"), ("no", "No: it would not be safe")], "Choose whether they were told")
    words = long("How, and what they know; or why it would not be safe")

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        told = self.cleaned_data["is_told"] == "yes"
        return self.press_and(words=self.cleaned_data["words"], told_at=(self.moment() or self.now) if told else None)
