"""Rows turned into the frozen facts that duties come from; as many queries for one report as for thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from haven.cases.choices import Outcome
from haven.cases.models import Case, CaseReport, TriageDecision
from haven.correspondence.models import Message
from haven.obligations.models import Done
from haven.obligations.rules import (
    AlarmFacts,
    CaseFacts,
    DecisionFacts,
    DoneFacts,
    MessageFacts,
    PoliceFacts,
    Reach,
    ReportFacts,
)
from haven.people.choices import Method
from haven.people.models import Person, SafeContact
from haven.policy.bands import Band
from haven.policy.pack import pack
from haven.reports.choices import Identity, Role, Scope
from haven.reports.models import Alarm, Permission, Report, ReportPerson
from haven.reports.rules import Weight, starting_band

POLICE, REPORTER = "POLICE", "reporter"
_REACH = {Method.NONE: Reach.NOT_WANTED, Method.CODE_ONLY: Reach.UNKNOWN, "": Reach.UNKNOWN}
_REPORT = (
    "pk", "received_at", "logged_at", "channel", "role", "identity", "code_hash", "danger", "incident_types",
    "strands", "needs", "urgency", "team_id", "read_by_id", "read_at",
)  # fmt: skip
_CASE = ("id", "opened_at", "closed_at", "team_id", "caseworker_id", "caseworker_since", "urgency")


def reports_touched(subjects: Iterable[Any]) -> set[int]:
    """Return the reports whose duties an act on these subjects may change; two queries at most."""
    touched: dict[str, set[int]] = {"report": set(), "case": set(), "person": set()}
    kinds = {Report: "report", Case: "case", Person: "person"}
    for subject in subjects:
        if kind := kinds.get(type(subject)):
            touched[kind].add(subject.pk)
        for name, pks in touched.items():
            if pk := getattr(subject, f"{name}_id", None):
                pks.add(pk)
    if touched["case"]:
        links = CaseReport.objects.filter(case__in=touched["case"])
        touched["report"].update(links.values_list("report_id", flat=True))
    if touched["person"]:
        told = ReportPerson.objects.filter(person__in=touched["person"], part=REPORTER)
        touched["report"].update(told.values_list("report_id", flat=True))
    return touched["report"]


def facts_of(reports: QuerySet[Report]) -> list[ReportFacts]:
    """Return the facts of these reports, in the order of their ids."""
    rows = list(reports.order_by("pk").values_list(*_REPORT))
    pks = [row[0] for row in rows]
    alarms, decisions, messages = _alarms(pks), _decisions(pks), _messages(pks)
    police, cases, done, reach = _police(pks), _cases(pks), _done(pks), _reach(pks)
    return [
        ReportFacts(
            **_of_report(row),
            police=tuple(police.get(pk, ())),
            alarms=tuple(alarms.get(pk, ())),
            decisions=tuple(decisions.get(pk, ())),
            messages=tuple(messages.get(pk, ())),
            cases=tuple(cases.get(pk, ())),
            done=tuple(done.get(pk, ())),
            **reach.get(pk, {}),
        )
        for pk, row in zip(pks, rows, strict=True)
    ]


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


def _alarms(reports: Collection[int]) -> dict[int, list[AlarmFacts]]:
    found = defaultdict[int, list[AlarmFacts]](list)
    rows = Alarm.objects.filter(report__in=reports).order_by("pk")
    for report, pk, raised, outside, taken in rows.values_list(
        "report_id", "pk", "raised_at", "out_of_hours", "taken_at"
    ):
        found[report].append(AlarmFacts(id=pk, raised_at=raised, out_of_hours=outside, taken_at=taken))
    return found


def _decisions(reports: Collection[int]) -> dict[int, list[DecisionFacts]]:
    found = defaultdict[int, list[DecisionFacts]](list)
    rows = TriageDecision.objects.filter(report__in=reports).order_by("pk")
    for report, pk, at, outcome, reviewed, upheld in rows.values_list(
        "report_id", "pk", "at", "outcome", "reviewed_at", "upheld"
    ):
        found[report].append(
            DecisionFacts(
                id=pk,
                at=at,
                makes_no_case=outcome == Outcome.NEITHER,
                reviewed_at=reviewed,
                overturned=upheld is False,
            )
        )
    return found


def _messages(reports: Collection[int]) -> dict[int, list[MessageFacts]]:
    found = defaultdict[int, list[MessageFacts]](list)
    rows = Message.objects.filter(report__in=reports).order_by("at", "pk")
    for report, at, by, read in rows.values_list("report_id", "at", "by_id", "read_at"):
        found[report].append(MessageFacts(at=at, from_person=by is None, read_at=read))
    return found


def _done(reports: Collection[int]) -> dict[int, list[DoneFacts]]:
    """Return what was recorded as done and not taken back."""
    latest: dict[tuple[Any, ...], Any] = {}
    rows = Done.objects.filter(report__in=reports).order_by("at", "pk")
    for report, key, case, occasion, done_at in rows.values_list("report_id", "key", "case_id", "occasion", "done_at"):
        latest[report, key, case, occasion] = done_at
    found = defaultdict[int, list[DoneFacts]](list)
    for (report, key, case, occasion), done_at in latest.items():
        if done_at is not None:
            found[report].append(DoneFacts(key=key, case=case, occasion=occasion, done_at=done_at))
    return found


def _reach(reports: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return whether whoever reported can be spoken with, by the latest version of how to reach them."""
    rows = SafeContact.objects.filter(person__told_in__report__in=reports, person__told_in__part=REPORTER)
    found: dict[int, dict[str, Any]] = {}
    for report, preferred, at in rows.order_by("at", "pk").values_list("person__told_in__report_id", "preferred", "at"):
        reach = _REACH.get(preferred, Reach.BY_THEIR_WAY)
        before = found.get(report)
        since = before["reach_since"] if before and before["reach"] is reach else at
        found[report] = {"reach": reach, "reach_since": since}
    return found


