"""The forms of casework: people, how to reach them, what they need, occasions, findings, who has and sees a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff, Team
from haven.cases.actions import OccasionTold
from haven.cases.choices import Part, Perceiver, Restriction, Source
from haven.cases.models import Case
from haven.cases.rules.casework import FINDINGS
from haven.kernel.clock import LONDON
from haven.people import times
from haven.people.actions import NeedsSaid, Ways
from haven.people.choices import Method, Safe
from haven.people.models import Needs, Person, SafeContact
from haven.web.components.widgets import Checkboxes, Radios
from haven.web.desk import words
from haven.web.desk.contact import DETAILS, WAYS
from haven.web.desk.forms.dates import DateOfParts
from haven.web.desk.forms.offering import by_name, offer, offer_rows
from haven.web.desk.forms.triage import may_be_given_to
from haven.web.desk.shown import name_of

WORDS = 20_000
FORMATS = {
    "large_print": "Large print",
    "easy_read": "Easy Read",
    "braille": "Braille",
    "audio": "Audio",
    "bsl": "BSL video",
}


class _Refusable(forms.Form):
    """A form that can be told why an act was refused."""

    refusal = None


class PersonForm(_Refusable):
    """Somebody new in a case, or somebody found before."""

    part = forms.ChoiceField(
        label="Their part in it",
        choices=Part.choices,
        widget=Radios,
        error_messages={"required": "Choose their part"},
    )
    name = forms.CharField(label="Name", required=False, max_length=200)
    also_known_as = forms.CharField(label="Also known as", required=False, max_length=200)
    description = forms.CharField(
        label="Description, where the name is not known",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    telephone = forms.CharField(label="Telephone", required=False, max_length=40)
    email = forms.CharField(label="E-mail", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Ask for a name or a description."""
        given = super().clean() or {}
        if not (given.get("name") or given.get("also_known_as") or given.get("description")):
            self.add_error("name", "Write a name, or describe them")
        return given

    def particulars(self) -> dict[str, str]:
        """Return what was said of the person, without their part."""
        return {name: value for name, value in self.cleaned_data.items() if name != "part"}


class KnownPersonForm(_Refusable):
    """The part of somebody on record."""

    part = forms.ChoiceField(
        label="Their part in it",
        choices=Part.choices,
        widget=Radios,
        error_messages={"required": "Choose their part"},
    )


