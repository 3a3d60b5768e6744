"""Assessing risk, judging a band, and looking at the person responsible; each adds and none changes what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from haven.accounts.models import Staff
from haven.cases.access.repeats import repeats_for
from haven.cases.actions.allocating import saved, seen_case
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson
from haven.cases.queries.facts import viewer_of
from haven.cases.rules import casework
from haven.kernel.action import action, note, touch
from haven.kernel.decision import Decision, require
from haven.people.models import Person
from haven.policy import working_days
from haven.policy.bands import Band
from haven.policy.pack import pack
from haven.reports.actions.alarms import ring
from haven.reports.models import Report
from haven.risk import rules
from haven.risk.choices import About, Answerer, Factor, NonAnswer, Said
from haven.risk.models import Answer, Assessment, Judgement, SubjectLook
from haven.risk.queries import highest_band, known_of_case, latest_of, least_today, standing_of
from haven.risk.rules import Circumstances, Scheme, Weighed, explanation, scheme, weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer: an option's code or why there is none, who gave it, and a note."""

    value: str = NonAnswer.NOT_ASKED
    answered_by: str = Answerer.PERSON
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentTold:
    """What an assessment is made of; a question that is not there was not asked."""

    about: str = About.PERSON
    person: Person | None = None
    answers: Mapping[str, Answered] = field(default_factory=dict)
    circumstances: Sequence[str] = ()

    @property
    def values(self) -> dict[str, str]:
        """Return the bare answers."""
        return {question: each.value for question, each in self.answers.items()}


@action("risk.assessed")
def record_assessment(*, case: Case, told: AssessmentTold, by: Staff, at: datetime) -> Assessment:
    """Sign an assessment of a person harmed or a household; earlier ones stay as they were (3.3.1, 3.3.5).

    Raises Refused on a closed case, for somebody who is not harmed in it, and for answers that are not of the set.
    """
    locked = _open_case(case, by)
    before = highest_band(locked)
    _require_told(locked, told)
    asked = scheme()
    known = circumstances_of(locked, told.circumstances, by=by, at=at)
    weighed = weigh(asked, told.values, known)
    made = _assessment(locked, told, asked, known, weighed, by, at)
    Answer.objects.bulk_create(_answers(made, told, asked))
    note(about=made.about, person=made.person_id, number=made.number, band=made.band, score=made.score)
    touch(_shown(locked))
    _ring_where_critical(locked, before, at)
    return made


def circumstances_of(case: Case, ticked: Sequence[str], *, by: Staff, at: datetime) -> Circumstances:
    """Return what holds beside the answers: what the record says as far as `by` sees it, and what was ticked."""
    repeats = [each.rule.code for each in repeats_for(by, case, at=at)]
    known = known_of_case(case, scheme(), repeats)
    return Circumstances(codes=known.codes | frozenset(ticked), is_hate=known.is_hate)


def _require_told(case: Case, told: AssessmentTold) -> None:
    """Refuse what cannot be assessed, and answers that nobody was offered."""
    person = told.person if told.about == About.PERSON else None
    harmed = person is not None and _is_in(case, person, Part.HARMED)
    require(rules.may_be_assessed(told.about, is_harmed=harmed, has_home=case.home_id is not None))
    require(rules.may_answer(scheme(), told.values, told.circumstances))
    require(rules.may_name_who_answered([each.answered_by for each in told.answers.values()]))


def _is_in(case: Case, person: Person, part: Part) -> bool:
    return CasePerson.objects.filter(case=case, person=person, part=part, until=None).exists()


def _assessment(
    case: Case,
    told: AssessmentTold,
    asked: Scheme,
    known: Circumstances,
    weighed: Weighed,
    by: Staff,
    at: datetime,
) -> Assessment:
    """Save what it came to, as the next of its person or household; part of signing it."""
    person = told.person if told.about == About.PERSON else None
    home = case.home if told.about == About.HOUSEHOLD else None
    before = latest_of(case, person=person.pk if person else None, home=home.pk if home else None)
    return Assessment.objects.create(
        case=case,
        about=told.about,
        person=person,
        home=home,
        number=before.number + 1 if before else 1,
        by=by,
        at=at,
        questions=asked.whole.name,
        score=weighed.score,
        score_band=weighed.score_band,
        provisional_band=weighed.provisional_band,
        floor=weighed.floor or "",
        override=weighed.override or "",
        band=weighed.band,
        overrides=[each.code for each in weighed.overrides],
        circumstances=sorted(known.codes),
        gaps=list(weighed.gaps),
        is_incomplete=weighed.is_incomplete,
        explanation=list(explanation(weighed)),
        policy_version=pack().policy.version,
        pack_fingerprint=pack().fingerprint,
    )


