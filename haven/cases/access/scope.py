"""Need to know as one expression of SQL each for cases and reports: the rule of `rules.seeing`, said of a row.

Written out rather than composed, because every page asks it several times and composing it cost more than running it.
Every part is a look-up by the row's own id, so that a few rows cost a few look-ups however many there are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, F, Func

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.choices import Restriction
from haven.cases.queries.facts import SHIFT
from haven.cases.rules.seeing import READERS

_LOCKED = "EXISTS (SELECT 1 FROM cases_conflict locked WHERE locked.{about}_id = {id} AND locked.staff_id = %s)"
_LET_IN = (
    "EXISTS (SELECT 1 FROM cases_caseaccess let_in WHERE let_in.case_id = {id} AND let_in.staff_id = %s"
    " AND let_in.until IS NULL)"
)
_LINKED = "EXISTS (SELECT 1 FROM cases_casereport linked WHERE linked.report_id = {id})"
_IN_SEEN_CASE = (
    "EXISTS (SELECT 1 FROM cases_casereport linked JOIN cases_case around ON around.id = linked.case_id"
    " WHERE linked.report_id = {id} AND {seen})"
)
_TOOK_ALARM = (
    "EXISTS (SELECT 1 FROM reports_alarm taken WHERE taken.report_id = {id} AND taken.taken_by_id = %s"
    " AND taken.taken_at >= %s)"
)
_NAMES = ("id", "team", "restriction", "caseworker", "stand_in")
Said = tuple[str, list[Any]]


class _OfARow(Func):
    """A condition on the columns of one row."""

    output_field = BooleanField()
    names: tuple[str, ...]

    def __init__(self, viewer: Staff, path: str = "", **extra: Any) -> None:
        to, row = (f"{path}__", path) if path else ("", "pk")
        super().__init__(F(row), *(F(f"{to}{name}") for name in self.names[1:]))
        self.viewer = viewer
        self.said = extra

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Said:  # type: ignore[override]
        """Return the condition with the row's columns in their places."""
        columns = [compiler.compile(each)[0] for each in self.get_source_expressions()]
        return self.condition(dict(zip(self.names, columns, strict=True)))

    def condition(self, row: dict[str, str]) -> Said:
        """Return the condition and its parameters, given the names of the row's columns."""
        raise NotImplementedError


class CaseIsSeen(_OfARow):
    """Whether a viewer may see the case of a row (3.3.3); `path` leads from the row to the case."""

    names = _NAMES

    def condition(self, row: dict[str, str]) -> Said:
        """Return the condition on a case's columns."""
        return _case(self.viewer, row)


class ReportIsSeen(_OfARow):
    """Whether a viewer may see the report of a row (3.3.3); `path` leads from the row to the report."""

    names = ("id", "team", "concerns_staff", "logged_by", "logged_at")

    def __init__(self, viewer: Staff, path: str = "", *, at: datetime) -> None:
        super().__init__(viewer, path, at=at)

    def condition(self, row: dict[str, str]) -> Said:
        """Return the condition on a report's columns."""
        return _report(self.viewer, row, self.said["at"])


def seen_case_sql(viewer: Staff, alias: str) -> Said:
    """Return the condition that a viewer may see a case, on the columns of `alias`, for a query that is written out."""
    return _case(viewer, {name: f"{alias}.{name}{_suffix(name)}" for name in _NAMES})


def _case(viewer: Staff, row: dict[str, str]) -> Said:
    """Say that a case is the viewer's own, covered, let into, their team's or, for a head of service, not sealed."""
    if not viewer.has(*READERS):
        return "FALSE", []
    me = viewer.pk
    ways = ["{caseworker} = %s", "{stand_in} = %s", _LET_IN]
    values: list[Any] = [me, me, me]
    if viewer.has(Role.HEAD_OF_SERVICE):
        ways.append("{restriction} IN (%s, %s)")
        values += [Restriction.TEAM.value, Restriction.NAMED.value]
    if viewer.has(Role.CASEWORKER, Role.TEAM_MANAGER) and viewer.team_id:
        ways.append("({team} = %s AND {restriction} = %s)")
        values += [viewer.team_id, Restriction.TEAM.value]
    said = f"(({' OR '.join(ways)}) AND NOT {_LOCKED})"
    return said.format(about="case", **row), [*values, me]


def _report(viewer: Staff, row: dict[str, str], at: datetime) -> Said:
    """Say that the viewer took the report's alarm or logged it this shift, sees its case, or may triage it."""
    if not viewer.is_active:
        return "FALSE", []
    me, since = viewer.pk, at - SHIFT
    ways, values = [_TOOK_ALARM.format(**row)], [me, since]
    if viewer.has(Role.CALL_HANDLER):
        ways.append("({logged_by} = %s AND {logged_at} >= %s)".format(**row))
        values += [me, since]
    if viewer.has(*READERS):
        seen, needed = seen_case_sql(viewer, "around")
        ways.append(_IN_SEEN_CASE.format(id=row["id"], seen=seen))
        open_to, more = _undecided(viewer, row)
        ways.append(f"(NOT {_LINKED.format(**row)} AND {open_to})")
        values += [*needed, *more]
    return f"(({' OR '.join(ways)}) AND NOT {_LOCKED.format(about='report', **row)})", [*values, me]


def _undecided(viewer: Staff, row: dict[str, str]) -> Said:
    if viewer.has(Role.HEAD_OF_SERVICE):
        return "TRUE", []
    ours = "{team} IS NULL OR {team} = %s" if viewer.team_id else "{team} IS NULL"
    said = f"(({ours}) AND NOT {{concerns_staff}})".format(**row)
    return said, [viewer.team_id] if viewer.team_id else []


def _suffix(name: str) -> str:
    return "_id" if name in ("team", "caseworker", "stand_in") else ""
