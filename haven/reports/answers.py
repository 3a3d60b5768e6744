"""From the answers of the form to what they tell us, and back; answers are plain JSON by question code.

An answer is a text, a list of codes, a date in parts, or {"non_answer": …} for one of the three that say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from haven.people.choices import Method, Safe
from haven.policy.pack import pack
from haven.reports.choices import Identity, NonAnswer, Role, Scope
from haven.reports.rules import span_of
from haven.reports.told import WAYS, NeedsTold, SafeWays, Someone, Told

Answers = Mapping[str, Any]
NON_ANSWER = "non_answer"
PERMISSION = "permission_"
_PLAIN = (
    "relation", "harmed_knows", "authority", "when_kind", "when_words", "place", "place_words", "why_words", "history",
    "history_words", "getting_worse", "responsible_home", "vehicle", "weapons", "has_key", "harm_words", "children",
    "children_words", "evidence", "evidence_at_risk", "police_told", "police_reference", "others_told", "wants_words",
    "needs_words",
)  # fmt: skip
_LISTS = ("danger", "strands", "incident_types", "responsible_kinds", "harm", "police_ways", "wants", "needs")
_PARTS = ("day", "month", "year")
_DETAILS = ("number", "email", "address", "hours", "who_else_sees", "name_to_use", "code_word", "venue", "advocate")


def non_answer(why: NonAnswer) -> dict[str, str]:
    """Return how an answer that says nothing is kept."""
    return {NON_ANSWER: why.value}


def is_non_answer(answer: object) -> bool:
    """Say whether an answer is one of the three that say nothing."""
    return isinstance(answer, Mapping) and NON_ANSWER in answer


def says_something(answer: object) -> bool:
    """Say whether a question was answered in any way: a skipped one was not."""
    return answer is not None and answer != {NON_ANSWER: NonAnswer.SKIPPED.value}


def text_in(answers: Answers, code: str) -> str:
    """Return a text or a single choice, or nothing where none was given."""
    answer = answers.get(code)
    return answer if isinstance(answer, str) else ""


def codes_in(answers: Answers, code: str) -> tuple[str, ...]:
    """Return the codes that were chosen, or none."""
    answer = answers.get(code)
    return tuple(answer) if isinstance(answer, list | tuple) else ()


def parts_in(answers: Answers, code: str) -> tuple[str, str, str]:
    """Return day, month and year as typed."""
    answer = answers.get(code)
    found = answer if isinstance(answer, Mapping) and NON_ANSWER not in answer else {}
    return found.get("day", ""), found.get("month", ""), found.get("year", "")


def role_of(code: str) -> str:
    """Return the part in which somebody reports, from the pack's code or our own word for it."""
    if code.lower() in Role.values or not code:
        return code.lower()
    known = pack().reporter_roles.get(code)
    if known is None:
        return ""
    if known.is_person_harmed:
        return Role.VICTIM
    return Role.STAFF if not known.public else Role.THIRD_PARTY


def told_of(answers: Answers, *, language: str) -> Told:
    """Return what the answers of a form tell us."""
    first, last = span_of(text_in(answers, "when_kind"), parts_in(answers, "when_from"), parts_in(answers, "when_to"))
    role = role_of(text_in(answers, "role"))
    plain = {code: text_in(answers, code) for code in _PLAIN}
    plain["harmed_knows"] = plain["harmed_knows"] or _said(answers, "harmed_knows")
    lists = {
        code: tuple(one for one in codes_in(answers, code) if code == "danger" or one != "NONE") for code in _LISTS
    }
    return Told(
        **plain,  # type: ignore[arg-type]
        **lists,  # type: ignore[arg-type]
        account=text_in(answers, "account"),
        language=language,
        role=role,
        identity=_identity(answers),
        may_learn_identity=text_in(answers, "may_learn") == "yes",
        reporter=_reporter(answers),
        harmed=_harmed(answers),
        happened_from=first,
        happened_to=last,
        is_ongoing=text_in(answers, "when_kind") == "ongoing",
        home_id=int(home) if (home := text_in(answers, "home")).isdecimal() else None,
        responsible=_responsible(answers),
        witnesses=_witnesses(answers),
        permissions=_permissions(answers),
        non_answers={code: NonAnswer(one[NON_ANSWER]) for code, one in answers.items() if is_non_answer(one)},
        answers=dict(answers),
    )


def _said(answers: Answers, code: str) -> str:
    answer = answers.get(code)
    return answer[NON_ANSWER] if isinstance(answer, Mapping) and NON_ANSWER in answer else ""


def _identity(answers: Answers) -> Identity:
    """Without an answer, whoever gave a name or a number is confidential, and whoever gave none is anonymous."""
    if (given := text_in(answers, "identity")) in Identity.values:
        return Identity(given)
    known = any(text_in(answers, code) for code in ("name", "number", "email", "address"))
    return Identity.CONFIDENTIAL if known else Identity.ANONYMOUS


