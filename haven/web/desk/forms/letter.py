"""The forms of a letter: its parts in English, and the translated text that is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from haven.homes.models import AgreementClause
from haven.interventions.actions import Draft
from haven.interventions.letters.content import CLAUSES, HEADINGS, Content
from haven.interventions.models import Letter
from haven.policy.pack import pack
from haven.web.components.widgets import Checkboxes
from haven.web.desk.forms.behaviour import StepForm, long
from haven.web.desk.forms.offering import offer

HINTS = {
    "opening": "Why you write, without saying that somebody told.",
    "conduct": "What they did. Nobody's name, door, day, hour, or words by which somebody would be known.",
    "change": "What they, their household and their visitors must do or stop doing.",
    "consequences": "What may follow. Only what the agreement and the law allow.",
    "support": "Help that they can have.",
    "reply": "How they can tell you their side, and by when.",
}


def beginnings() -> dict[str, str]:
    """Return what the parts of a new letter begin with."""
    days = pack().gate.reply_days
    return {
        "opening": "We are writing because of how you, or people in your household or who visit you, have behaved towards "
        "other people.",
        "consequences": "If this goes on, we may take further steps. These can include an application to the court for an "
        "injunction, or to end your right to live in your home.",
        "support": "If something in your life makes this hard for you, please tell us. We can help you to find support.",
        "reply": f"You can tell us your side. Please write, telephone or ask us to meet you within {days} days. "
        "Please do not try to find out who may have spoken with us.",
    }


class LetterForm(StepForm):
    """The parts of a letter in English, and the clauses that it quotes."""

    def __init__(
        self, *args: Any, clauses: Sequence[AgreementClause], before: Letter | None, reads_other: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.clauses = {str(each.pk): each for each in clauses}
        kept = Content.from_json(before.content) if before else None
        for part, heading in HEADINGS.items():
            self.fields[part] = long(heading, HINTS[part], missing=f"Write something under “{heading}”")
            self.fields[part].initial = kept.english.parts.get(part, "") if kept else beginnings().get(part, "")
            if part == "conduct":
                self._ask_for_clauses(before)
        if reads_other:
            self.fields["agreed_language"] = long(
                "If they agreed to a letter in English: how and when", "Otherwise put in the translated text afterwards.",
                rows=2, required=False,
            )  # fmt: skip
            self.fields["agreed_language"].initial = before.agreed_language if before else ""

    def _ask_for_clauses(self, before: Letter | None) -> None:
        self.fields["clauses"] = forms.MultipleChoiceField(
            label=CLAUSES, widget=Checkboxes, error_messages={"required": "Choose the clauses that were broken"},
            help_text="From the version of the agreement that this household has. They are quoted word for word.",
        )  # fmt: skip
        offer(self, "clauses", [(pk, f"{each.number} {each.heading}: {each.words}") for pk, each in self.clauses.items()])
        self.fields["clauses"].initial = [str(each.pk) for each in before.clauses.all()] if before else []

    def said(self) -> dict[str, Any]:
        """Return what was written."""
        given = self.cleaned_data
        draft = Draft(
            parts={part: given[part] for part in HEADINGS},
            clauses=[clause for pk, clause in self.clauses.items() if pk in given["clauses"]],
            agreed_language=given.get("agreed_language", ""),
        )
        return {"draft": draft, "press": given["press"]}


class TranslationForm(StepForm):
    """The translated text of a letter, part by part beside the English."""

    language = forms.ChoiceField(label="Language", error_messages={"required": "Choose the language"})

    def __init__(self, *args: Any, letter: Letter, reads: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.letter, self.content = letter, Content.from_json(letter.content)
        self.quoted = list(letter.clauses.order_by("number", "pk"))
        kept = self.content.translated
        offer(self, "language", [(tag, each.name) for tag, each in pack().languages.items() if tag != "en" and not each.signed])
        self.fields["language"].initial = kept.language if kept else reads
        for part, heading in HEADINGS.items():
            self._ask(f"{part}_heading", f"{heading}: heading", kept.headings.get(part, "") if kept else "", heading, 1)
            self._ask(part, heading, kept.parts.get(part, "") if kept else "", self.content.english.parts.get(part, ""), 5)
        self._ask("clauses_heading", f"{CLAUSES}: heading", kept.clauses_heading if kept else "", CLAUSES, 1)
        done = {each.number: each for each in kept.clauses} if kept else {}
        for place, each in enumerate(self.quoted):
            before, name = done.get(each.number), f"Clause {each.number}"
            self._ask(f"clause_{place}_heading", f"{name}: heading", before.heading if before else "", each.heading, 1)
            self._ask(f"clause_{place}", name, before.words if before else "", each.words, 4)

    def _ask(self, name: str, label: str, initial: str, english: str, rows: int) -> None:
        self.fields[name] = long(label, f"In English: {english}", rows=rows, missing=f"Put in the translation: {label}")
        self.fields[name].initial = initial

    def said(self) -> dict[str, Any]:
        """Return what was translated, with the English that it belongs to."""
        given = self.cleaned_data
        numbers = range(len(self.quoted))
        draft = Draft(
            parts=dict(self.content.english.parts),
            clauses=self.quoted,
            language=given["language"],
            translated={part: given[part] for part in HEADINGS},
            translated_headings={part: given[f"{part}_heading"] for part in HEADINGS},
            translated_clauses=[(given[f"clause_{number}_heading"], given[f"clause_{number}"]) for number in numbers],
            translated_clauses_heading=given["clauses_heading"],
        )
        return {"draft": draft, "press": given["press"]}
