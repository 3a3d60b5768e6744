"""Forms about a step: the agreement that it rests on, mediation, carrying it out, what came of it, and deciding."""

from __future__ import annotations

from typing import Any

from django import forms

from haven.accounts.models import Staff
from haven.cases.access import files
from haven.homes.models import Tenancy
from haven.interventions.choices import Danger, Ending, Link, Result, Served
from haven.interventions.models import Intervention
from haven.interventions.queries import tool_facts
from haven.people.models import Occupancy, Person
from haven.web.components.widgets import Checkboxes
from haven.web.desk.forms.behaviour import StepForm, WhenForm, long, pick
from haven.web.desk.forms.offering import by_name, offer, offer_rows


class TenureForm(StepForm):
    """The tenancy that the step rests on, and how the person responsible belongs to it."""

    tenancy = pick("Which tenancy", (), "Choose a tenancy", "By the register. Its holders answer for household and visitors.")
    link = pick("How they belong to it", Link.choices, "Choose how they belong to it")
    words = long("How we know that they visit this household", "For visitors only.", rows=2, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.tenancies = {str(each.pk): each for each in tenancies_for(self.step)} if self.step else {}
        offer(self, "tenancy", [(pk, _tenancy(each)) for pk, each in self.tenancies.items()])

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        return {**self.cleaned_data, "tenancy": self.tenancies[self.cleaned_data["tenancy"]]}


def tenancies_for(step: Intervention) -> list[Tenancy]:
    """Return the running tenancies that a step could rest on: where the person lives, and at the homes of the case."""
    lives = Occupancy.objects.filter(person__in=_records_of(step.subject), to_on=None).values("tenancy")
    rows = Tenancy.objects.filter(pk__in=lives, ends_on=None) | Tenancy.objects.filter(
        property__in=_homes_of(step), ends_on=None
    )
    return list(rows.select_related("property", "agreement").distinct().order_by("pk"))


def _homes_of(step: Intervention) -> list[int]:
    found = {each.home_id for each in files.occasions_of(step.case)} | {step.case.home_id}
    return [pk for pk in found if pk is not None]


def _records_of(person: Person) -> list[int]:
    same = Person.objects.filter(same_as=person.one_person).values_list("pk", flat=True)
    return [person.pk, person.one_person, *same]


def _tenancy(tenancy: Tenancy) -> str:
    return f"{tenancy.property.one_line}: {tenancy.agreement.title} ({tenancy.agreement.code})"


class ScreenForm(StepForm):
    """Whether mediation would harm somebody."""

    dangers = forms.MultipleChoiceField(
        label="What was found", choices=Danger.choices, required=False, widget=Checkboxes,
        help_text="Leave empty where none of these is so. With any of them it does not go on.",
    )  # fmt: skip
    is_trained_in_hate = forms.BooleanField(label="Whoever leads it is trained in hate", required=False)
    is_shuttle = forms.BooleanField(label="The mediator goes between them; they do not meet", required=False)
    words = long("What it rests on")


class ConsentForm(StepForm):
    """Whether somebody takes part freely."""

    agrees = pick(
        "Do they want to take part", [("yes", "Yes, freely"), ("no", "No")], "Choose yes or no",
        "A no is held against nobody.",
    )  # fmt: skip
    words = long("What they said", required=False, rows=2)

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        return {**self.cleaned_data, "agrees": self.cleaned_data["agrees"] == "yes"}


class ServiceForm(WhenForm):
    """How and when a step was carried out."""

    field_order = ["how", "served_by", "day", "clock"]
    how = pick("How it was done", Served.choices, "Choose how it was done")
    served_by = forms.ModelChoiceField(
        label="Who did it", queryset=Staff.objects.none(), required=False, empty_label="I did"
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        voluntary = self.step is not None and tool_facts(self.step).is_voluntary
        offer(self, "how", [each for each in Served.choices if (each[0] == Served.BEGUN) == voluntary])
        team = self.step.case.team_id if self.step else None
        offer_rows(self, "served_by", Staff.objects.filter(team=team, is_active=True).order_by("name"), by_name)

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        given = self.cleaned_data
        return {"how": given["how"], "served_by": given["served_by"], "served_at": self.moment() or self.now}


class OutcomeForm(StepForm):
    """What came of it."""

    kind = pick("What came of it", Result.choices, "Choose what came of it")
    words = long("What happened")


class EndForm(StepForm):
    """How a step ended."""

    ended_as = pick("How it ended", Ending.choices, "Choose how it ended")

    def said(self) -> dict[str, Any]:
        """Return what was answered."""
        return {"ended_as": self.cleaned_data["ended_as"]}


class SendBackForm(StepForm):
    """What must be mended."""

    reason = long("What must be mended", missing="Write what must be mended")


class ClearForm(StepForm):
    """Why something that the shield found can stay."""

    reason = forms.CharField(label="Why it can stay", max_length=2000, error_messages={"required": "Write why it can stay"})
