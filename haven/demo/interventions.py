"""What the invented staff do about conduct: steps in every state, one refused at the gate, one waiting for a manager."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from haven.accounts.models import Staff
from haven.cases.actions import add_person
from haven.cases.choices import CaseState, Part, Restriction
from haven.cases.models import Case, CasePerson
from haven.homes.models import AgreementClause, Tenancy
from haven.interventions import actions
from haven.interventions.letters.content import HEADINGS
from haven.interventions.models import Intervention
from haven.interventions.queries import check_of
from haven.kernel.decision import Refused
from haven.people.models import Occupancy, Person
from haven.policy.pack import pack
from haven.risk.actions import Answered, AssessmentTold, look_at_subject, record_assessment
from haven.risk.rules import scheme

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OLDEST = timedelta(days=12)
WORDS = {
    "opening": "We are writing because of how you have behaved towards other people where you live.",
    "conduct": "You have shouted abuse at people because of who they are, more than once, and in front of children.",
    "change": "You, the people you live with and those who visit you must not insult, threaten or frighten anybody.",
    "consequences": "If this goes on, we may ask the court for an injunction, or to end your right to live in your home.",
    "support": "If something in your life makes this hard for you, please tell us. We can help you to find support.",
    "reply": "You can tell us your side. Please write, telephone or ask us to meet you within 14 days.",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A case in which something is done, who does it, and when the first step is taken."""

    case: Case
    harmed: list[Person]
    subject: Person
    tenancy: Tenancy
    worker: Staff
    manager: Staff
    at: datetime


def take_steps(cases: Iterable[Case], managers: Callable[[Case], Staff], until: datetime) -> None:
    """Let steps be taken in some open cases, each come another way along the gate."""
    plans = (_with_a_leak, _refused, _live, _waiting, _breached, _begun)
    scenes = (scene for case in cases if (scene := _scene(case, managers, until)) is not None)
    for plan, scene in zip((*plans, *plans), scenes, strict=False):
        plan(scene)


def _scene(case: Case, managers: Callable[[Case], Staff], until: datetime) -> Scene | None:
    case.refresh_from_db()
    rows = CasePerson.objects.filter(case=case, part=Part.HARMED, until=None).select_related("person__sealing_key")
    harmed = [row.person for row in rows.order_by("pk")]
    fits = case.state == CaseState.OPEN and case.restriction == Restriction.TEAM and case.caseworker and case.home
    if not (fits and harmed and case.opened_at < until - OLDEST):
        return None
    tenancy = _near(case)
    subject = _tenant(tenancy) if tenancy else None
    if case.caseworker is None or tenancy is None or subject is None:
        return None
    at = until - OLDEST + HOUR
    add_person(case=case, person=subject, part=Part.RESPONSIBLE, by=case.caseworker, at=at)
    return Scene(case, harmed, subject, tenancy, case.caseworker, managers(case), at + HOUR)


def _near(case: Case) -> Tenancy | None:
    """Return a tenancy at another door of the same street, or of the same town where nobody else lives in the street."""
    home = case.home
    if home is None:
        return None
    town = Tenancy.objects.filter(property__town=home.town, ends_on=None).exclude(property=home)
    near = town.select_related("property", "agreement").order_by("pk")
    return near.filter(property__street=home.street).first() or near.first()


def _tenant(tenancy: Tenancy) -> Person | None:
    lives = Occupancy.objects.filter(tenancy=tenancy, part__in=("tenant", "leaseholder"), to_on=None)
    row = lives.select_related("person__sealing_key").order_by("pk").first()
    return row.person if row else None


def _propose(scene: Scene, tool: str = "FIRST_WARNING") -> Intervention:
    purpose = "So that it stops. A letter says clearly what must not happen again, and offers help."
    return actions.propose(
        case=scene.case, subject=scene.subject, tool=tool, purpose=purpose, by=scene.worker, at=scene.at
    )


def _ask_everybody(scene: Scene, step: Intervention) -> None:
    at = scene.at + DAY
    for person in scene.harmed:
        asked = actions.Asked(
            asked_at=at - HOUR, how="telephone", view="agrees", wishes="I want it to stop, and not to be named.",
            fears="That they find out it was me.", weighed="The letter names nobody, no door and no day.",
        )  # fmt: skip
        actions.record_consultation(intervention=step, person=person, asked=asked, by=scene.worker, at=at)


