"""What is shown of steps about somebody's conduct: rows turned into words, nothing decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from haven.cases.access.files import InCase
from haven.confidentiality.models import Check
from haven.confidentiality.shield import Kind
from haven.interventions.choices import Condition, State, View
from haven.interventions.letters.content import HEADINGS, TRANSLATED, Content, in_order
from haven.interventions.models import Consultation, Intervention, Letter
from haven.interventions.models.acts import Act
from haven.interventions.queries import check_of
from haven.interventions.rules import Gate, Standing, standing
from haven.policy.pack import pack
from haven.web.desk import words
from haven.web.desk.shown import name_of

ACTS = {
    Condition.RISK: ("riskreviews", "risk"),
    Condition.EVIDENCE: ("evidencechosens", "evidence"),
    Condition.PROPORTIONATE: ("proportionalitys", "fairness"),
    Condition.HEARD: ("hearinghelds", "heard"),
    Condition.SUPPORT: ("supportconsidereds", "support"),
    Condition.TENURE: ("tenurefounds", "agreement"),
    Condition.LETTER: ("letters", "letter"),
    Condition.APPROVED: ("approvals", ""),
}
"""Which rows meet a condition, and the page on which that is recorded."""
EACH = {Condition.CONSULTED: ("asked", "Ask"), Condition.TOLD: ("told", "Record"), Condition.WISHES: ("wishes", "Decide")}
"""Conditions about each person harmed, with the page and what to press."""
ASSESS = {"path": "", "text": "Assess", "about": "", "several": False, "is_risk": True}
STATES = {
    State.PROPOSED: "govuk-tag--grey", State.CONSULTED: "govuk-tag--blue", State.ASSESSED: "govuk-tag--blue",
    State.APPROVED: "govuk-tag--purple", State.EXECUTED: "govuk-tag--green", State.MONITORED: "govuk-tag--green",
    State.BREACHED: "govuk-tag--red", State.ENDED: "govuk-tag--grey",
}  # fmt: skip


def line(step: Intervention, now: datetime) -> dict[str, Any]:
    """Return one step in a line."""
    return {
        "pk": step.pk,
        "tool": tool(step),
        "about": name_of(step.subject),
        "state": {"text": state(step), "classes": STATES[State(step.state)]},
        "proposed": f"proposed by {step.proposed_by.name}, {words.when(step.proposed_at, now)}",
        "waits": f"waits for approval since {words.when(step.waiting_since, now)}" if step.waiting_since else "",
        "done": f"carried out {words.when(step.executed_at, now)}" if step.executed_at else "",
        "counts": f"counts until {_day(step)}" if step.live_until and not step.ended_at else "",
        "ended": f"{step.get_ended_as_display()}, {words.when(step.ended_at, now)}" if step.ended_at else "",
    }


def tool(step: Intervention) -> str:
    """Return what a step is called."""
    return words.label("tools", step.tool)


def state(step: Intervention) -> str:
    """Return how far a step has come, in words."""
    return "Waits for approval" if step.waiting_since else step.get_state_display()


def facts(step: Intervention, now: datetime) -> list[dict[str, str]]:
    """Return the plain facts of a step."""
    rows = [
        ("About", name_of(step.subject)),
        ("How far it is", state(step)),
        ("Proposed", f"{step.proposed_by.name}, {words.when(step.proposed_at, now)}"),
        ("Asked for by", f"{name_of(step.asked_for_by)}: {step.asked_words}" if step.asked_for_by else ""),
        ("Carried out", _service(step, now)),
        ("Counts until", _day(step)),
        ("Ended", f"{step.get_ended_as_display()}, {words.when(step.ended_at, now)}" if step.ended_at else ""),
        ("Policy in force", step.policy_version),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]


def _day(step: Intervention) -> str:
    return f"{step.live_until.day} {step.live_until:%B %Y}" if step.live_until else ""


def _service(step: Intervention, now: datetime) -> str:
    if not (step.executed_at and step.executed_by and step.served_by):
        return ""
    done = f"{step.get_served_display()} by {step.served_by.name}, {words.when(step.executed_at, now)}"
    return done if step.served_by == step.executed_by else f"{done}, recorded by {step.executed_by.name}"


def checklist(step: Intervention, gate: Gate, people: Iterable[InCase], now: datetime) -> list[dict[str, Any]]:
    """Return every condition of the gate: what is there, since when and by whom; or what is missing, and what to press."""
    every = (each for each in people if any(part.part == "harmed" for part in each.parts))
    harmed = list({each.person.one_person: each for each in every}.values())
    return [_condition(step, each, harmed, now) for each in standing(gate)]


def _condition(step: Intervention, standing_: Standing, harmed: list[InCase], now: datetime) -> dict[str, Any]:
    met, decision = standing_.is_met, standing_.decision
    done = [*_by_whom(step, standing_.condition, now)]
    return {
        "code": standing_.condition.value,
        "label": standing_.condition.label,
        "is_met": met,
        "tag": {"text": "Done", "classes": "govuk-tag--green"} if met else {"text": "Missing", "classes": "govuk-tag--orange"},
        "done": done,
        "reason": "" if met else decision.reason,
        "remedy": "" if met else decision.remedy,
        "clause": decision.clause,
        "press": [] if step.is_done or step.is_over or _is_followed(standing_) else _press(standing_.condition, harmed, met),
    }


def _is_followed(standing_: Standing) -> bool:
    return standing_.condition == Condition.WISHES and standing_.is_met


def _by_whom(step: Intervention, condition: Condition, now: datetime) -> Iterable[str]:
    rows: Iterable[Act] = ()
    if condition in ACTS:
        rows = sorted(getattr(step, ACTS[condition][0]).all(), key=lambda each: (each.at, each.pk))[-1:]
    elif condition in (Condition.CONSULTED, Condition.TOLD, Condition.AGREED, Condition.WISHES):
        names = {Condition.CONSULTED: "consultations", Condition.TOLD: "toldbefores", Condition.AGREED: "consents"}
        rows = getattr(step, names.get(condition, "againstwishess")).all()
    for each in rows:
        yield f"{each.by.name}, {words.when(each.at, now)}{of_whom(each)}"
    if condition == Condition.SHIELD and (check := check_of(step)) is not None:
        yield f"Looked at {words.when(check.at, now)}, asked by {check.by.name}"


def of_whom(row: Act) -> str:
    """Return whom an act was about and what they think, to stand after its title."""
    person = getattr(row, "person", None)
    said = View(row.view).label if isinstance(row, Consultation) else ""
    return f": {name_of(person)}{', ' + said.lower() if said else ''}" if person else ""


def _press(condition: Condition, harmed: list[InCase], met: bool) -> list[dict[str, Any]]:
    """Return what to press for a condition, for each person harmed where it is about them."""
    if condition in EACH:
        path, text = EACH[condition]
        text = f"{text} again" if met else text
        return [_link(f"/{path}/{each.person.pk}", text, each, several=len(harmed) > 1) for each in harmed]
    if condition in ACTS and ACTS[condition][1]:
        record = _link(f"/{ACTS[condition][1]}", "Look again" if met else "Record")
        return [ASSESS, record] if condition == Condition.RISK and not met else [record]
    return {
        Condition.AGREED: [_link("/screening", "Screen it")],
        Condition.SHIELD: [] if met else [_link("/letter", "Read it")],
    }.get(condition, [])


def _link(path: str, text: str, about: InCase | None = None, *, several: bool = False) -> dict[str, Any]:
    return {"path": path, "text": text, "about": name_of(about.person) if about else "", "several": several, "is_risk": False}


def marked(text: str, found: list[dict[str, Any]]) -> SafeString:
    """Return a text with everything that the shield found marked in its place, numbered, and the rest escaped."""
    pieces: list[SafeString] = []
    place = 0
    for each in sorted(found, key=lambda one: (one["start"], one["end"])):
        start = max(each["start"], place)
        if each["end"] <= start:
            continue
        pieces.append(_escaped(text[place:start]))
        note = f"{each['number'] + 1}, {Kind(each['kind']).label.lower()}"
        pieces.append(
            format_html(
                '<mark id="found-{}">{}</mark><sup><span class="govuk-visually-hidden">found: </span>{}</sup>',
                each["number"], text[start : each["end"]], note,
            )  # fmt: skip
        )
        place = each["end"]
    pieces.append(_escaped(text[place:]))
    return mark_safe("".join(pieces).replace("\n", "<br>"))


def _escaped(text: str) -> SafeString:
    return mark_safe(escape(text))


def letter_parts(letter: Letter, check: Check | None) -> list[dict[str, Any]]:
    """Return the parts of a letter as it was written, with what the shield found marked in place."""
    content = Content.from_json(letter.content)
    found = findings(check)
    parts = content.for_shield()
    return [
        {
            "heading": part_name(part, content),
            "text": marked(text, [each for each in found if each["part"] == part]),
            "language": content.sent.language if part.startswith(TRANSLATED) else "en",
            "clauses": content.english.clauses if part == "conduct" else (),
        }
        for part, text in parts.items()
        if "-heading-" not in part or any(each["part"] == part for each in found)
    ]


def part_name(part: str, content: Content) -> str:
    """Return what a part of a letter is called."""
    bare = part.removeprefix(f"{TRANSLATED}-").removeprefix("heading-")
    name = HEADINGS.get(bare, "A clause, translated")
    return f"{name} ({words.language(content.sent.language)})" if part.startswith(TRANSLATED) else name


def findings(check: Check | None) -> list[dict[str, Any]]:
    """Return what the shield found, each with its number and whether somebody cleared it."""
    if check is None:
        return []
    cleared = {each.number: each for each in check.clearings.all()}
    return [{**each, "number": number, "cleared": cleared.get(number)} for number, each in enumerate(check.findings)]


def found_lines(check: Check | None, letter: Letter | None, now: datetime) -> list[dict[str, Any]]:
    """Return what the shield found as lines: what, where, why, and who cleared it."""
    if check is None or letter is None:
        return []
    content = Content.from_json(letter.content)
    return [
        {
            "number": each["number"],
            "shown": each["number"] + 1,
            "kind": Kind(each["kind"]).label,
            "words": each["words"],
            "where": part_name(each["part"], content),
            "why": each["why"],
            "cleared": f"{each['cleared'].by.name}, {words.when(each['cleared'].at, now)}: {each['cleared'].reason}"
            if each["cleared"]
            else "",
        }
        for each in findings(check)
    ]


def advice(letter: Letter) -> list[dict[str, str]]:
    """Return the words of a letter that the landlord advises against (clause 3.3.2), each with what to say instead."""
    content = Content.from_json(letter.content)
    written = " ".join(content.english.parts.values()).lower()
    return [
        {"word": each.word, "instead": each.instead}
        for each in pack().doubting_words.values()
        if f" {each.word.lower()} " in f" {''.join(c if c.isalnum() or c in '-’' else ' ' for c in written)} "
    ]


def whole(content: Content) -> SafeString:
    """Return the text that is sent, whole, for reading."""
    parts = (
        (heading, _paragraphs(text), format_html_join("", "<p><strong>{} {}</strong><br>{}</p>", quoted))
        for heading, text, clauses in in_order(content.sent)
        for quoted in [[(each.number, each.heading, _paragraphs(each.words)) for each in clauses]]
    )
    return format_html_join("", '<h3 class="govuk-heading-s">{}</h3>{}{}', parts)


def _paragraphs(text: str) -> SafeString:
    return mark_safe("<br>".join(escape(line) for line in text.splitlines()))


def outcomes(step: Intervention, now: datetime) -> list[dict[str, str]]:
    """Return what came of a step."""
    return [
        {"kind": each.get_kind_display(), "words": each.words, "by": f"{each.by.name}, {words.when(each.at, now)}"}
        for each in step.outcomes.select_related("by").order_by("-at", "-pk")
    ]
