"""The forms about risk: the questions group by group, a judgement, and a look at the person responsible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from haven.people.models import Person
from haven.policy.pack.tables_risk import RiskQuestion
from haven.risk.actions import Answered, AssessmentTold
from haven.risk.choices import BANDS, Answerer, Factor, NonAnswer, Said
from haven.risk.models import Answer, SubjectLook
from haven.risk.rules import Scheme
from haven.web.components.widgets import Checkboxes, Radios
from haven.web.desk.forms.offering import offer

WORDS = 4_000
CIRCUMSTANCES, SIGNING = "CIRCUMSTANCES", "SIGNING"
"""The steps that follow the groups of questions."""


class AssessmentForm(forms.Form):
    """Every question of the set; one group is shown at a time, and the others are carried along unseen."""

    refusal = None
    answered_by = forms.ChoiceField(
        label="Who is answering",
        help_text="It can be said otherwise at single questions.",
        choices=Answerer.choices,
        initial=Answerer.PERSON,
        required=False,
    )
    circumstances = forms.MultipleChoiceField(
        label="Does any of these hold?",
        help_text="What is on record already counts without a tick.",
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args: Any, scheme: Scheme, before: Mapping[str, Answer], **more: Any) -> None:
        super().__init__(*args, **more)
        self.scheme, self.before = scheme, before
        self.steps = [*scheme.groups, CIRCUMSTANCES, SIGNING]
        offer(self, "circumstances", [(code, each.label) for code, each in scheme.circumstances.items()])
        for question in scheme.questions.values():
            self._ask(question)

    def _ask(self, question: RiskQuestion) -> None:
        """Add the fields of one question: the answer, who gave it, a note."""
        options = [(option.code, option.label) for option in question.options]
        self.fields[question.id] = forms.ChoiceField(
            label=question.label,
            help_text=question.hint,
            choices=[*options, *NonAnswer.choices],
            required=False,
            widget=Radios(divider_before=NonAnswer.DONT_KNOW),
        )
        self.fields[f"{question.id}_by"] = forms.ChoiceField(
            label="Who answered this", choices=[("", "The same as the others"), *Answerer.choices], required=False
        )
        self.fields[f"{question.id}_note"] = forms.CharField(
            label="Note", required=False, max_length=WORDS, widget=forms.Textarea(attrs={"rows": 2})
        )

    def names_in(self, step: str) -> list[str]:
        """Return the names of the fields that a step shows."""
        if step == CIRCUMSTANCES:
            return ["circumstances"]
        asked = [f"{each.id}{part}" for each in self.scheme.asked_in(step) for part in ("", "_by", "_note")]
        return ["answered_by", *asked] if step == self.steps[0] else asked

    def carried(self, step: str) -> list[tuple[str, str]]:
        """Return what was answered in the other steps, to be sent along."""
        sent = self.data
        if not isinstance(sent, QueryDict):
            return []
        hidden = [name for name in self.fields if name not in set(self.names_in(step))]
        return [(name, str(value)) for name in hidden for value in sent.getlist(name) if value]

    def first_wrong(self) -> str | None:
        """Return the first step in which something is wrong."""
        return next((step for step in self.steps if set(self.names_in(step)) & set(self.errors)), None)

    def told(self, about: str, person: Person | None) -> AssessmentTold:
        """Return what was answered, about a person or a household."""
        given = self.cleaned_data
        default = given.get("answered_by") or Answerer.PERSON
        answers = {
            pk: Answered(
                value=given[pk] or NonAnswer.NOT_ASKED,
                answered_by=given[f"{pk}_by"] or default,
                note=given[f"{pk}_note"],
            )
            for pk in self.scheme.questions
        }
        return AssessmentTold(
            about=about, person=person, answers=answers, circumstances=tuple(given["circumstances"])
        )


class JudgementForm(forms.Form):
    """Another band, and what it rests on."""

    refusal = None
    band = forms.ChoiceField(
        label="Band",
        choices=BANDS[::-1],
        widget=Radios,
        error_messages={"required": "Choose a band"},
    )
    reasons = forms.CharField(
        label="Reasons",
        help_text="Needed to lower it. Whoever reads the case reads them.",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LookForm(forms.Form):
    """What is known of the life of the person responsible (alleged)."""

    refusal = None

    def __init__(self, *args: Any, before: SubjectLook | None, **more: Any) -> None:
        super().__init__(*args, **more)
        said = before.said if before else {}
        for factor in Factor:
            last = said.get(factor.value)
            self.fields[factor.value] = forms.ChoiceField(
                label=factor.label,
                help_text=f"Last time: {Said(last).label.lower()}" if last else "",
                choices=Said.choices,
                required=False,
                widget=Radios,
            )
        self.fields["remarks"] = forms.CharField(
            label="What it rests on, and what help was offered",
            required=False,
            max_length=WORDS,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    @property
    def factors(self) -> list[Any]:
        """Return the fields that ask factor by factor."""
        return [self[factor.value] for factor in Factor]

    def said(self) -> dict[str, str]:
        """Return what was answered; what was not is not known."""
        return {factor.value: self.cleaned_data[factor.value] or Said.NOT_KNOWN.value for factor in Factor}
