"""Taking in a report, by whichever way it came (clauses 3.2.1 and 3.2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from haven.accounts.models import Staff, Team
from haven.evidence.models import Item
from haven.homes.models import Property
from haven.kernel.action import Actor, action, note
from haven.kernel.decision import require
from haven.kernel.models import SealingKey
from haven.kernel.sealing import keyed_hash
from haven.reports import rules, writing
from haven.reports.actions.alarms import ring
from haven.reports.answers import answers_of, role_of
from haven.reports.models import Report
from haven.reports.told import Told
from haven.reports.weighing import Weighed, concerns_staff, weigh


@action("report.received")
def receive_report(
    *,
    told: Told,
    channel: str,
    code: str | None,
    sealing_key: SealingKey | None = None,
    items: Sequence[Item] = (),
    received_at: datetime,
    logged_by: Staff | None = None,
    by: Actor,
    at: datetime,
) -> Report:
    """Keep what somebody told us as they told it, put it in the queue, and ring where there is danger.

    `code` is the sixteen digits with which the person may come back, or None where nobody was given one. Raises Refused
    without an account or an answer about danger (clause 3.2.1). The number of queries is fixed.
    """
    require(rules.may_receive(has_account=bool(told.account.strip()), has_danger_answer=bool(told.danger)))
    if logged_by is not None:
        require(rules.may_log(is_active_staff=logged_by.is_active))
    weighed = weigh(
        danger=told.danger,
        incident_types=told.incident_types,
        needs=told.needs,
        strands=told.strands,
        at=received_at,
    )
    key, *person_keys = _keys(told, sealing_key)
    home, team = _place(told.home_id)
    report = _report(told, weighed, key, channel, code, received_at, logged_by, at)
    report.home, report.team = home, team
    writing.save_report(report)
    writing.save_persons(report, told, person_keys, at)
    writing.save_permissions(report, told.permissions, at=at, how=_how(logged_by), language=told.language)
    writing.attach(report, items)
    if weighed.rings:
        ring(report, out_of_hours=weighed.out_of_hours, at=received_at)
    note(channel=channel, urgency=weighed.urgency, danger=sorted(told.danger), files=len(items), rings=weighed.rings)
    return report


def _keys(told: Told, sealing_key: SealingKey | None) -> list[SealingKey]:
    """Return the report's key and one for each person, all new ones in one insert."""
    fresh = [] if sealing_key else [SealingKey.fresh("report")]
    fresh += [SealingKey.fresh("person") for _ in writing.persons_of(told)]
    SealingKey.objects.bulk_create(fresh)
    return [sealing_key, *fresh] if sealing_key else fresh


def _place(home_id: int | None) -> tuple[Property | None, Team | None]:
    """Return the home and the team whose patch it is in, where we know of a home."""
    home = Property.objects.filter(pk=home_id).first() if home_id else None
    team = Team.objects.filter(patches__contains=[home.patch]).order_by("pk").first() if home else None
    return home, team


def _how(logged_by: Staff | None) -> str:
    return "logged" if logged_by else "form"


def _report(
    told: Told,
    weighed: Weighed,
    key: SealingKey,
    channel: str,
    code: str | None,
    received_at: datetime,
    logged_by: Staff | None,
    at: datetime,
) -> Report:
    return Report(
        sealing_key=key,
        channel=channel,
        language=told.language,
        received_at=received_at,
        logged_at=at,
        logged_by=logged_by,
        role=role_of(told.role),
        identity=told.identity,
        harmed_knows=told.harmed_knows,
        danger=list(told.danger),
        is_danger=weighed.is_danger,
        concerns_staff=concerns_staff(incident_types=told.incident_types, responsible_kinds=told.responsible_kinds),
        strands=list(told.strands),
        incident_types=list(told.incident_types),
        needs=list(told.needs),
        wants=list(told.wants),
        happened_from=told.happened_from,
        happened_to=told.happened_to,
        is_ongoing=told.is_ongoing,
        place=told.place,
        account=told.account,
        answers=dict(told.answers) or answers_of(told),
        code_hash=keyed_hash("code", code) if code else None,
        tokens=writing.tokens_for(told),
        pack_version=weighed.pack_version,
        urgency=weighed.urgency,
        triage_due_at=weighed.triage_due_at,
    )