def _prepare(scene: Scene, step: Intervention, *, conduct: str = "") -> None:
    """Meet everything but approval, over two days."""
    _ask_everybody(scene, step)
    worker, at = scene.worker, scene.at + 2 * DAY
    for person in scene.harmed:
        answers = {pk: Answered(value=question.options[0].code) for pk, question in scheme().questions.items()}
        record_assessment(case=scene.case, told=AssessmentTold(person=person, answers=answers), by=worker, at=at)
    actions.review_risk(
        intervention=step, may_do="They may guess who spoke with us.", measures="A spy hole, an alarm, and a call the same night.",
        in_place_at=at, by=worker, at=at + HOUR,
    )  # fmt: skip
    actions.choose_evidence(
        intervention=step, kinds=["witness", "recording"], why="Two people heard it, and it is on a recording.", by=worker,
        at=at + HOUR,
    )  # fmt: skip
    look_at_subject(case=scene.case, person=scene.subject, said={"housing_risk": "yes"}, by=worker, at=at + HOUR)
    actions.record_hearing(
        intervention=step, result="heard", words="Says that it was meant as a joke.", by=worker, at=at + 2 * HOUR
    )
    actions.consider_support(
        intervention=step, is_offered=True, kinds=["education"], words="Offered a course; will think about it.", by=worker,
        at=at + 2 * HOUR,
    )  # fmt: skip
    actions.find_tenure(intervention=step, tenancy=scene.tenancy, link="tenant", by=worker, at=at + 3 * HOUR)
    draft = actions.Draft(
        parts={**{part: WORDS[part] for part in HEADINGS}, **({"conduct": conduct} if conduct else {})},
        clauses=list(AgreementClause.objects.filter(agreement=scene.tenancy.agreement).order_by("number")[:1]),
        agreed_language="Said on the telephone that English is best.",
    )
    actions.write_letter(intervention=step, draft=draft, seen=0, by=worker, at=at + 4 * HOUR)
    actions.ask_for_approval(intervention=step, by=worker, at=at + 5 * HOUR)


def _waiting(scene: Scene) -> None:
    """A letter that waits for somebody's approval."""
    _prepare(scene, _propose(scene, "FINAL_WARNING"))


def _with_a_leak(scene: Scene) -> None:
    """A letter in which the shield found something; whoever approves it will see."""
    home = scene.case.home
    door = (home.saon or f"number {home.paon}") if home else "the next door"
    name = (scene.harmed[0].name or "them").split()[0]
    leak = f"You did so again at {door}, and told {name} to go."
    _prepare(scene, _propose(scene), conduct=f"{WORDS['conduct']} {leak}")


def _live(scene: Scene) -> Intervention:
    """A letter that was served and counts."""
    step = _propose(scene)
    _prepare(scene, step)
    step.refresh_from_db()
    at = scene.at + 4 * DAY
    if check := check_of(step):
        reason = "A word that anybody would use."
        for number in range(check.found):
            actions.clear_found(intervention=step, check=check, number=number, reason=reason, by=scene.manager, at=at)
    actions.approve(intervention=step, text_hash=step.text_hash, by=scene.manager, at=at + HOUR / 2)
    for person in scene.harmed:
        actions.tell_before(
            intervention=step, person=person, told_at=at, words="By telephone; knows whom to ring tonight.", by=scene.worker,
            at=at + HOUR,
        )  # fmt: skip
    actions.record_service(intervention=step, how="by_hand", served_at=at + 2 * HOUR, by=scene.worker, at=at + 2 * HOUR)
    return step


def _breached(scene: Scene) -> None:
    """A letter after which it happened again."""
    step = _live(scene)
    actions.record_outcome(
        intervention=step, kind="repeated", words="Shouted again, four days later.", by=scene.worker, at=scene.at + 8 * DAY
    )


def _refused(scene: Scene) -> None:
    """A letter that somebody wanted to have out before anybody was asked, and mediation that is not offered."""
    step = _propose(scene)
    late = scene.at + DAY
    with suppress(Refused):
        actions.record_service(intervention=step, how="first_class", served_at=late, by=scene.worker, at=late)
    if "MEDIATION" in pack().tools:
        with suppress(Refused):
            _propose(scene, "MEDIATION")


def _begun(scene: Scene) -> None:
    """A step about which everybody harmed was asked, and no more yet."""
    _ask_everybody(scene, _propose(scene))
