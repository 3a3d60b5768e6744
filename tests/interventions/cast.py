"""A case with a person harmed and a tenant responsible, and each condition of the gate met in turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from haven.accounts.models import Staff
from haven.cases.models import Case, Incident
from haven.homes.models import AgreementClause, AgreementVersion, Tenancy
from haven.interventions import actions
from haven.interventions.letters.content import HEADINGS
from haven.interventions.models import Intervention
from haven.interventions.queries import latest_letter
from haven.interventions.rules.recording import QUESTIONS
from haven.people.models import Needs, Occupancy, Person
from tests.cases import cast as people
from tests.risk import cast as risk

AT = people.AT
HOUR, DAY = people.HOUR, people.DAY
ACCOUNT = "He banged on my door with a samovar and shouted go back where you came from, every single night."
NIGHT = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)
WORDS = {
    "opening": "We are writing because of how you have behaved towards other people where you live.",
    "conduct": "You have shouted abuse at people because of who they are, and you have hit doors.",
    "change": "You must not shout at, threaten or insult anybody, nor damage any door.",
    "consequences": "If this goes on, we may ask a court for an order, or to end your right to live in your home.",
    "support": "If something makes this hard for you, tell us. We can help you to find support.",
    "reply": "You can tell us your side, in writing, by telephone or in person, within 14 days.",
}


def tenancy(home, *, code: str = "AST-2012", part: str = "tenant", name: str = "Dean Hall", person: Person | None = None):
    """A home let under a version of the agreement with a clause on behaviour."""
    version, is_new = AgreementVersion.objects.get_or_create(
        code=code, defaults={"regime": "SOCIAL_ASSURED_OLD", "title": "Tenancy agreement", "in_use_from": "2012-04-01"}
    )
    if is_new:
        AgreementClause.objects.create(
            agreement=version, number="4.2", heading="Respect for other people",
            words="You, your household and your visitors must not harass, threaten or attack any person.", is_behaviour=True,
        )  # fmt: skip
    let = Tenancy.objects.create(property=home, regime=version.regime, agreement=version, starts_on="2015-01-01")
    who = person or people.person(name)
    Occupancy.objects.create(tenancy=let, person=who, part=part, from_on="2015-01-01")
    return let


def case(worker: Staff, **more) -> Case:
    """A woman at home, told at night; the man responsible is the tenant of another home of ours."""
    home = people.home(street="Larch Road", paon="24", postcode="ZZ1 4ST")
    given = {"home": home, "responsible": ("Dean Hall",), "incident_types": ("VERBAL",), "account": ACCOUNT, **more}
    opened = people.case(by=worker, team_=worker.team, caseworker=worker, reporter="Amina Yusuf", **given)
    Incident.objects.filter(case=opened).update(happened_from=NIGHT, when_known="exact")
    tenancy(people.home(street="Birch Way", paon="7", postcode="ZZ1 1AA"), person=subject(opened))
    return opened


def mother(case: Case) -> Person:
    return risk.mother(case)


def subject(case: Case) -> Person:
    return risk.alleged(case)


def tenancy_of(case: Case) -> Tenancy:
    return Tenancy.objects.get(occupancies__person=subject(case))


def propose(case: Case, by: Staff, tool: str = "FIRST_WARNING", *, at=AT + HOUR, **more) -> Intervention:
    given = {"purpose": "So that it stops; a letter says clearly what must not happen again.", **more}
    return actions.propose(case=case, subject=subject(case), tool=tool, by=by, at=at, **given)


def asked(view: str = "agrees", at=AT + HOUR, **more) -> actions.Asked:
    said = {"wishes": "It must stop.", "fears": "That he finds out.", "weighed": "The letter names nobody.", **more}
    return actions.Asked(asked_at=at, how="telephone", view=view, **said)


def consult(step: Intervention, by: Staff, *, at=AT + 2 * HOUR, view: str = "agrees", person: Person | None = None):
    return actions.record_consultation(
        intervention=step, person=person or mother(step.case), asked=asked(view, at - timedelta(minutes=5)), by=by, at=at
    )


def reassess(step: Intervention, by: Staff, *, at=AT + 3 * HOUR):
    for each in step.case.people.filter(part="harmed", until=None):
        risk.assess(step.case, by, risk.told(each.person), at=at)


def review(step: Intervention, by: Staff, *, at=AT + 4 * HOUR, in_place=True):
    return actions.review_risk(
        intervention=step, may_do="He may guess.", measures="A new lock and an alarm.",
        in_place_at=at - HOUR if in_place else None, by=by, at=at,
    )  # fmt: skip


def evidence(step: Intervention, by: Staff, *kinds: str, at=AT + 5 * HOUR):
    return actions.choose_evidence(
        intervention=step, kinds=kinds or ("recording", "witness"), why="Two people and a recording.", by=by, at=at
    )


def weigh(step: Intervention, by: Staff, *, at=AT + 5 * HOUR, is_proportionate=True):
    said = dict.fromkeys(QUESTIONS, "Looked at; see the file.")
    return actions.assess_proportionality(
        intervention=step, said=said, is_proportionate=is_proportionate, by=by, at=at
    )


def hear(step: Intervention, by: Staff, result: str = "heard", *, at=AT + 6 * HOUR):
    return actions.record_hearing(intervention=step, result=result, words="He says that it was a joke.", by=by, at=at)


def support(step: Intervention, by: Staff, *, at=AT + 7 * HOUR):
    return actions.consider_support(
        intervention=step, is_offered=True, kinds=["education"], words="Offered a course; he will think about it.", by=by, at=at
    )


def tenure(step: Intervention, by: Staff, *, at=AT + 8 * HOUR, link="tenant", let: Tenancy | None = None, words=""):
    return actions.find_tenure(
        intervention=step, tenancy=let or tenancy_of(step.case), link=link, words=words, by=by, at=at
    )


def clauses(let: Tenancy):
    return list(AgreementClause.objects.filter(agreement=let.agreement).order_by("number"))


def draft(step: Intervention, **more) -> actions.Draft:
    parts = {**WORDS, **{name: more.pop(name) for name in list(more) if name in HEADINGS}}
    given = {"clauses": clauses(tenancy_of(step.case)), **more}
    return actions.Draft(parts=parts, **given)


def write(step: Intervention, by: Staff, *, at=AT + 9 * HOUR, seen: int | None = None, **more):
    before = latest_letter(step)
    number = seen if seen is not None else before.number if before else 0
    return actions.write_letter(intervention=step, draft=draft(step, **more), seen=number, by=by, at=at)


def ask(step: Intervention, by: Staff, *, at=AT + 10 * HOUR):
    return actions.ask_for_approval(intervention=step, by=by, at=at)


def approve(step: Intervention, by: Staff, *, at=AT + 11 * HOUR):
    step.refresh_from_db()
    return actions.approve(intervention=step, text_hash=step.text_hash, by=by, at=at)


def tell(step: Intervention, by: Staff, *, at=AT + 12 * HOUR, person: Person | None = None, told=True):
    return actions.tell_before(
        intervention=step, person=person or mother(step.case), told_at=at - timedelta(minutes=5) if told else None,
        words="By telephone; she knows that it goes out tonight.", by=by, at=at,
    )  # fmt: skip


def serve(step: Intervention, by: Staff, *, at=AT + 13 * HOUR, served_at=None, how="by_hand"):
    return actions.record_service(intervention=step, how=how, served_at=served_at or at, by=by, at=at)


READY = (consult, reassess, review, evidence, hear, support, tenure, write)


def ready(case: Case, worker: Staff, tool: str = "FIRST_WARNING", *, without=(), **more) -> Intervention:
    """A step for which everything is there but approval and telling the person harmed."""
    step = propose(case, worker, tool, **more)
    for each in READY:
        if each not in without:
            each(step, worker)
    step.refresh_from_db()
    return step


def approved(case: Case, worker: Staff, other: Staff, **more) -> Intervention:
    """A step that may be carried out."""
    step = ready(case, worker, **more)
    ask(step, worker)
    approve(step, other)
    tell(step, worker)
    step.refresh_from_db()
    return step


def served(case: Case, worker: Staff, other: Staff, **more) -> Intervention:
    step = approved(case, worker, other, **more)
    serve(step, worker)
    step.refresh_from_db()
    return step


def reads(person: Person, language: str):
    return Needs.objects.create(person=person, at=AT, written=language)
