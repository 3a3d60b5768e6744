"""Opening a closed case again, because somebody asks for it: what they say is a report, and a new case goes on (4.4)."""

from __future__ import annotations

from datetime import datetime

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff
from haven.cases.actions import Seen, link_to_closed_case
from haven.cases.actions.allocating import seen_case
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson
from haven.kernel.action import action, note
from haven.kernel.decision import Decision, require
from haven.obligations.rules import closing as rules
from haven.people.models import Person
from haven.reports.actions import receive_report
from haven.reports.choices import Identity
from haven.reports.models import ReportPerson
from haven.reports.told import Told


@action("case.reopening_asked")
def reopen_case(
    *,
    case: Case,
    person: Person | None,
    words: str,
    danger: tuple[str, ...],
    channel: str,
    language: str,
    by: Staff,
    at: datetime,
) -> Case:
    """Open a case that goes on from a closed one, on what somebody says now; the closed one stays as it was.

    What they say is kept verbatim as a report of its own, asks about danger first, and starts every clock anew. Within
    twelve months the landlord's rule about repeats sees it, and a manager reviews it sooner (DOMAIN.md 4.4).
    """
    before = seen_case(case, by)
    require(
        rules.may_reopen(is_closed=not before.is_open, does_casework=by.has(*CASE_ROLES), has_words=bool(words.strip()))
    )
    told = Told(
        account=words.strip(),
        danger=danger,
        language=language,
        role="victim",
        identity=Identity.CONFIDENTIAL if person else Identity.ANONYMOUS,
        home_id=before.home_id,
        strands=tuple(before.strands),
    )
    report = receive_report(told=told, channel=channel, code=None, received_at=at, logged_by=by, by=by, at=at)
    if person is not None:
        require(_is_in(before, person))
        ReportPerson.objects.create(report=report, person=person, part="reporter")
    seen = Seen(version=report.version, shown={"cases": [before.pk]})
    opened = link_to_closed_case(
        report=report,
        case=before,
        seen=seen,
        team=before.team,
        caseworker=before.caseworker if before.caseworker and before.caseworker.is_active else None,
        by=by,
        at=at,
    )
    note(reopens=before.pk, report=report.pk)
    return opened


def _is_in(case: Case, person: Person) -> Decision:
    if CasePerson.objects.filter(case=case, person=person).exclude(part=Part.RESPONSIBLE).exists():
        return Decision.yes(clause="3.5.1")
    return Decision.no("They are not in this case.", clause="3.5.1", remedy="Take it down as a new report.")