class SafeContactForm(_Refusable):
    """How to reach somebody without harm; what nobody said is not known, and so is not used."""

    preferred = forms.ChoiceField(label="How they would rather be reached", choices=Method.choices, widget=Radios)

    def __init__(self, *args: Any, contact: SafeContact | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["preferred"].initial = contact.preferred if contact else Method.NONE
        for way, text in WAYS:
            before = getattr(contact, way) if contact else Safe.UNKNOWN
            self.fields[way] = forms.ChoiceField(
                label=text, choices=Safe.choices, widget=Radios, initial=before, required=False
            )
        details = (contact.details if contact else None) or {}
        for name, text in DETAILS:
            self.fields[f"details_{name}"] = forms.CharField(
                label=text, required=False, max_length=2000, initial=details.get(name, "")
            )

        self.fields["details_times"].help_text = f"Like this: {times.EXAMPLE}. Empty means any time."

    def clean_details_times(self) -> str:
        """Ask again where the line of safe times cannot be read."""
        line = str(self.cleaned_data["details_times"])
        try:
            times.read(line)
        except times.NotUnderstood as problem:
            raise forms.ValidationError(str(problem)) from None
        return line

    @property
    def ways(self) -> list[Any]:
        """Return the fields that ask way by way."""
        return [self[way] for way, _text in WAYS]

    @property
    def details(self) -> list[Any]:
        """Return the fields with particulars."""
        return [self[f"details_{name}"] for name, _text in DETAILS]

    def said(self) -> Ways:
        """Return what was answered."""
        given = self.cleaned_data
        return Ways(
            preferred=given["preferred"],
            safe={way: given.get(way) or Safe.UNKNOWN for way, _text in WAYS},
            details={name: given.get(f"details_{name}") or "" for name, _text in DETAILS},
        )


class NeedsForm(_Refusable):
    """What somebody needs so that they can be heard (3.4.3)."""

    spoken = forms.ChoiceField(label="Language they speak", required=False)
    written = forms.ChoiceField(label="Language they read", required=False)
    interpreter = forms.ChoiceField(
        label="Interpreter or signer",
        required=False,
        choices=[("", "Not asked"), ("yes", "Yes"), ("no", "No")],
        widget=Radios,
    )
    formats = forms.MultipleChoiceField(
        label="Formats",
        required=False,
        widget=Checkboxes,
        choices=list(FORMATS.items()),
    )
    interviewer = forms.CharField(
        label="Whom they would rather speak with",
        help_text="In their words, for example a woman.",
        required=False,
        max_length=1000,
    )
    other = forms.CharField(
        label="Anything else", required=False, max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, needs: Needs | None, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("spoken", "written"):
            offer(self, name, [("", "Not known"), *words.choices("languages")])
        if needs is not None:
            kept = {code: words.readable(code) for code in needs.formats}
            offer(self, "formats", {**kept, **FORMATS}.items())
            for name in self.fields:
                self.fields[name].initial = getattr(needs, name)

    def said(self) -> NeedsSaid:
        """Return what was answered."""
        return NeedsSaid(**self.cleaned_data)


class OccasionForm(_Refusable):
    """One occasion, as exactly as it is known."""

    types = forms.MultipleChoiceField(label="What kind of thing", required=False, widget=Checkboxes)
    when_known = forms.ChoiceField(
        label="How exactly is the time known",
        choices=[
            ("exact", "Exactly"),
            ("approximate", "About"),
            ("range", "Several times between two days"),
            ("ongoing", "It goes on"),
            ("unknown", "Not known"),
        ],
        widget=Radios,
        error_messages={"required": "Choose how exactly the time is known"},
    )
    first = DateOfParts(label="Day, or first day", required=False)
    clock = forms.TimeField(
        label="Time of day", required=False, help_text="For example 21:30.", input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": "Write the time as hours and minutes, such as 21:30"},
    )  # fmt: skip
    last = DateOfParts(label="Last day", required=False)
    place = forms.ChoiceField(label="Where", required=False)
    at_home = forms.BooleanField(label="At the home that the case is about", required=False)
    strands = forms.MultipleChoiceField(
        label="Why, as somebody perceives it",
        help_text="No proof is needed. Leave empty where nobody perceives any of these.",
        required=False,
        widget=Checkboxes,
    )
    perceived_by = forms.ChoiceField(
        label="Who perceives it so",
        choices=Perceiver.choices,
        widget=Radios,
        error_messages={"required": "Choose who perceives it so"},
    )
    harmed = forms.MultipleChoiceField(label="Whom it was aimed at", required=False, widget=Checkboxes)
    crime = forms.ChoiceField(
        label="May it be a crime",
        required=False,
        choices=[("", "Not considered"), ("yes", "Yes"), ("no", "No")],
        widget=Radios,
    )
    summary = forms.CharField(
        label="What happened, in your words",
        help_text="Beside the person's own words, which stay as they are.",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, case: Case, harmed: Iterable[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.case = case
        self.people = {str(person.pk): person for person in harmed}
        offer(self, "types", words.choices("incident_types"))
        offer(self, "strands", words.choices("strands"))
        offer(self, "place", [("", "Not known"), *words.choices("place_types")])
        offer(self, "harmed", [(pk, name_of(person)) for pk, person in self.people.items()])
        self.fields["harmed"].initial = list(self.people)
        self.fields["perceived_by"].initial = Perceiver.VICTIM
        if case.home is None:
            del self.fields["at_home"]
        if not self.people:
            del self.fields["harmed"]

    def said(self) -> OccasionTold:
        """Return what was answered."""
        given = self.cleaned_data
        first, last = given.get("first"), given.get("last")
        return OccasionTold(
            types=given["types"],
            happened_from=_moment(first, given.get("clock")),
            happened_to=_moment(last, None),
            when_known=given["when_known"],
            place=given.get("place") or "",
            home=self.case.home if given.get("at_home") else None,
            may_be_crime={"yes": True, "no": False}.get(given.get("crime") or ""),
            summary=given.get("summary") or "",
            strands=given["strands"],
            perceived_by=given["perceived_by"],
            harmed=[self.people[pk] for pk in given.get("harmed") or []],
        )


class FindingForm(_Refusable):
    """One of four findings; it stands beside the others and changes none of them."""

    source = forms.ChoiceField(
        label="Whose finding is it", choices=Source.choices, error_messages={"required": "Choose whose finding it is"}
    )
    grounds = forms.CharField(
        label="What it rests on",
        help_text="Our own finding needs its grounds. For the police or a court: their reference and date.",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for source, values in FINDINGS.items():
            self.fields[f"value_{source}"] = forms.ChoiceField(
                label="What they say", choices=values, widget=Radios, required=False
            )
        self.fields["source"].widget = Radios(
            choices=Source.choices, reveals={source: [f"value_{source}"] for source in FINDINGS}
        )

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen source says."""
        given = super().clean() or {}
        source = given.get("source")
        if source:
            given["value"] = given.get(f"value_{source}") or ""
            if not given["value"]:
                self.add_error(f"value_{source}", "Choose what they say")
        return given


class AssignForm(_Refusable):
    """Who works on a case and who stands in."""

    caseworker = forms.ModelChoiceField(
        label="Caseworker", queryset=Staff.objects.none(), required=False, empty_label="Nobody yet"
    )
    stand_in = forms.ModelChoiceField(
        label="Stand-in", queryset=Staff.objects.none(), required=False, empty_label="Nobody"
    )
    team = forms.ModelChoiceField(
        label="Move it to another team",
        queryset=Team.objects.none(),
        required=False,
        empty_label="Leave it where it is",
    )

    def __init__(self, *args: Any, viewer: Staff, case: Case, **more: Any) -> None:
        super().__init__(*args, **more)
        now = [case.caseworker_id or 0, case.stand_in_id or 0]
        allowed = may_be_given_to(viewer) | Staff.objects.filter(pk__in=now)
        for name in ("caseworker", "stand_in"):
            offer_rows(self, name, allowed, by_name, initial=getattr(case, f"{name}_id"))
        offer_rows(self, "team", Team.objects.exclude(pk=case.team_id).order_by("name"), by_name)


class RestrictForm(_Refusable):
    """Who may see a case."""

    restriction = forms.ChoiceField(label="Who may see this case", choices=Restriction.choices, widget=Radios)


class LetInForm(_Refusable):
    """Somebody who is let into a case by name."""

    staff = forms.ModelChoiceField(
        label="Let somebody in by name",
        queryset=Staff.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose whom to let in"},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        here = Staff.objects.filter(is_active=True, roles__overlap=sorted(CASE_ROLES)).order_by("name", "pk")
        offer_rows(self, "staff", here, by_name)


def _moment(day: date | None, clock: time | None) -> datetime | None:
    return datetime.combine(day, clock or time(), tzinfo=LONDON) if day else None
