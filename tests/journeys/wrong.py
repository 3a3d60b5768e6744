"""Every way in which a page of the form can be answered wrongly, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.journeys.people import Reporter

PROGRAM = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\x90\x00" + b"\0" * 200}
TAMPERED = "one => { one.value = 'tampered'; one.checked = true }"


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """Answers to one page that cannot be kept: which control is wrong, what is said, and what was answered before."""

    page: int
    control: str
    says: str
    answers: dict[str, Any] = field(default_factory=dict)
    tampered: str = ""
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    go: str = "on"


ON_A_DAY = {6: {"when_kind": "exact"}}
BETWEEN = {6: {"when_kind": "range"}}
AT_HOME = {8: {"place": "HOME"}}
LONG = "x" * 501


def a_date(day: str, month: str, year: str, name: str = "when_from") -> dict[str, str]:
    """The three boxes of a date."""
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def tampered(page: int, control: str, before: dict[int, dict[str, Any]] | None = None) -> Wrong:
    """An answer that was never offered."""
    return Wrong(
        page=page, control=control, tampered=control, says="Choose from the answers on the page", before=before or {}
    )


WRONG = {
    "danger not answered": Wrong(page=1, control="danger", says="Tick what is true now, or “None of these”"),
    "danger tampered with": tampered(1, "danger"),
    "nothing told": Wrong(page=3, control="account", answers={"account": " \n\t "}, says="Tell us what happened."),
    "who tampered with": tampered(4, "role"),
    "relation tampered with": tampered(5, "relation", {4: {"role": "FOR_SOMEBODY"}}),
    "when tampered with": tampered(6, "when_kind"),
    "no such day": Wrong(
        page=7,
        control="when_from-day",
        answers=a_date("31", "2", "2025"),
        says="Write a day that has been",
        before=ON_A_DAY,
    ),
    "no such month": Wrong(
        page=7,
        control="when_from-month",
        answers=a_date("1", "13", "2025"),
        says="a number from 1 to 12",
        before=ON_A_DAY,
    ),
    "letters for a day": Wrong(
        page=7, control="when_from-day", answers=a_date("first", "3", "2025"), says="Write a day", before=ON_A_DAY
    ),
    "no year": Wrong(
        page=7,
        control="when_from-year",
        answers=a_date("1", "3", ""),
        says="Write the year with four numbers",
        before=ON_A_DAY,
    ),
    "no month": Wrong(
        page=7,
        control="when_from-month",
        answers=a_date("1", "", "2025"),
        says="Write the month as well",
        before=ON_A_DAY,
    ),
    "the future": Wrong(
        page=7, control="when_from-year", answers=a_date("1", "1", "2999"), says="Write the year", before=ON_A_DAY
    ),
    "last day first": Wrong(
        page=7,
        control="when_to-day",
        answers=a_date("5", "3", "2025") | a_date("4", "3", "2025", "when_to"),
        says="must not be before the first",
        before=BETWEEN,
    ),
    "place tampered with": tampered(8, "place"),
    "no postcode": Wrong(
        page=9, control="home", answers={"postcode": "NE1 1AA and more"}, says="Too long by 4", before=AT_HOME
    ),
    "place too long": Wrong(
        page=10,
        control="place_words",
        answers={"place_words": "x" * 100_001},
        says="Too long by 1",
        before={8: {"place": "STREET"}},
    ),
    "reasons tampered with": tampered(11, "strands"),
    "kinds tampered with": tampered(12, "incident_types"),
    "before tampered with": tampered(13, "history"),
    "worse tampered with": tampered(14, "getting_worse", {13: {"history": "often"}}),
    "who did it tampered with": tampered(15, "responsible_kinds"),
    "their home too long": Wrong(
        page=16,
        control="responsible_home",
        answers={"responsible_home": LONG, "weapons": "a dog"},
        says="Too long by 1",
        before={15: {"responsible_kinds": "NEIGHBOUR"}},
    ),
    "harm tampered with": tampered(17, "harm"),
    "children tampered with": tampered(18, "children"),
    "needs tampered with": tampered(19, "needs"),
    "a program for a picture": Wrong(page=20, control="files", answers={"files": PROGRAM}, says="photo.jpg"),
    "police tampered with": tampered(22, "police_told"),
    "permission tampered with": tampered(23, "permission_POLICE"),
    "ways tampered with": tampered(24, "police_ways", {23: {"permission_POLICE": "WITH_NAME"}}),
    "wishes tampered with": tampered(25, "wants"),
    "identity tampered with": tampered(26, "identity"),
    "name too long": Wrong(
        page=27,
        control="name",
        answers={"name": LONG, "birth": "41"},
        says="Too long by 1",
        before={26: {"identity": "named"}},
    ),
    "contact tampered with": tampered(28, "preferred"),
    "number too long": Wrong(
        page=29,
        control="number",
        answers={"number": "0" * 61, "code_word": "lemon"},
        says="Too long by 1",
        before={28: {"preferred": "call"}},
    ),
    "formats tampered with": tampered(30, "formats"),
}


def go_wrong(person: Reporter, wrong: Wrong) -> None:
    """Answer what comes before, then answer the page wrongly; `person` has begun a report."""
    for number, answers in wrong.before.items():
        person.see(f"/p/{number}").answer(**answers).go()
    person.see(f"/p/{wrong.page}").answer(**wrong.answers)
    if not wrong.answers:
        person.page.eval_on_selector_all(
            "main input[type=checkbox]", "all => all.forEach(one => { one.checked = false })"
        )
    if wrong.tampered:
        person.page.locator(f'[name="{wrong.tampered}"]').first.evaluate(TAMPERED)
    person.go(wrong.go)
