"""Rows turned into the frozen facts that duties come from; as many queries for one report as for thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from haven.cases.choices import Outcome, Part
from haven.cases.models import Case, CasePerson, CaseReport
from haven.correspondence.choices import PoliceTalk, Result
from haven.obligations.queries import facts_of_work
from haven.obligations.queries.recorded import Row, rows_about
from haven.obligations.queries.recorded_work import REPORTER
from haven.obligations.rules import (
    AlarmFacts,
    CaseFacts,
    ClosedFacts,
    ContactFacts,
    DecisionFacts,
    DoneFacts,
    MessageFacts,
    PoliceFacts,
    Reach,
    ReportFacts,
    RiskFacts,
    UnreachedFacts,
    WelfareFacts,
)
from haven.people.choices import Method
from haven.people.models import Person
from haven.policy.bands import Band
from haven.policy.pack import pack
from haven.reports.choices import Identity, Role, Scope
from haven.reports.models import Report, ReportPerson
from haven.reports.rules import Weight, starting_band

_REACH = {Method.NONE: Reach.NOT_WANTED, Method.CODE_ONLY: Reach.UNKNOWN, "": Reach.UNKNOWN}
_REPORT = (
    "pk", "received_at", "logged_at", "channel", "role", "identity", "code_hash", "danger", "incident_types",
    "strands", "needs", "urgency", "team_id", "read_by_id", "read_at",
)  # fmt: skip


def reports_touched(subjects: Iterable[Any]) -> set[int]:
    """Return the reports whose duties an act on these subjects may change; three queries at most."""
    touched: dict[str, set[int]] = {"report": set(), "case": set(), "person": set()}
    kinds = {Report: "report", Case: "case", Person: "person"}
    for subject in subjects:
        if kind := kinds.get(type(subject)):
            touched[kind].add(subject.pk)
        for name, pks in touched.items():
            if pk := getattr(subject, f"{name}_id", None):
                pks.add(pk)
    if touched["person"]:
        told = ReportPerson.objects.filter(person__in=touched["person"], part=REPORTER)
        touched["report"].update(told.values_list("report_id", flat=True))
        harmed = CasePerson.objects.filter(person__in=touched["person"], part=Part.HARMED)
        touched["case"].update(harmed.values_list("case_id", flat=True))
    if touched["case"]:
        links = CaseReport.objects.filter(case__in=touched["case"])
        touched["report"].update(links.values_list("report_id", flat=True))
    return touched["report"]


def facts_of(reports: QuerySet[Report]) -> list[ReportFacts]:
    """Return the facts of these reports, in the order of their ids; two queries, three where some are in no case."""
    inside = Exists(CaseReport.objects.filter(report=OuterRef("pk")))
    rows = list(reports.annotate(in_case=inside).order_by("pk").values_list(*_REPORT, "in_case"))
    recorded = defaultdict[int, list[Row]](list)
    for in_cases in (True, False):
        for found in rows_about([row[0] for row in rows if row[-1] is in_cases], in_cases=in_cases):
            recorded[found.report].append(found)
    return [ReportFacts(**_of_report(row[:-1]), **_of_rows(recorded[row[0]])) for row in rows]


def _of_report(row: tuple[Any, ...]) -> dict[str, Any]:
    (pk, received, logged, channel, role, identity, code, danger, types, strands, needs, urgency, team, reader,
     read) = row  # fmt: skip
    return {
        "id": pk,
        "received_at": received,
        "logged_at": logged,
        "channel": channel,
        "from_staff": role == Role.STAFF,
        "is_anonymous": identity == Identity.ANONYMOUS,
        "has_code": code is not None,
        "band": _band(pack().fingerprint, tuple(danger), tuple(types), bool(strands)),
        "needed": _needed(pack().fingerprint, tuple(needs)),
        "urgency": urgency,
        "team": team,
        "reader": reader,
        "read_at": read,
    }


@lru_cache(maxsize=4096)
def _band(fingerprint: str, danger: tuple[str, ...], types: tuple[str, ...], is_hate: bool) -> Band:
    """Return the band by which clocks run until somebody has assessed the danger; kept for each pack."""
    policy = pack()
    least = [policy.danger[code].min_band for code in danger if code in policy.danger]
    bands = [band for band in least if band]
    bands += [policy.incident_types[code].default_min_band for code in types if code in policy.incident_types]
    return starting_band(Weight(bands=tuple(bands), is_hate=is_hate), policy.clocks.unassessed_band)


@lru_cache(maxsize=4096)
def _needed(fingerprint: str, needs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the service standards that meet these needs, each once."""
    policy = pack()
    return tuple(dict.fromkeys(policy.needs[code].standard for code in needs if code in policy.needs))


