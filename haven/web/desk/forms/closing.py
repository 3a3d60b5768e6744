"""The forms of closing a case and opening it again."""

from __future__ import annotations

from typing import Any

from django import forms

from haven.kernel.decision import Decision
from haven.obligations.choices import LetterBy, Reason, View
from haven.obligations.queries.closing import Proposed
from haven.people.models import Person
from haven.web.components.widgets import Checkboxes, Radios
from haven.web.desk import words
from haven.web.desk.shown import name_of

WORDS = 20_000


class ViewForm(forms.Form):
    """What somebody harmed thinks of closing."""

    view = forms.ChoiceField(
        label="What do they think of closing?",
        choices=View.choices,
        widget=Radios,
        error_messages={"required": "Choose what they think"},
    )
    words = forms.CharField(
        label="In their words",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    refusal: Decision | None = None


class ProposalForm(forms.Form):
    """Why a case may be closed, and the letter about it."""

    reasons = forms.MultipleChoiceField(
        label="Why may it be closed?",
        help_text="That the police do nothing, a denial, a move or silence may stand beside a reason. They are never one.",
        choices=Reason.choices,
        widget=Checkboxes,
        error_messages={"required": "Choose at least one reason"},
    )
    words = forms.CharField(
        label="On what you base that",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    letter_by = forms.ChoiceField(
        label="How do they have it in writing?",
        choices=LetterBy.choices,
        widget=Radios,
        error_messages={"required": "Choose how"},
    )
    letter_language = forms.ChoiceField(label="In which language is the letter")
    letter = forms.CharField(
        label="The letter",
        help_text="What was done, how the case is opened again, how to complain, and the right to a case review.",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    refusal: Decision | None = None

    def __init__(self, *args: Any, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["letter_language"]
        assert isinstance(field, forms.ChoiceField)
        known = dict(words.choices("languages"))
        field.choices = [
            (language, known.get(language, language)),
            *((tag, name) for tag, name in known.items() if tag != language),
        ]

    def said(self) -> Proposed:
        """Return what was proposed."""
        given = self.cleaned_data
        return Proposed(
            reasons=tuple(given["reasons"]),
            words=given["words"],
            letter=given["letter"],
            letter_by=given["letter_by"],
            letter_language=given["letter_language"],
        )


class SendBackForm(forms.Form):
    """Why a proposal is sent back or withdrawn."""

    why = forms.CharField(
        label="What is still missing",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    refusal: Decision | None = None


class ReopenForm(forms.Form):
    """What somebody says now about a closed case."""

    person = forms.ChoiceField(label="Who asks", widget=Radios, error_messages={"required": "Choose who asks"})
    channel = forms.ChoiceField(
        label="How did they tell you",
        choices=[("PHONE", "By telephone"), ("PHONE_OOH", "By telephone, out of hours"), ("IN_PERSON", "In person")],
        widget=Radios,
        error_messages={"required": "Choose how they told you"},
    )
    danger = forms.MultipleChoiceField(
        label="Is anybody in danger now?",
        widget=Checkboxes(exclusive="NONE"),
        error_messages={"required": "Ask about danger first"},
    )
    language = forms.ChoiceField(label="In which language are their words")
    words = forms.CharField(
        label="What they say, in their words",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    refusal: Decision | None = None

    def __init__(self, *args: Any, people: list[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        someone = [(str(each.pk), name_of(each)) for each in people]
        for name, choices in (
            ("person", [*someone, ("", "Somebody who does not say who they are")]),
            ("danger", words.choices("danger")),
            ("language", words.choices("languages")),
        ):
            field = self.fields[name]
            assert isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField))
            field.choices = choices
        self.fields["person"].required = False
