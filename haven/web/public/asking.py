"""Questions as they stand on the page, with what was answered and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from haven.kernel import clock
from haven.reports.answers import is_non_answer
from haven.reports.questions import Choice, Kind, Page, Question
from haven.reports.questions.offered import DECLINED, UNKNOWN
from haven.reports.questions.reading import NOT_LISTED, wrong_parts
from haven.web.components.rendering import component

_PARTS = ("day", "month", "year")
_RADIO_SHAPES = {Kind.ONE: "radios", Kind.MANY: "checkboxes"}


@dataclass(frozen=True, slots=True)
class State:
    """What a page shows in its questions: stored answers, or what was just sent, with its errors."""

    language: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    sent: Mapping[str, list[str]] | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    homes: tuple[tuple[int, str], ...] = ()

    def texts(self, question: Question) -> list[str]:
        """Return the values of a question's controls."""
        if self.sent is not None:
            return list(self.sent.get(question.code) or [])
        answer = self.answers.get(question.code)
        if answer is not None and is_non_answer(answer):
            return [answer["non_answer"]] if answer["non_answer"] != "skipped" else []
        if isinstance(answer, list | tuple):
            return list(answer)
        return [answer] if isinstance(answer, str) else []

    def text(self, question: Question) -> str:
        """Return the value of a question's only control."""
        return (self.texts(question) or [""])[0]


def questions_html(page: Page, asked: tuple[Question, ...], state: State) -> SafeString:
    """Return the questions of a page; the first is the heading of the page where it asks the same."""
    drawn = []
    for index, question in enumerate(asked):
        asks_page = is_heading(page, question, index)
        lead = str(page.why) if asks_page and page.code != "account" else ""
        drawn.append(question_html(question, state, is_heading=asks_page, lead=lead))
    return SafeString("".join(drawn))


def is_untouched(asked: tuple[Question, ...], state: State) -> bool:
    """Say whether nothing was answered or sent yet, so that the questions look the same to everybody."""
    is_answered = any(one.code in state.answers for one in asked) or "postcode" in state.answers
    return state.sent is None and not (state.errors or state.homes or is_answered)


def is_heading(page: Page, question: Question, index: int) -> bool:
    """Say whether the question's own words are the heading of the page."""
    return index == 0 and str(question.label) == str(page.heading)


def question_html(question: Question, state: State, *, is_heading: bool = False, lead: str = "") -> SafeString:
    """Return one question as the component that asks it; `lead` says why, before the hint."""
    if lead:
        question = replace(question, hint=f"{lead} {question.hint}".strip())
    if question.kind == Kind.HOME:
        return _home(question, state)
    if question.kind == Kind.MANY and any(one.group for one in question.offered(state.language)):
        return _grouped(question, state, is_heading)
    if question.kind in _RADIO_SHAPES:
        return component(_RADIO_SHAPES[question.kind], _choices(question, state, is_heading))
    if question.kind == Kind.DATE:
        return component("date-input", _date(question, state, is_heading))
    if question.kind == Kind.FILES:
        return _files(question, state)
    return _control(question, state, is_heading)


def _shared(question: Question, state: State) -> dict[str, Any]:
    return {
        "hint": str(question.hint) or None,
        "error_message": state.errors.get(question.code) or None,
    }


def _control(question: Question, state: State, is_heading: bool) -> SafeString:
    options = {
        **_shared(question, state),
        "name": question.code,
        "id": question.code,
        "label": {
            "text": str(question.label),
            "classes": f"govuk-label--{'l' if is_heading else 's'}",
            "is_page_heading": is_heading,
        },
    }
    if question.kind == Kind.LIST:
        chosen = state.text(question)
        items = [{"value": "", "text": "", "selected": not chosen}]
        items += [
            {"value": one.code, "text": one.label, "selected": one.code == chosen}
            for one in question.offered(state.language)
        ]
        return component("select", options, items=items)
    if question.kind == Kind.WORDS:
        given = {"dir": "auto", **question.attributes}
        return component("textarea", options, value=state.text(question), rows=question.rows, attributes=given)
    given = dict(question.attributes)
    known = {name: given.pop(name) for name in ("autocomplete", "inputmode", "spellcheck") if name in given}
    return component("input", options, value=state.text(question) or None, attributes={"dir": "auto", **given}, **known)


def _legend(question: Question, is_heading: bool) -> dict[str, Any]:
    size = "l" if is_heading else "s"
    legend = {
        "text": str(question.label),
        "is_page_heading": is_heading,
        "classes": f"govuk-fieldset__legend--{size}",
    }
    return {"fieldset": {"legend": legend}}


def _choices(question: Question, state: State, is_heading: bool) -> dict[str, Any]:
    return {
        **_shared(question, state),
        **_legend(question, is_heading),
        "name": question.code,
        "id_prefix": question.code,
        "items": _items(question, question.offered(state.language), state, ends=True),
    }


def _items(question: Question, offered: tuple[Choice, ...], state: State, *, ends: bool) -> list[dict[str, Any]]:
    """Return the items of radios or checkboxes; those that stand alone come last, after a divider."""
    chosen = set(state.texts(question))
    together = [one for one in offered if not one.is_exclusive]
    alone = [one for one in offered if one.is_exclusive]
    if ends:
        alone += [Choice(code=UNKNOWN, label=_("I do not know"))] if question.unknown else []
        alone += [Choice(code=DECLINED, label=_("I prefer not to say"))] if question.declined else []
    items = [_item(one, chosen, question.kind, alone=False) for one in together]
    if alone and together and question.kind == Kind.MANY:
        items.append({"divider": _("or")})
    return items + [_item(one, chosen, question.kind, alone=True) for one in alone]