def _of_rows(rows: list[Row]) -> dict[str, Any]:
    """Return what was recorded about one report, kind by kind."""
    kinds: dict[str, list[Row]] = {kind: list(same) for kind, same in groupby(rows, key=attrgetter("kind"))}
    found: dict[str, Any] = {name: tuple(map(make, kinds.get(kind, ()))) for name, kind, make in _MADE}
    found["cases"] = tuple(sorted(found["cases"], key=attrgetter("id")))
    found["police"] += tuple(_police_talk(row) for row in kinds.get("contact", ()) if _spoke_of_police(row))
    return {**found, "done": _done(kinds.get("done", [])), **_reach(kinds.get("reach", []))}


def _alarm(row: Row) -> AlarmFacts:
    return AlarmFacts(id=row.number, raised_at=row.at, out_of_hours=bool(row.yes), taken_at=row.later)


def _decision(row: Row) -> DecisionFacts:
    return DecisionFacts(
        id=row.number,
        at=row.at,
        makes_no_case=row.word == Outcome.NEITHER,
        reviewed_at=row.later,
        overturned=row.yes is False,
    )


def _message(row: Row) -> MessageFacts:
    return MessageFacts(at=row.at, from_person=bool(row.yes), read_at=row.later)


def _police(row: Row) -> PoliceFacts:
    return PoliceFacts(at=row.at, may_be_told=row.word in (Scope.WITH_NAME, Scope.WITHOUT_NAME))


def _case(row: Row) -> CaseFacts:
    assert row.three is not None
    return CaseFacts(
        id=row.number,
        opened_at=row.at,
        closed_at=row.later,
        team=row.one,
        caseworker=row.two,
        caseworker_since=row.latest,
        stand_in_since=row.sort_at,
        urgency=row.three,
        leading_report=row.four,
        can_be_assessed=bool(row.yes),
    )


def _risk(row: Row) -> RiskFacts:
    assert row.one is not None
    return RiskFacts(
        id=row.number,
        case=row.one,
        target=row.other,
        at=row.at,
        band=Band(row.word),
        is_judgement=row.two == 1,
        is_incomplete=bool(row.yes),
    )


def _contact(row: Row) -> ContactFacts:
    assert row.two is not None
    return ContactFacts(
        at=row.at,
        person=row.two,
        is_two_way=row.word == Result.TWO_WAY,
        with_teller=row.three == 1,
        is_interview=bool(row.yes),
        counts=row.word == Result.TWO_WAY or (not row.other and row.word != Result.FAILED),
        is_word=row.word in (Result.TWO_WAY, Result.SENT),
        case=row.one,
    )


def _spoke_of_police(row: Row) -> bool:
    """Say whether whoever told us said, in a conversation, what they think of telling the police (clause 3.2.3)."""
    return row.word == Result.TWO_WAY and row.three == 1 and row.other not in ("", PoliceTalk.NOT_RAISED)


def _police_talk(row: Row) -> PoliceFacts:
    """Return their answer; thinking about it leaves what they said before as it was."""
    return PoliceFacts(at=row.at, may_be_told={PoliceTalk.WANTS: True, PoliceTalk.DOES_NOT: False}.get(PoliceTalk(row.other)))


def _unreached(row: Row) -> UnreachedFacts:
    assert row.one is not None
    assert row.two is not None
    return UnreachedFacts(id=row.number, at=row.at, case=row.one, person=row.two, is_all_tried=bool(row.yes))


def _welfare(row: Row) -> WelfareFacts:
    assert row.one is not None
    assert row.two is not None
    return WelfareFacts(at=row.at, case=row.one, person=row.two)


def _closed(row: Row) -> ClosedFacts:
    assert row.one is not None
    return ClosedFacts(case=row.one, at=row.at, in_writing=bool(row.yes))


_MADE: tuple[tuple[str, str, Callable[[Row], Any]], ...] = (
    ("alarms", "alarm", _alarm),
    ("decisions", "decision", _decision),
    ("messages", "message", _message),
    ("police", "police", _police),
    ("cases", "case", _case),
    ("risks", "risk", _risk),
    ("contacts", "contact", _contact),
    ("unreached", "unreached", _unreached),
    ("welfare", "welfare", _welfare),
    ("closed", "closed", _closed),
    ("harmed", "harmed", facts_of_work.harmed),
    ("plans", "plan", facts_of_work.plan),
    ("steps", "step", facts_of_work.step),
    ("events", "event", facts_of_work.event),
    ("reviews", "review", facts_of_work.review),
)


def _done(rows: list[Row]) -> tuple[DoneFacts, ...]:
    """Return what was recorded as done and not taken back."""
    latest = {(row.word, row.one, row.other): row.at for row in rows}
    return tuple(
        DoneFacts(key=key, case=case, occasion=occasion, done_at=done_at)
        for (key, case, occasion), done_at in latest.items()
        if done_at is not None
    )


def _reach(rows: list[Row]) -> dict[str, Any]:
    """Return whether whoever reported can be spoken with, by the latest version of how to reach them."""
    found: dict[str, Any] = {}
    for row in rows:
        reach = _REACH.get(row.word, Reach.BY_THEIR_WAY)
        if found.get("reach") is not reach:
            found = {"reach": reach, "reach_since": row.at}
    return found
