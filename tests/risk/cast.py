"""A case with a family in it, and answers about how great the danger to them is."""

from __future__ import annotations

from haven.accounts.models import Staff
from haven.cases.models import Case, CasePerson
from haven.people.models import Person
from haven.risk import actions
from haven.risk.actions import Answered, AssessmentTold
from haven.risk.models import Assessment
from haven.risk.rules import scheme
from tests.cases import cast


def options(**points: int) -> dict[str, str]:
    """The options that score so many points; every other question scores none."""
    return {
        pk: next(code for code, scored in question.points.items() if scored == points.get(pk, 0))
        for pk, question in scheme().questions.items()
    }


def told(person: Person | None = None, *, circumstances=(), without=(), note: str = "", **points: int) -> AssessmentTold:
    """An assessment in which these questions score so many points; `without` are not answered at all."""
    answers = {
        pk: Answered(value=value, note=note if pk == "A1" else "")
        for pk, value in options(**points).items()
        if pk not in without
    }
    about = "person" if person else "household"
    return AssessmentTold(about=about, person=person, answers=answers, circumstances=circumstances)


def case(worker: Staff, **more) -> Case:
    """A case at a home, with a mother, her child and a neighbour."""
    given = {"home": cast.home(), "responsible": ("Dean Hall",), "incident_types": ("VERBAL",), **more}
    opened = cast.case(by=worker, team_=worker.team, caseworker=worker, reporter="Amina Yusuf", **given)
    add(opened, cast.person("Sami Yusuf", origin="told"), "harmed")
    return opened


def add(case: Case, person: Person, part: str) -> Person:
    CasePerson.objects.create(case=case, person=person, part=part, since=cast.AT)
    return person


def mother(case: Case) -> Person:
    return case.people.filter(part="harmed").order_by("pk").first().person


def child(case: Case) -> Person:
    return case.people.filter(part="harmed").order_by("pk").last().person


def alleged(case: Case) -> Person:
    return case.people.get(part="responsible").person


def assess(case: Case, by: Staff, told_: AssessmentTold | None = None, *, at=cast.AT) -> Assessment:
    return actions.record_assessment(case=case, told=told_ or told(mother(case)), by=by, at=at)
