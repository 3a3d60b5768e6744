"""What a question and a page of questions are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Words = str | Promise
Answers = Mapping[str, Any]
ShownWhen = Callable[[Answers], bool]


class Kind(StrEnum):
    """In which shape a question is asked."""

    ONE = "one"
    MANY = "many"
    LINE = "line"
    WORDS = "words"
    DATE = "date"
    LIST = "list"
    HOME = "home"
    FILES = "files"


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One answer that is offered; an exclusive one stands alone among several."""

    code: str
    label: str
    hint: str = ""
    group: str = ""
    is_exclusive: bool = False


def always(answers: Answers) -> bool:
    """Show a question whatever was answered before."""
    return True


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question: its words, why it is asked, what may be answered and when it is shown.

    `short` is its name on the check page and the desk. `unknown` and `declined` offer the two answers that say why
    there is none. `required` is the message when a compulsory answer is missing; empty for all others.
    """

    code: str
    kind: Kind
    label: Words
    short: Words = ""
    hint: Words = ""
    choices: Callable[[str], tuple[Choice, ...]] | None = None
    unknown: bool = False
    declined: bool = False
    required: Words = ""
    longest: int = 500
    rows: int = 4
    shown_when: ShownWhen = always
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> Words:
        """Return what the check page and the desk call it."""
        return self.short or self.label

    def offered(self, language: str) -> tuple[Choice, ...]:
        """Return the answers that are offered in this language; none for a question in words."""
        return self.choices(language) if self.choices else ()


@dataclass(frozen=True, kw_only=True)
class Page:
    """Questions that are asked together, and why; a page without questions only tells."""

    number: int
    code: str
    heading: Words
    questions: tuple[Question, ...] = ()
    why: Words = ""
    section: Words = ""
    shown_when: ShownWhen = always

    def asked(self, answers: Answers) -> tuple[Question, ...]:
        """Return the questions of this page that are asked, given what was answered."""
        return tuple(one for one in self.questions if one.shown_when(answers))
