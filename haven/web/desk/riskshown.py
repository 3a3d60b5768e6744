"""What is shown of risk: rows turned into words, nothing decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from haven.cases.access.files import InCase
from haven.cases.models import Case
from haven.obligations.queries.looks import Cause
from haven.policy.bands import Band
from haven.risk.access import Risk
from haven.risk.choices import About, Answerer, Factor, NonAnswer, Said
from haven.risk.models import Answer, Assessment, Judgement, SubjectLook
from haven.risk.rules import Scheme, Weighed, explanation
from haven.web.desk import words
from haven.web.desk.forms.risk import AssessmentForm
from haven.web.desk.shown import name_of


def badge(band: str, is_incomplete: bool) -> dict[str, str]:
    """Return what the risk component shows; that it is incomplete stands beside the band everywhere."""
    text = Band(band).value.capitalize()
    return {"level": band, "text": f"{text}, incomplete" if is_incomplete else text}


def target(assessment: Assessment) -> str:
    """Return whose risk it is, in words."""
    if assessment.about == About.PERSON and assessment.person:
        return name_of(assessment.person)
    return f"The household at {assessment.home.one_line}" if assessment.home else "The household"


def risk(each: Risk, now: datetime, recorded: Iterable[datetime], causes: Iterable[Cause] = ()) -> dict[str, Any]:
    """Return the risk to one person or household: the band, how it came about, and what was before."""
    latest = each.latest
    since = sum(1 for at in recorded if at > latest.at)
    return {
        "pk": latest.pk,
        "name": target(latest),
        "person": latest.person_id,
        "badge": badge(each.band, latest.is_incomplete),
        "why": latest.explanation,
        "parts": bands_of(latest),
        "signed": signed(latest, now),
        "judgements": [judgement(one, now) for one in each.judgements],
        "since": since,
        "causes": [f"{one.words}, {words.when(one.at, now)}" for one in causes if _is_another(one, latest.at)],
        "before": [
            {"pk": one.pk, "signed": signed(one, now), "badge": badge(band, one.is_incomplete)}
            for one, band in each.before
        ],
    }


def _is_another(cause: Cause, assessed_at: datetime) -> bool:
    """Say whether something besides an occasion, which is counted by itself, calls for another look since."""
    return cause.at > assessed_at and cause.kind != "occasion"


def bands_of(assessment: Assessment) -> list[dict[str, str]]:
    """Return the three bands of which the greatest holds, and the score and gaps behind them."""
    by_score = f"{_word(assessment.score_band)}, from {assessment.score} points"
    if assessment.is_incomplete:
        by_score += f"; counts as {assessment.provisional_band} while incomplete"
    open_ones = f"{len(assessment.gaps)}: {', '.join(assessment.gaps)}" if assessment.gaps else "None"
    return [
        {"term": "By the score", "text": by_score},
        {"term": "Floor", "text": _word(assessment.floor) or "None"},
        {"term": "By what overrides it", "text": _word(assessment.override) or "None"},
        {"term": "Questions still open", "text": open_ones},
    ]


def _word(band: str) -> str:
    return band.capitalize()


def signed(assessment: Assessment, now: datetime) -> str:
    """Return who signed an assessment and when."""
    return f"{assessment.questions}, number {assessment.number}, {assessment.by.name}, {words.when(assessment.at, now)}"


def judgement(each: Judgement, now: datetime) -> dict[str, str]:
    """Return one judgement in words."""
    raised = Band(each.band).severity > Band(each.before).severity
    return {
        "text": f"{'Raised' if raised else 'Lowered'} from {each.before} to {each.band}",
        "reasons": each.reasons or "",
        "by": f"{each.by.name}, {words.when(each.at, now)}",
    }


def answers(scheme: Scheme, rows: Iterable[Answer]) -> list[dict[str, Any]]:
    """Return the answers of an assessment, group by group, in the words of today's questions."""
    given = {each.question: each for each in rows}
    groups = [
        {
            "title": group.label,
            "rows": [answer(asked.label, given[asked.id], option_words(scheme, asked.id, given[asked.id].value))
                     for asked in scheme.asked_in(code) if asked.id in given],
        }
        for code, group in scheme.groups.items()
    ]  # fmt: skip
    gone = [answer(pk, each, words.readable(each.value)) for pk, each in given.items() if pk not in scheme.questions]
    return [*groups, *([{"title": "Asked in those days", "rows": gone}] if gone else [])]


