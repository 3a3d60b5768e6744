"""Reads of interventions without a viewer: for the gate, for lists of what waits, and for duties and closing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson
from haven.confidentiality.models import Check
from haven.confidentiality.queries import latest_check
from haven.confidentiality.shield import VERSION
from haven.interventions.choices import DONE, Danger, Evidence, Hearing, Side, State, View
from haven.interventions.models import Intervention, Letter, TenureFound
from haven.interventions.rules import RANKS, Gate, ToolFacts, facts
from haven.people.models import Occupancy, Person
from haven.people.queries import latest_needs
from haven.policy.pack import pack
from haven.risk.choices import Factor, Said
from haven.risk.models import Assessment, SubjectLook

VULNERABLE = frozenset({
    Factor.DISABILITY.value, Factor.MENTAL_HEALTH.value, Factor.SUBSTANCE_USE.value, Factor.AGE.value,
    Factor.CARE_NEEDS.value, Factor.COMMUNICATION.value, Factor.DOMESTIC_ABUSE.value,
})  # fmt: skip
"""What in somebody's life asks for a look at equality and proportionality (DOMAIN.md 6.1, 6.5)."""

ONE = Coalesce("person__same_as", "person")
"""The id under which every record of one person is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """That an intervention was proposed, carried out or ended, for duties and closing."""

    intervention: int
    tool: str
    what: str
    at: datetime
    ended_as: str = ""


def open_in(case: Case) -> QuerySet[Intervention]:
    """Return the interventions of a case that have not ended: prepared, waiting, or live (3.5.2)."""
    return Intervention.objects.filter(case=case).exclude(state=State.ENDED).order_by("pk")


def waiting_for_approval(cases: QuerySet[Case]) -> QuerySet[Intervention]:
    """Return what waits for approval in these cases, longest first; hand in `cases.access.doors.visible_cases(viewer)`."""
    rows = Intervention.objects.filter(waiting_since__isnull=False, case__in=cases)
    return rows.select_related("case", "proposed_by", "asked_by").order_by("waiting_since", "pk")


def events_of(case: Case) -> list[Event]:
    """Return when each intervention of a case was proposed, carried out and ended, in the order of time."""
    found: list[Event] = []
    for each in Intervention.objects.filter(case=case).defer("purpose", "asked_words"):
        found.append(Event(intervention=each.pk, tool=each.tool, what="proposed", at=each.proposed_at))
        if each.executed_at:
            found.append(Event(intervention=each.pk, tool=each.tool, what="executed", at=each.executed_at))
        if each.ended_at:
            over = Event(intervention=each.pk, tool=each.tool, what="ended", at=each.ended_at, ended_as=each.ended_as)
            found.append(over)
    return sorted(found, key=lambda event: (event.at, event.intervention))


def consulted_at(case: Case) -> datetime | None:
    """Return when everybody harmed in a case had first been consulted about one of its interventions (3.5.1, 3.5.2)."""
    harmed = set(harmed_in(case))
    times = []
    for each in Intervention.objects.filter(case=case).prefetch_related("consultations__person"):
        asked = {row.person.one_person: row.at for row in sorted(each.consultations.all(), key=lambda row: row.at, reverse=True)}
        if harmed and harmed <= set(asked):
            times.append(max(asked[person] for person in harmed))
    return min(times, default=None)


def has_carried_out(case: Case) -> bool:
    """Say whether anything was carried out in a case and counts still or has ended; what nobody took up is no step."""
    return Intervention.objects.filter(Q(state__in=DONE) | Q(state=State.ENDED, executed_at__isnull=False), case=case).exists()


def harmed_in(case: Case) -> list[int]:
    """Return who is harmed in a case now; records that were confirmed to be one person count once, under one id."""
    rows = CasePerson.objects.filter(case=case, part=Part.HARMED, until=None).annotate(one=ONE)
    return list(dict.fromkeys(rows.order_by("pk").values_list("one", flat=True)))


def is_vulnerable(case: Case, subject: Person) -> bool:
    """Say whether the person responsible is or may be disabled, a child, or otherwise vulnerable (DOMAIN.md 6.1)."""
    looks = SubjectLook.objects.filter(case=case, person=subject).select_related("person__sealing_key")
    look = looks.order_by("-at", "-pk").first()
    if look is not None and any(look.said.get(factor) == Said.YES for factor in VULNERABLE):
        return True
    return Occupancy.objects.filter(person=subject, part="child", to_on=None).exists()


def latest_letter(intervention: Intervention) -> Letter | None:
    """Return the letter as it was written last."""
    rows = Letter.objects.filter(intervention=intervention).select_related("by", "intervention__case__sealing_key")
    return rows.prefetch_related("clauses").order_by("-number").first()


def latest_tenure(intervention: Intervention) -> TenureFound | None:
    """Return the tenancy that the step rests on."""
    rows = TenureFound.objects.filter(intervention=intervention)
    related = rows.select_related("tenancy__property", "agreement", "by", "intervention__case__sealing_key")
    return related.prefetch_related("recipients__sealing_key").order_by("-at", "-pk").first()


def check_of(intervention: Intervention) -> Check | None:
    """Return the shield's look at the letter as it is, or at its version before where it was changed since."""
    if not intervention.text_hash:
        return None
    if now := latest_check(intervention.case, intervention.text_hash):
        return now
    before = Letter.objects.filter(intervention=intervention).exclude(text_hash=intervention.text_hash)
    hashes = before.order_by("-number").values_list("text_hash", flat=True)
    return next((found for each in hashes if (found := latest_check(intervention.case, each))), None)


def open_findings(check: Check) -> int:
    """Return how many findings of a check nobody has cleared."""
    return check.found - len(check.clearings.all())


