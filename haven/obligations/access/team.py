"""A team as its manager sees it: what is late, what nobody has, what has gone quiet, and who carries how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff, Team
from haven.cases.access import visible_cases
from haven.cases.access.scope import seen_case_sql
from haven.cases.choices import CaseState
from haven.cases.models import Case
from haven.obligations.access.about import ToDo, is_seen, listed, to_do
from haven.obligations.models import Duty
from haven.obligations.rules.watching import Watching
from haven.obligations.rules.workload import by_band, weight_of
from haven.policy.bands import Band

MOST = 30
COUNTED = 200
"""So many cases, and late duties, are counted for one person; whoever has more has too many whatever the number."""
PEOPLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """One case that nobody has, or that has gone quiet, and since when."""

    case: Case
    watch: Watching

    @property
    def has_left(self) -> bool:
        """Say whether it has a caseworker who no longer works on cases here."""
        return self.case.caseworker is not None and self.watch.unowned_from is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one member of a team has open."""

    staff: Staff
    cases: dict[Band, int]
    late: int
    weight: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class Some:
    """The first rows of a list, and whether there are more."""

    rows: list[Any]
    is_cut: bool


def overdue_of(viewer: Staff, team: Team, *, at: datetime, most: int = MOST) -> Some:
    """Return what a team owes late, the greatest danger first, then what has been due longest; two queries."""
    ids = _nearest(
        """SELECT id FROM obligations_duty WHERE team_id = %(team)s AND urgency = step.urgency AND met_at IS NULL
            AND ended_at IS NULL AND due_at < %(at)s ORDER BY due_at, id LIMIT %(most)s""",
        {"team": team.pk, "at": at, "most": 2 * most + 1},
    )
    rows = listed(Duty.objects.filter(is_seen(viewer, at), pk__in=ids)).order_by("urgency", "due_at", "pk")
    found: list[ToDo] = [to_do(duty, viewer, at) for duty in rows[: most + 1]]
    return Some(found[:most], len(found) > most)


def unowned_in(viewer: Staff, team: Team, *, at: datetime, most: int = MOST) -> Some:
    """Return the team's open cases that nobody has, past the clock for it (3.4.1); two queries."""
    return _raised(viewer, team, "unowned_from", at, most)


def quiet_in(viewer: Staff, team: Team, *, at: datetime, most: int = MOST) -> Some:
    """Return the team's open cases in which nothing was heard or done for too long (2.0(b), 3.5.1); two queries."""
    return _raised(viewer, team, "quiet_from", at, most)


def _raised(viewer: Staff, team: Team, since: str, at: datetime, most: int) -> Some:
    ids = _nearest(
        f"""SELECT case_id FROM obligations_watch WHERE team_id = %(team)s AND urgency = step.urgency
            AND {since} <= %(at)s ORDER BY {since}, case_id LIMIT %(most)s""",  # noqa: S608 - a column of ours
        {"team": team.pk, "at": at, "most": 2 * most + 1},
    )
    rows = visible_cases(viewer).filter(pk__in=ids).select_related("watch", "caseworker", "stand_in").defer("summary")
    found = [Raised(case=case, watch=_watching(case)) for case in rows.order_by("urgency", f"watch__{since}", "pk")[: most + 1]]
    return Some(found[:most], len(found) > most)


def _watching(case: Case) -> Watching:
    kept = case.watch
    return Watching(
        case=case.pk,
        team=kept.team_id,
        urgency=kept.urgency,
        unowned_from=kept.unowned_from,
        unheard_from=kept.unheard_from,
        idle_from=kept.idle_from,
    )


def _nearest(each_step: str, given: dict[str, Any]) -> list[int]:
    """Return the ids of one list, each step of urgency by the index that is in that order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT near.* FROM generate_series(0, 5) AS step(urgency), LATERAL ({each_step}) near", given)
        return [pk for (pk,) in cursor.fetchall()]


def loads_of(viewer: Staff, team: Team, *, at: datetime) -> list[Load]:
    """Return what each member of a team has open, the heaviest load first, of what the viewer may see; three queries."""
    people = Staff.objects.filter(team=team, is_active=True, roles__overlap=sorted(CASE_ROLES)).order_by("name", "pk")
    members = list(people[:PEOPLE])
    ids = [each.pk for each in members]
    cases, late = _cases_of(viewer, ids), _late_of(viewer, ids, at)
    found = [_load(each, cases[each.pk], late.get(each.pk, 0)) for each in members]
    return sorted(found, key=lambda load: (-load.weight, load.staff.name, load.staff.pk))


def _load(staff: Staff, cases: dict[int, int], late: int) -> Load:
    return Load(
        staff=staff,
        cases=by_band(cases),
        late=late,
        weight=weight_of(cases, late),
        is_more=late >= COUNTED or sum(cases.values()) >= COUNTED,
    )


def _cases_of(viewer: Staff, people: Collection[int]) -> dict[int, dict[int, int]]:
    seen, values = seen_case_sql(viewer, "matter")
    found: dict[int, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT person.id, open.urgency, count(*) FROM unnest(%s::bigint[]) AS person(id), LATERAL (
                SELECT matter.urgency FROM cases_case matter WHERE matter.caseworker_id = person.id
                   AND matter.state = '{CaseState.OPEN.value}' AND {seen} LIMIT {COUNTED}) open
                GROUP BY person.id, open.urgency""",  # noqa: S608 - the words filled in are ours
            [list(people), *values],
        )
        for pk, urgency, number in cursor.fetchall():
            found[pk][urgency] = number
    return found


def _late_of(viewer: Staff, people: Collection[int], at: datetime) -> dict[int, int]:
    seen, values = seen_case_sql(viewer, "matter")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT person.id, count(late.id) FROM unnest(%s::bigint[]) AS person(id), LATERAL (
                SELECT owed.id FROM obligations_duty owed JOIN cases_case matter ON matter.id = owed.case_id
                 WHERE owed.staff_id = person.id AND owed.met_at IS NULL AND owed.ended_at IS NULL AND owed.due_at < %s
                   AND {seen} LIMIT {COUNTED}) late
                GROUP BY person.id""",  # noqa: S608 - the words filled in are ours
            [list(people), at, *values],
        )
        return dict(cursor.fetchall())