def answer(question: str, row: Answer, text: str) -> dict[str, Any]:
    """Return one answer in words."""
    return {
        "question": question,
        "id": row.question,
        "text": text,
        "points": row.points,
        "by": Answerer(row.answered_by).label if row.value != NonAnswer.NOT_ASKED else "",
        "note": row.note or "",
    }


def option_words(scheme: Scheme, question: str, value: str) -> str:
    """Return the words of an answer: its option's, or why there is none."""
    if value in NonAnswer.values:
        return str(NonAnswer(value).label)
    labels = {option.code: option.label for option in scheme.questions[question].options}
    return labels.get(value, words.readable(value))


def asked(form: AssessmentForm, step: str, when: str) -> list[dict[str, Any]]:
    """Return the questions of a step with their fields, and what was answered last time beside each."""
    found = []
    for each in form.scheme.asked_in(step):
        last = form.before.get(each.id)
        told = last.value if last and last.value != NonAnswer.NOT_ASKED else ""
        said = f"Last time, {when}: {_lower(option_words(form.scheme, each.id, told))}." if told else ""
        typed = form[f"{each.id}_note"].value() or form[f"{each.id}_by"].value()
        found.append(
            {
                "field": form[each.id],
                "hint": " ".join(filter(None, [each.hint, said])),
                "by": form[f"{each.id}_by"],
                "note": form[f"{each.id}_note"],
                "last_note": last.note if last else "",
                "open": bool(typed) or f"{each.id}_note" in form.errors,
            }
        )
    return found


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def preview(weighed: Weighed) -> dict[str, Any]:
    """Return what the answers would come to if somebody signed them now."""
    return {"badge": badge(weighed.band, weighed.is_incomplete), "why": explanation(weighed), "gaps": weighed.gaps}


def unassessed(case: Case, people: Iterable[InCase], risks: Iterable[Risk]) -> list[dict[str, Any]]:
    """Return everybody harmed, and the household, whose risk nobody has assessed yet."""
    done = {(each.latest.person_id, each.latest.home_id) for each in risks}
    harmed = [each.person for each in people if any(part.part == "harmed" for part in each.parts)]
    waiting: list[dict[str, Any]] = [
        {"name": name_of(person), "person": person.pk} for person in harmed if (person.pk, None) not in done
    ]
    if case.home and (None, case.home_id) not in done:
        waiting.append({"name": f"The household at {case.home.one_line}", "person": None})
    return waiting


def looks(people: Iterable[InCase], found: Mapping[int, list[SubjectLook]], now: datetime) -> list[dict[str, Any]]:
    """Return everybody who may be responsible, with the latest look at their life and how many came before."""
    alleged = [each.person for each in people if any(part.part == "responsible" for part in each.parts)]
    return [
        {
            "pk": person.pk,
            "name": name_of(person),
            "look": look(every[0], now) if every else None,
            "before": [look(each, now) for each in every[1:]],
        }
        for person in alleged
        for every in [found.get(person.pk, [])]
    ]


def look(each: SubjectLook, now: datetime) -> dict[str, Any]:
    """Return one look in words: what is so first, then what is not known."""
    said = each.said
    return {
        "rows": [{"term": factor.label, "text": Said(said[factor]).label} for factor in Factor if factor in said],
        "note": each.note or "",
        "by": f"{each.by.name}, {words.when(each.at, now)}",
    }