def _reporter(answers: Answers) -> Someone | None:
    found = Someone(
        name=text_in(answers, "name"),
        birth=text_in(answers, "birth"),
        telephone=text_in(answers, "number"),
        email=text_in(answers, "email"),
        ways=ways_of(answers),
        needs=needs_of(answers),
    )
    return found if found else None


def ways_of(answers: Answers) -> SafeWays | None:
    """Return how the person can be reached; a way they did not tick where they ticked others is not safe."""
    preferred = text_in(answers, "preferred")
    ticked = codes_in(answers, "safe_ways")
    details = {code: text_in(answers, code) for code in _DETAILS}
    if not preferred and not ticked and not any(details.values()):
        return None
    safe = {way: Safe.YES if way in ticked else Safe.NO for way in WAYS} if ticked else {}
    chosen = _way_of(preferred)
    return SafeWays(
        preferred=Method(preferred) if preferred in Method.values else Method.NONE,
        safe={**safe, chosen: Safe.YES} if chosen else safe,
        notes=text_in(answers, "ways_words"),
        **details,
    )


def _way_of(preferred: str) -> str:
    """Return the way that somebody who prefers this has thereby called safe."""
    return "visit" if preferred == Method.IN_PERSON else preferred if preferred in WAYS else ""


def needs_of(answers: Answers) -> NeedsTold | None:
    """Return what the person needs so that they can be heard, if they said anything of it."""
    found = NeedsTold(
        spoken=text_in(answers, "spoken"),
        written=text_in(answers, "written"),
        interpreter=text_in(answers, "interpreter"),
        formats=codes_in(answers, "formats"),
        interviewer=text_in(answers, "interviewer"),
        other=text_in(answers, "access"),
    )
    return found if found else None


def _harmed(answers: Answers) -> Someone | None:
    found = Someone(name=text_in(answers, "harmed_name"), description=text_in(answers, "harmed_words"))
    return found if found else None


def _responsible(answers: Answers) -> tuple[Someone, ...]:
    """Return one person for each line of names, and the description with the first."""
    names = _lines(text_in(answers, "responsible_names"))
    description = text_in(answers, "responsible_words")
    first = Someone(name=names[0] if names else "", description=description)
    return tuple(one for one in (first, *(Someone(name=name) for name in names[1:])) if one)


def _witnesses(answers: Answers) -> tuple[Someone, ...]:
    words = text_in(answers, "witnesses")
    return (Someone(description=words),) if words else ()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _permissions(answers: Answers) -> dict[str, Scope]:
    """Return a scope for each recipient that the person answered about."""
    asked = {code.removeprefix(PERMISSION): text_in(answers, code) for code in answers if code.startswith(PERMISSION)}
    return {recipient: Scope(given.lower()) for recipient, given in asked.items() if given.lower() in Scope.values}


def answers_of(told: Told) -> dict[str, Any]:
    """Return the answers by question code that say what `told` says, for reports that no form was filled in for."""
    found: dict[str, Any] = {code: getattr(told, code) for code in _PLAIN}
    found |= {code: list(getattr(told, code)) for code in _LISTS}
    found |= {"role": told.role, "identity": told.identity.value, "may_learn": "yes" if told.may_learn_identity else ""}
    found |= _dates(told) | _reporter_answers(told.reporter)
    if told.harmed:
        found |= {"harmed_name": told.harmed.name, "harmed_words": told.harmed.description}
    if told.home_id:
        found["home"] = str(told.home_id)
    found["responsible_names"] = _joined(one.name for one in told.responsible)
    found["responsible_words"] = _joined(one.description for one in told.responsible)
    found["witnesses"] = _joined(f"{one.name} {one.description}".strip() for one in told.witnesses)
    found |= {f"{PERMISSION}{recipient}": scope.upper() for recipient, scope in told.permissions.items()}
    given = {code: answer for code, answer in found.items() if answer}
    return {**given, **{code: non_answer(why) for code, why in told.non_answers.items()}}


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _dates(told: Told) -> dict[str, Any]:
    named = {"when_from": told.happened_from, "when_to": told.happened_to}
    return {code: {part: str(getattr(day, part)) for part in _PARTS} for code, day in named.items() if day}


def _reporter_answers(reporter: Someone | None) -> dict[str, Any]:
    if reporter is None:
        return {}
    found: dict[str, Any] = {"name": reporter.name, "birth": reporter.birth}
    if ways := reporter.ways:
        found |= {"preferred": ways.preferred.value, "ways_words": ways.notes}
        found |= {code: getattr(ways, code) for code in _DETAILS}
        found["safe_ways"] = [way for way in WAYS if ways.safe.get(way) == Safe.YES]
    if needs := reporter.needs:
        found |= {"spoken": needs.spoken, "written": needs.written, "interpreter": needs.interpreter}
        found |= {"formats": list(needs.formats), "interviewer": needs.interviewer, "access": needs.other}
    return {"number": reporter.telephone, "email": reporter.email, **{k: v for k, v in found.items() if v}}


def can_be_reached(preferred: str) -> bool:
    """Say whether somebody who prefers this way wants to hear from us."""
    return preferred not in ("", Method.NONE, Method.CODE_ONLY)
