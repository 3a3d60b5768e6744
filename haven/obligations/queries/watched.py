"""What is known of open cases, and what was derived of them last: one query for one case as for thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff
from haven.cases.choices import CaseState
from haven.cases.models import Case
from haven.obligations.rules.watching import Watched, Watching

OPEN = "met_at IS NULL AND ended_at IS NULL"
QUERY = f"""
SELECT matter.id, matter.state = '{CaseState.OPEN.value}', matter.team_id, matter.urgency, matter.opened_at,
       matter.caseworker_id, matter.caseworker_since, worker.is_active AND worker.roles && %(roles)s::varchar[],
       (SELECT min(due_at) FROM cases_casereport link JOIN obligations_duty owed ON owed.report_id = link.report_id
         WHERE link.case_id = matter.id AND owed.key = 'assign' AND {OPEN}),
       (SELECT min(due_at) FROM obligations_duty WHERE case_id = matter.id AND key = 'update' AND {OPEN}),
       (SELECT min(starts_at) FROM obligations_duty WHERE case_id = matter.id AND key = 'first_contact' AND {OPEN}),
       (SELECT max(latest.at) FROM (
          SELECT 'case:' || matter.id AS chain UNION ALL
          SELECT 'report:' || report_id FROM cases_casereport WHERE case_id = matter.id) about,
        LATERAL (SELECT at FROM trail_entry WHERE chain = about.chain AND outcome = 'done' AND actor_kind = 'staff'
                  ORDER BY seq DESC LIMIT 1) latest),
       kept.case_id, kept.team_id, kept.urgency, kept.unowned_from, kept.unheard_from, kept.idle_from
  FROM cases_case matter
  LEFT JOIN accounts_staff worker ON worker.id = matter.caseworker_id
  LEFT JOIN obligations_watch kept ON kept.case_id = matter.id
 WHERE matter.id = ANY(%(cases)s)
 ORDER BY matter.id
"""  # noqa: S608 - the words filled in are codes of ours


@dataclass(frozen=True, slots=True)
class Seen:
    """One case: what is known of it (None once it is closed), and what was derived last (None if nothing was)."""

    case: int
    known: Watched | None
    kept: Watching | None


def watched(cases: Collection[int]) -> Iterator[Seen]:
    """Return what is known of these cases beside what was derived of them last, in the order of their ids."""
    if not cases:
        return
    with connection.cursor() as cursor:
        cursor.execute(QUERY, {"cases": sorted(cases), "roles": sorted(CASE_ROLES)})
        rows = cursor.fetchall()
    for pk, is_open, *known, had, team, urgency, unowned, unheard, idle in rows:
        kept = Watching(
            case=pk, team=team, urgency=urgency, unowned_from=unowned, unheard_from=unheard, idle_from=idle
        )
        yield Seen(pk, _known(pk, *known) if is_open else None, kept if had else None)


def _known(pk: int, team: int, urgency: int, opened_at, caseworker, since, works, due, news, unspoken, acted) -> Watched:  # type: ignore[no-untyped-def]
    return Watched(
        case=pk,
        team=team,
        urgency=urgency,
        opened_at=opened_at,
        caseworker=caseworker,
        caseworker_since=since,
        caseworker_works_here=bool(works),
        caseworker_due=due,
        news_due=news,
        unspoken_since=unspoken,
        acted_at=acted,
    )


def cases_left_by(staff: Staff) -> set[int]:
    """Return the open cases of somebody who works on none any more, or does again, that do not show it yet."""
    rows = Case.objects.filter(caseworker=staff, state=CaseState.OPEN)
    return set(rows.filter(watch__unowned_from__isnull=not staff.has(*CASE_ROLES)).values_list("pk", flat=True))