def _answers(assessment: Assessment, told: AssessmentTold, asked: Scheme) -> list[Answer]:
    """Return a row for every question of the set, asked or not."""
    rows = []
    for pk, question in asked.questions.items():
        said = told.answers.get(pk, Answered(answered_by=Answerer.OFFICER))
        rows.append(
            Answer(
                assessment=assessment,
                question=pk,
                value=said.value,
                points=rules.points_of(question, said.value),
                answered_by=said.answered_by,
                note=said.note.strip() or None,
            )
        )
    return rows


@action("risk.judged")
def judge_band(*, assessment: Assessment, band: str, reasons: str = "", by: Staff, at: datetime) -> Judgement:
    """Raise or lower the band of the latest assessment by professional judgement, with reasons (3.3.5).

    Raises Refused for lowering by the officer, by more than one band, or below the floor or an override that holds.
    """
    case = _open_case(assessment.case, by)
    highest = highest_band(case)
    require(_is_band(band))
    known = circumstances_of(case, (), by=by, at=at)
    standing = standing_of(assessment, case, least=least_today(assessment, known, scheme()))
    lowered_by = scheme().whole.lowered_by
    require(rules.may_judge(viewer_of(by), Band(band), standing, reasons=reasons, lowered_by=lowered_by))
    note(assessment=assessment.pk, before=standing.now, band=band)
    judged = Judgement.objects.create(
        assessment=assessment, before=standing.now, band=band, reasons=reasons.strip() or None, by=by, at=at
    )
    touch(_shown(case))
    _ring_where_critical(case, highest, at)
    return judged


def _ring_where_critical(case: Case, before: Band | None, at: datetime) -> None:
    """Ring the alarm where somebody in a case is found to be in critical danger and nobody was (DOMAIN 3.4).

    The same alarm as when danger is reported: whoever is on call is told of it, and managers after them.
    """
    if before is Band.CRITICAL or highest_band(case) is not Band.CRITICAL:
        return
    first = Report.objects.filter(case_links__case=case).order_by("received_at", "pk").first()
    if first is not None and not first.alarms.filter(taken_at=None).exists():
        touch(ring(first, out_of_hours=not working_days.is_office_hours(at), at=at))


def _shown(case: Case) -> Case:
    """Let lists show a case by the highest band of anybody in it; shared by assessing and judging."""
    highest = highest_band(case)
    case.urgency = rules.urgency_of(highest) if highest else case.urgency
    return saved(case, "urgency")


def _is_band(band: str) -> Decision:
    if band not in list(Band):
        return Decision.no("There is no such band.", clause="3.3.5")
    return Decision.yes(clause="3.3.5")


@action("risk.subject_looked_at")
def look_at_subject(
    *, case: Case, person: Person, said: Mapping[str, str], remarks: str = "", by: Staff, at: datetime
) -> SubjectLook:
    """Record what is known of the life of the person responsible (alleged), without a score (3.4.4, 3.4.5).

    It leads to offers of help and to proportionate steps; it never delays protection.
    """
    locked = _open_case(case, by)
    require(rules.may_look_at(said, is_responsible=_is_in(locked, person, Part.RESPONSIBLE)))
    note(person=person.pk)
    touch(locked)
    whole = {factor: said.get(factor, Said.NOT_KNOWN.value) for factor in Factor.values}
    return SubjectLook.objects.create(
        case=locked, person=person, said=whole, note=remarks.strip() or None, by=by, at=at
    )


def _open_case(case: Case, by: Staff) -> Case:
    """Return the locked case if `by` may work on it; shared by the acts of this part."""
    locked = seen_case(case, by)
    require(casework.may_work_on(viewer_of(by), is_open=locked.is_open))
    return locked