def tool_facts(intervention: Intervention) -> ToolFacts:
    """Return what the landlord says of a tool, as it was when the step was proposed where that decides."""
    tool = pack().tools.get(intervention.tool)
    return ToolFacts(
        label=tool.label if tool else intervention.tool,
        is_voluntary=tool.kind == "voluntary" if tool else not intervention.has_letter,
        is_legal=intervention.is_legal,
        has_letter=intervention.has_letter,
        rests_on_agreement=intervention.rests_on_agreement,
        rank=RANKS[tool.approved_by] if tool else max(RANKS.values()),
        proportionality_lasts=timedelta(days=pack().gate.proportionality_days),
    )


def gate_of(intervention: Intervention, at: datetime) -> Gate:
    """Return everything that stands between an intervention and the act, as it is at one moment."""
    case, rows = intervention.case, intervention
    letter, tenure = latest_letter(rows), latest_tenure(rows)
    reviewed = rows.riskreviews.order_by("-at", "-pk").first()
    chosen = rows.evidencechosens.order_by("-at", "-pk").first()
    weighed = rows.proportionalitys.order_by("-at", "-pk").first()
    heard = rows.hearinghelds.order_by("-at", "-pk").first()
    supported = rows.supportconsidereds.order_by("-at", "-pk").first()
    screened = rows.screenings.order_by("-at", "-pk").first()
    return Gate(
        at=at,
        tool=tool_facts(rows),
        proposed_at=rows.proposed_at,
        proposed_by=rows.proposed_by_id,
        harmed=frozenset(harmed_in(case)),
        needs_proportionality=is_vulnerable(case, rows.subject),
        consulted=tuple(
            facts.Consulted(person=each.person.one_person, asked_at=each.asked_at, at=each.at, view=View(each.view))
            for each in rows.consultations.select_related("person").order_by("at", "pk")
        ),
        overridden=tuple(
            facts.Overridden(person=each.person.one_person, told_at=each.told_at, at=each.at)
            for each in rows.againstwishess.select_related("person")
        ),
        assessed=tuple(_assessed(case, rows.proposed_at)),
        reviewed=facts.Reviewed(at=reviewed.at, in_place_at=reviewed.in_place_at) if reviewed else None,
        evidence=facts.Chosen(at=chosen.at, kinds=frozenset(map(Evidence, chosen.kinds))) if chosen else None,
        weighed=facts.Weighed(at=weighed.at, is_proportionate=weighed.is_proportionate) if weighed else None,
        heard=facts.Heard(at=heard.at, result=Hearing(heard.result)) if heard else None,
        supported_at=supported.at if supported else None,
        screened=facts.Screened(
            at=screened.at,
            dangers=frozenset(map(Danger, screened.dangers)),
            is_trained_in_hate=screened.is_trained_in_hate,
        )
        if screened
        else None,
        consents=tuple(
            facts.Consented(at=each.at, person=each.person_id, side=Side(each.side), agrees=each.agrees)
            for each in rows.consents.all()
        ),
        tenure=_tenure(tenure, case) if tenure else None,
        letter=_written(letter, tenure) if letter else None,
        shield=_shielded(check_of(rows)),
        approved=_approved(rows),
        told=tuple(
            facts.ToldFirst(person=each.person.one_person, at=each.at, told_at=each.told_at)
            for each in rows.toldbefores.select_related("person")
        ),
    )


def _assessed(case: Case, since: datetime) -> Iterable[facts.Assessed]:
    rows = Assessment.objects.filter(case=case, person__isnull=False, at__gt=since).annotate(one=ONE)
    return (facts.Assessed(person=person, at=at) for person, at in rows.values_list("one", "at"))


def _tenure(found: TenureFound, case: Case) -> facts.Tenure:
    tenancy = found.tenancy
    harmed = harmed_in(case)
    shared = Occupancy.objects.filter(Q(person__in=harmed) | Q(person__same_as__in=harmed), tenancy=tenancy, to_on=None)
    return facts.Tenure(
        at=found.at,
        tenancy=tenancy.pk,
        agreement=found.agreement_id,
        is_running=tenancy.ends_on is None,
        agreement_now=tenancy.agreement_id,
        is_shared_with_harmed=shared.exists(),
    )


def _written(letter: Letter, tenure: TenureFound | None) -> facts.Written:
    return facts.Written(
        at=letter.at,
        by=letter.by_id,
        text_hash=letter.text_hash,
        language=letter.language,
        reads=language_read_by(tenure),
        is_agreed_language=letter.agreed_language is not None,
        clause_agreements=frozenset(clause.agreement_id for clause in letter.clauses.all()),
    )


def language_read_by(tenure: TenureFound | None) -> str:
    """Return the language that the recipients read, as they told us; nothing where nobody has asked (3.4.3(c))."""
    if tenure is None:
        return ""
    needs = latest_needs([each.pk for each in tenure.recipients.all()])
    told = [each.written for each in needs.values() if each.written]
    return next((each for each in told if not each.startswith("en")), told[0] if told else "")


def _shielded(check: Check | None) -> facts.Shielded | None:
    if check is None:
        return None
    cleared = [each.at for each in check.clearings.all()]
    return facts.Shielded(
        at=max([check.at, *cleared]),
        text_hash=check.text_hash,
        is_this_shield=check.version == VERSION,
        open_findings=open_findings(check),
    )


def _approved(rows: Intervention) -> facts.Approved | None:
    last = rows.approvals.order_by("-at", "-pk").first()
    if last is None:
        return None
    return facts.Approved(at=last.at, by=last.by_id, rank=last.rank, approves=last.approves, text_hash=last.text_hash)