def _item(choice: Choice, chosen: set[str], kind: Kind, *, alone: bool) -> dict[str, Any]:
    return {
        "text": choice.label,
        "value": choice.code,
        "checked": choice.code in chosen,
        "hint": choice.hint or None,
        "behaviour": "exclusive" if alone and kind == Kind.MANY else None,
    }


def _grouped(question: Question, state: State, is_heading: bool) -> SafeString:
    """Return a long list of checkboxes under headings, as one question."""
    groups = [
        (label, tuple(found)) for label, found in groupby(question.offered(state.language), key=lambda one: one.group)
    ]
    parts = []
    for index, (label, offered) in enumerate(groups):
        is_last = index == len(groups) - 1
        parts.append(
            component(
                "checkboxes",
                name=question.code,
                id_prefix=question.code if index == 0 else f"{question.code}-of-{index}",
                fieldset={"legend": {"text": label, "classes": "govuk-fieldset__legend--s"}},
                items=_items(question, offered, state, ends=is_last),
            )
        )
    outer = {
        **_legend(question, is_heading)["fieldset"],
        "described_by": f"{question.code}-hint" if question.hint else None,
        "text": SafeString("".join([_hint_and_error(question, state), *parts])),
    }
    return _wrapped(component("fieldset", outer), state.errors.get(question.code))


def _hint_and_error(question: Question, state: State) -> SafeString:
    found = ""
    if question.hint:
        found += component("hint", text=str(question.hint), id=f"{question.code}-hint")
    if error := state.errors.get(question.code):
        found += component("error-message", text=error, id=f"{question.code}-error")
    return SafeString(found)


def _wrapped(inside: SafeString, error: str | None) -> SafeString:
    classes = "govuk-form-group govuk-form-group--error" if error else "govuk-form-group"
    return SafeString(f'<div class="{classes}">{inside}</div>')


def _date(question: Question, state: State, is_heading: bool) -> dict[str, Any]:
    typed = _date_parts(question, state)
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    wrong = wrong_parts(typed, clock.local_date(clock.now())) if question.code in state.errors else ()
    items = [
        {
            "name": part,
            "label": labels[part],
            "value": typed[part] or None,
            "error": part in wrong if wrong else None,
            "autocomplete": "off",
        }
        for part in _PARTS
    ]
    options = {**_shared(question, state), **_legend(question, is_heading)}
    return {**options, "id": question.code, "name_prefix": question.code, "items": items}


def _date_parts(question: Question, state: State) -> dict[str, str]:
    if state.sent is not None:
        return {part: (state.sent.get(f"{question.code}-{part}") or [""])[0].strip() for part in _PARTS}
    answer = state.answers.get(question.code)
    known = answer if isinstance(answer, Mapping) and not is_non_answer(answer) else {}
    return {part: known.get(part, "") for part in _PARTS}


def _files(question: Question, state: State) -> SafeString:
    label = {"text": str(question.label), "classes": "govuk-label--s"}
    shared = _shared(question, state)
    return component("file-upload", shared, name=question.code, id=question.code, label=label, multiple=True)


def _home(question: Question, state: State) -> SafeString:
    """Return the postcode with its button and, once there are some, the homes at it."""
    typed = (state.sent.get("postcode") or [""])[0] if state.sent is not None else state.answers.get("postcode", "")
    postcode = component(
        "input",
        name="postcode",
        id="postcode" if state.homes else question.code,
        label={"text": str(question.label), "classes": "govuk-label--s"},
        classes="govuk-input--width-10",
        autocomplete="off",
        spellcheck=False,
        value=typed or None,
        attributes={"dir": "ltr", "autocapitalize": "characters"},
        error_message=None if state.homes else state.errors.get(question.code) or None,
    )
    button = component("button", text=_("Find the address"), name="go", value="find", classes="govuk-button--secondary")
    found = _found(question, state) if state.homes else _not_found() if typed else ""
    return SafeString(postcode + button + found)


def _not_found() -> SafeString:
    words = _("We have no homes at that postcode. Look at it again, or write the address below.")
    return component("inset-text", text=words)


def _found(question: Question, state: State) -> SafeString:
    chosen = state.text(question)
    items = [
        {"text": address, "value": str(number), "checked": str(number) == chosen} for number, address in state.homes
    ]
    items += [{"divider": _("or")}, {"text": _("It is not in this list"), "value": NOT_LISTED}]
    return component(
        "radios",
        name=question.code,
        id_prefix=question.code,
        fieldset={"legend": {"text": _("Which one is it?"), "classes": "govuk-fieldset__legend--s"}},
        items=items,
        error_message=state.errors.get(question.code) or None,
    )


def error_list(page: Page, state: State) -> list[dict[str, str]]:
    """Return what is wrong on a page, each linked to its control, in the order of the page."""
    known = {one.code: one for one in page.questions}
    found = []
    for code, message in state.errors.items():
        question = known.get(code)
        target = f"{code}-{_first_wrong(question, state)}" if question and question.kind == Kind.DATE else code
        found.append({"text": message, "href": f"#{target}"})
    return found


def _first_wrong(question: Question, state: State) -> str:
    wrong = wrong_parts(_date_parts(question, state), clock.local_date(clock.now()))
    return wrong[0] if wrong else "day"
