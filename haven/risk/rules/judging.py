"""What may be assessed, answered, judged and looked at, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from haven.cases.rules.seeing import Viewer
from haven.kernel.decision import Decision
from haven.policy.bands import Band
from haven.policy.register import guard
from haven.risk.choices import About, Answerer, Factor, NonAnswer, Said
from haven.risk.rules.scheme import Scheme
from haven.risk.rules.weighing import one_lower


@guard("3.3.1", "risk is assessed of somebody who is not harmed in the case, or of a household without a home")
def may_be_assessed(about: str, *, is_harmed: bool, has_home: bool) -> Decision:
    """Decide whether an assessment may be about this person or household (clause 3.3.1)."""
    if about == About.PERSON and not is_harmed:
        return Decision.no(
            "Risk is assessed of people who are harmed in the case.",
            clause="3.3.1",
            remedy="Add them to the case as a person harmed.",
        )
    if about == About.HOUSEHOLD and not has_home:
        return Decision.no("The case is about no home of ours, so there is no household to assess.", clause="3.3.1")
    if about not in About.values:
        return Decision.no("Risk is assessed of a person or of a household.", clause="3.3.1")
    return Decision.yes(clause="3.3.1")


@guard("3.3.5", "an answer that its question does not offer, or a question that is not in the set")
def may_answer(scheme: Scheme, answers: Mapping[str, str], circumstances: Collection[str]) -> Decision:
    """Decide whether answers are of the landlord's set of questions (clause 3.3.5)."""
    for question, value in answers.items():
        asked = scheme.questions.get(question)
        if asked is None:
            return Decision.no(f"{scheme.whole.name} has no question {question}.", clause="3.3.5")
        if value not in asked.points and value not in NonAnswer.values:
            return Decision.no(f"Question {question} does not offer that answer.", clause="3.3.5")
    if set(circumstances) - set(scheme.circumstances):
        return Decision.no("There is no such circumstance.", clause="3.3.5")
    return Decision.yes(clause="3.3.5")


@guard("3.3.5", "an answer that nobody gave")
def may_name_who_answered(answerers: Collection[str]) -> Decision:
    """Decide whether every answer says who gave it (clause 3.3.5)."""
    if set(answerers) - set(Answerer.values):
        return Decision.no("Say who answered.", clause="3.3.5")
    return Decision.yes(clause="3.3.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an assessment stands when somebody judges it: its bands then, and what holds now."""

    weighed: Band
    now: Band
    least: Band
    is_latest: bool
    is_incomplete: bool
    assessed_by: int
    caseworker: int | None


@guard("3.3.5", "a band is lowered by the officer, without reasons, by more than one, or below its floor or override")
def may_judge(by: Viewer, to: Band, standing: Standing, *, reasons: str, lowered_by: Collection[str]) -> Decision:
    """Decide whether somebody may set another band by professional judgement (clause 3.3.5).

    Raising is free to whoever works on the case. Lowering takes a manager who neither assessed it nor has the case,
    reasons, one band at most, and never goes below the floor or an override that holds.
    """
    if not standing.is_latest:
        return Decision.no("There is a newer assessment.", clause="3.3.5", remedy="Judge the latest one.")
    if to is standing.now:
        return Decision.no(f"It is {to} already.", clause="3.3.5")
    if to.severity > standing.now.severity:
        return Decision.yes(clause="3.3.5")
    return _may_lower(by, to, standing, reasons, lowered_by)


def _may_lower(by: Viewer, to: Band, standing: Standing, reasons: str, lowered_by: Collection[str]) -> Decision:
    if not by.has(*lowered_by) or by.id in (standing.assessed_by, standing.caseworker):
        return Decision.no(
            "A band is lowered by a manager who neither assessed it nor has the case.",
            clause="3.3.5",
            remedy="Ask another manager.",
        )
    if standing.is_incomplete:
        return Decision.no(
            "Too many questions are open to lower it.", clause="3.3.5", remedy="Ask them in a new assessment."
        )
    if to.severity < standing.least.severity:
        return Decision.no(
            f"The floor, or something that overrides the score, keeps it at {standing.least} or above.",
            clause="3.3.5",
            remedy="Where that has changed, assess again.",
        )
    if to.severity < max(one_lower(standing.now).severity, one_lower(standing.weighed).severity):
        return Decision.no("A band is lowered by one at most.", clause="3.3.5", remedy="Assess again.")
    if not reasons.strip():
        return Decision.no("Lowering a band needs reasons.", clause="3.3.5", remedy="Write what it rests on.")
    return Decision.yes(clause="3.3.5")


@guard("3.4.5", "somebody is looked at as responsible who is not in the case as that, or by words that there are not")
def may_look_at(said: Mapping[str, str], *, is_responsible: bool) -> Decision:
    """Decide whether the life of the person responsible (alleged) may be looked at in this way (clause 3.4.5)."""
    if not is_responsible:
        return Decision.no(
            "This is about somebody who may be responsible in the case.",
            clause="3.4.5",
            remedy="Add them to the case as the person responsible (alleged).",
        )
    if set(said) - set(Factor.values) or set(said.values()) - set(Said.values):
        return Decision.no("There is no such answer.", clause="3.4.5")
    return Decision.yes(clause="3.4.5")
