"""Who works on a case, who may see it, and who must not (clauses 3.3.3, 3.4.1 and 4.1)."""

from __future__ import annotations

from datetime import datetime

from haven.accounts.models import Staff, Team
from haven.cases.choices import Restriction
from haven.cases.locks import lock_out, matter_of
from haven.cases.models import Case, CaseAccess
from haven.cases.queries.facts import case_facts, report_facts, viewer_of
from haven.cases.rules import casework, seeing
from haven.kernel.action import action, note, touch
from haven.kernel.decision import Decision, require
from haven.reports.models import Report

CLAUSE = "3.4.1"


@action("case.assigned")
def assign_case(
    *,
    case: Case,
    caseworker: Staff | None,
    stand_in: Staff | None = None,
    team: Team | None = None,
    by: Staff,
    at: datetime,
) -> Case:
    """Give a case to a caseworker and a stand-in, or back to the team; neither may be locked out of it (3.4.1)."""
    locked = seen_case(case, by)
    facts = case_facts(locked)
    require(casework.may_work_on(viewer_of(by), is_open=locked.is_open))
    require(_two_people(caseworker, stand_in))
    for to in (caseworker, stand_in):
        if to is not None:
            require(
                casework.may_assign(
                    viewer_of(by),
                    viewer_of(to),
                    team=locked.team_id,
                    is_locked_out=to.pk in facts.locked_out,
                    restriction=locked.restriction,
                    is_named=to.pk in facts.let_in,
                )
            )
    if caseworker is None or team is not None:
        require(casework.may_hand_back(viewer_of(by), team=locked.team_id))
    locked.caseworker_since = _since(locked.caseworker_since if locked.caseworker_id else None, caseworker, at)
    locked.stand_in_since = _since(locked.stand_in_since if locked.stand_in_id else None, stand_in, at)
    locked.caseworker, locked.stand_in, locked.team = caseworker, stand_in, team or locked.team
    note(
        caseworker=caseworker.pk if caseworker else None,
        stand_in=stand_in.pk if stand_in else None,
        team=locked.team_id,
    )
    return saved(locked, "caseworker", "caseworker_since", "stand_in", "stand_in_since", "team")


def _since(before: datetime | None, somebody: Staff | None, at: datetime) -> datetime | None:
    """Return since when there has been somebody without a break: handing on is none, handing back is."""
    return (before or at) if somebody is not None else None


@action("case.restricted")
def restrict_case(*, case: Case, restriction: str, by: Staff, at: datetime) -> Case:
    """Change who may see a case: the team, named people only, or the sealed team; whoever does it stays in (3.3.3)."""
    locked = seen_case(case, by)
    require(casework.may_restrict(viewer_of(by), team=locked.team_id, now=locked.restriction, to=restriction))
    note(before=locked.restriction, after=restriction)
    locked.restriction = restriction
    if restriction != Restriction.TEAM and by.pk not in (locked.caseworker_id, locked.stand_in_id):
        CaseAccess.objects.get_or_create(case=locked, staff=by, until=None, defaults={"since": at})
    return saved(locked, "restriction")


@action("case.let_in")
def let_in(*, case: Case, staff: Staff, by: Staff, at: datetime) -> CaseAccess:
    """Let somebody into a case by name (3.3.3)."""
    locked = seen_case(case, by)
    facts = case_facts(locked)
    require(
        casework.may_let_in(
            viewer_of(by),
            viewer_of(staff),
            team=locked.team_id,
            is_caseworker=locked.caseworker_id == by.pk,
            is_locked_out=staff.pk in facts.locked_out,
        )
    )
    note(staff=staff.pk)
    touch(locked)
    access, _new = CaseAccess.objects.get_or_create(case=locked, staff=staff, until=None, defaults={"since": at})
    return access


@action("case.let_out")
def let_out(*, case: Case, access: CaseAccess, by: Staff, at: datetime) -> Case:
    """End that somebody is let into a case by name (3.3.3)."""
    locked = seen_case(case, by)
    require(
        casework.may_let_in(
            viewer_of(by),
            viewer_of(access.staff),
            team=locked.team_id,
            is_caseworker=locked.caseworker_id == by.pk,
            is_locked_out=False,
        )
    )
    CaseAccess.objects.filter(pk=access.pk, case=locked, until=None).update(until=at)
    note(staff=access.staff_id)
    return locked


@action("conflict.declared")
def declare_conflict(*, subject: Case | Report, staff: Staff, reason: str, by: Staff, at: datetime) -> Case | Report:
    """Lock a member of staff out of a matter, everywhere and for good: its cases, its reports, their lists (3.3.3).

    They are taken off it where they were caseworker or stand-in. Raises Refused for somebody else's by a non-manager.
    """
    seen = seen_case(subject, by) if isinstance(subject, Case) else _seen_report(subject, by, at)
    require(casework.may_declare_conflict(viewer_of(by), about=staff.pk, team=seen.team_id))
    require(casework.may_give_reason(reason))
    cases, reports = matter_of(seen)
    lock_out(cases, reports, staff=staff.pk, reason=reason, at=at)
    note(staff=staff.pk, reason=reason, cases=sorted(cases), reports=sorted(reports))
    touch(*Case.objects.filter(pk__in=cases).defer("summary"), *Report.objects.filter(pk__in=reports))
    return subject


def seen_case(case: Case, by: Staff) -> Case:
    """Return the case's row, locked, or refuse whoever may not know of it; shared by every act in a case."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("sealing_key", "team").get(pk=case.pk)
    require(seeing.may_see_case(viewer_of(by), case_facts(locked)))
    return locked


def saved(case: Case, *fields: str) -> Case:
    """Save these fields of a locked case and count its version up; shared by every act in a case."""
    case.version += 1
    case.save(update_fields=[*fields, "version"])
    return case


def _seen_report(report: Report, by: Staff, at: datetime) -> Report:
    viewer = viewer_of(by)
    require(seeing.may_see_report(viewer, report_facts(report, viewer, at)))
    return report


def _two_people(caseworker: Staff | None, stand_in: Staff | None) -> Decision:
    if caseworker is not None and caseworker == stand_in:
        return Decision.no("The stand-in must be somebody else.", clause=CLAUSE)
    return Decision.yes(clause=CLAUSE)