def _police(reports: Collection[int]) -> dict[int, list[PoliceFacts]]:
    found = defaultdict[int, list[PoliceFacts]](list)
    answers = Permission.objects.filter(report__in=reports, recipient=POLICE).exclude(scope=Scope.NOT_ASKED)
    for report, at, scope in answers.order_by("at", "pk").values_list("report_id", "at", "scope"):
        found[report].append(PoliceFacts(at=at, may_be_told=scope in (Scope.WITH_NAME, Scope.WITHOUT_NAME)))
    return found


def _cases(reports: Collection[int]) -> dict[int, list[CaseFacts]]:
    links = CaseReport.objects.filter(report__in=reports).order_by("case_id")
    rows = list(links.values_list("report_id", *(f"case__{name}" for name in _CASE)))
    if not rows:
        return {}
    leading = _leading({row[1] for row in rows})
    found = defaultdict[int, list[CaseFacts]](list)
    for report, pk, opened, closed, team, caseworker, since, urgency in rows:
        found[report].append(
            CaseFacts(
                id=pk,
                opened_at=opened,
                closed_at=closed,
                team=team,
                caseworker=caseworker,
                caseworker_since=since,
                urgency=urgency,
                leading_report=leading.get(pk),
            )
        )
    return found


def _leading(cases: Collection[int]) -> dict[int, int]:
    """Return the report that leads each case: the first of the person harmed, or else the first."""
    links = CaseReport.objects.filter(case__in=cases).order_by()
    found: dict[int, tuple[tuple[bool, Any, int], int]] = {}
    for case, report, role, received in links.values_list(
        "case_id", "report_id", "report__role", "report__received_at"
    ):
        rank = (role != Role.VICTIM, received, report)
        if case not in found or rank < found[case][0]:
            found[case] = (rank, report)
    return {case: report for case, (_, report) in found.items()}
