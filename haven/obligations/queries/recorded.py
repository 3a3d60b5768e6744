"""Everything recorded about reports that starts, meets or ends a duty: one query for those in cases, one for the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from haven.cases.choices import Part
from haven.correspondence.choices import MailState, Result
from haven.obligations.choices import ClosingState, LetterBy
from haven.obligations.queries.recorded_work import LINKS, PARTS, REPORTER
from haven.policy.pack import pack
from haven.reports.choices import Scope

POLICE = "POLICE"


class Row(NamedTuple):
    """One thing recorded; what the columns after `report` mean stands beside each part of the query."""

    kind: str
    report: int
    sort_at: datetime | None
    number: int
    at: datetime
    later: datetime | None
    latest: datetime | None
    word: str
    other: str
    yes: bool | None
    one: int | None
    two: int | None
    three: int | None
    four: int | None


NOTHING = "NULL::timestamptz"
TARGET = "COALESCE('person ' || made.person_id, 'home ' || made.home_id)"
TELLER = f"""SELECT EXISTS (SELECT 1 FROM reports_reportperson told JOIN people_person teller
  ON teller.id = told.person_id WHERE told.report_id = link.report_id AND told.part = '{REPORTER}'
   AND COALESCE(teller.same_as_id, teller.id) = COALESCE(met.same_as_id, met.id))"""  # noqa: S608
LOST = ", ".join(f"'{state.value}'" for state in (MailState.STOPPED, MailState.FAILED, MailState.RETURNED))
SAID = f"CASE spoken.result WHEN '{Result.TWO_WAY.value}' THEN spoken.police ELSE spoken.not_counted END"
"""Of a contact: a conversation says what came of speaking about the police, a try why it counts for nothing."""
# kind, report, sort_at, number, at, later, latest, word, other, yes, one, two, three, four
OF_REPORTS = f"""
SELECT 'alarm', report_id, {NOTHING}, id, raised_at, taken_at, {NOTHING}, '', '', out_of_hours,
       NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint
  FROM reports_alarm WHERE report_id = ANY(%(reports)s)
UNION ALL
SELECT 'decision', report_id, NULL, id, at, reviewed_at, NULL, outcome, '', upheld, NULL, NULL, NULL, NULL
  FROM cases_triagedecision WHERE report_id = ANY(%(reports)s)
UNION ALL
SELECT 'message', report_id, at, id, at, read_at, NULL, '', '', by_id IS NULL, NULL, NULL, NULL, NULL
  FROM correspondence_message WHERE report_id = ANY(%(reports)s)
UNION ALL
SELECT 'done', report_id, at, id, done_at, NULL, NULL, key, occasion, NULL, case_id, NULL, NULL, NULL
  FROM obligations_done WHERE report_id = ANY(%(reports)s)
UNION ALL
SELECT 'reach', told.report_id, way.at, way.id, way.at, NULL, NULL, way.preferred, '', NULL, NULL, NULL, NULL, NULL
  FROM reports_reportperson told JOIN people_safecontact way ON way.person_id = told.person_id
 WHERE told.report_id = ANY(%(reports)s) AND told.part = '{REPORTER}'
UNION ALL
SELECT 'police', report_id, at, id, at, NULL, NULL, scope, '', NULL, NULL, NULL, NULL, NULL
  FROM reports_permission
 WHERE report_id = ANY(%(reports)s) AND recipient = '{POLICE}' AND scope <> '{Scope.NOT_ASKED.value}'
UNION ALL
SELECT 'contact', link.report_id, spoken.happened_at, spoken.id, spoken.happened_at, NULL, NULL, spoken.result,
       {SAID}, spoken.is_interview, NULL, COALESCE(met.same_as_id, met.id), ({TELLER})::int, NULL
  FROM (SELECT id AS report_id FROM reports_report WHERE id = ANY(%(reports)s)) link
  JOIN correspondence_contact spoken ON spoken.report_id = link.report_id
  JOIN people_person met ON met.id = spoken.person_id
 WHERE spoken.taken_back_at IS NULL
"""  # noqa: S608 - the words filled in are codes of ours
OF_CASES = f"""
SELECT 'case', link.report_id, matter.stand_in_since, matter.id, matter.opened_at, matter.closed_at,
       matter.caseworker_since, '', '',
       matter.home_id IS NOT NULL OR EXISTS (SELECT 1 FROM cases_caseperson somebody WHERE somebody.case_id = matter.id
         AND somebody.part = '{Part.HARMED.value}' AND somebody.until IS NULL),
       matter.team_id, matter.caseworker_id, matter.urgency, link.led_by
  FROM link JOIN cases_case matter ON matter.id = link.case_id
UNION ALL
SELECT 'risk', link.report_id, made.at, made.id, made.at, NULL, NULL, made.band, {TARGET}, made.is_incomplete,
       made.case_id, 0, NULL, NULL
  FROM link JOIN risk_assessment made ON made.case_id = link.case_id
UNION ALL
SELECT 'risk', link.report_id, judged.at, judged.id, judged.at, NULL, NULL, judged.band, {TARGET}, made.is_incomplete,
       made.case_id, 1, NULL, NULL
  FROM link JOIN risk_assessment made ON made.case_id = link.case_id
  JOIN risk_judgement judged ON judged.assessment_id = made.id
UNION ALL
SELECT 'contact', link.report_id, spoken.happened_at, spoken.id, spoken.happened_at, NULL, NULL, spoken.result,
       {SAID}, spoken.is_interview, spoken.case_id, COALESCE(met.same_as_id, met.id), ({TELLER})::int, NULL
  FROM link JOIN correspondence_contact spoken ON spoken.case_id = link.case_id
  JOIN people_person met ON met.id = spoken.person_id
 WHERE spoken.taken_back_at IS NULL
UNION ALL
SELECT 'unreached', link.report_id, sent.settled_at, sent.id, sent.settled_at, NULL, NULL, '', '', FALSE,
       sent.case_id, COALESCE(met.same_as_id, met.id), NULL, NULL
  FROM link JOIN correspondence_mail sent ON sent.case_id = link.case_id
  JOIN people_person met ON met.id = sent.person_id
 WHERE sent.state IN ({LOST})
UNION ALL
SELECT 'unreached', link.report_id, done.at, done.id, done.at, NULL, NULL, '', '', TRUE,
       done.case_id, COALESCE(met.same_as_id, met.id), NULL, NULL
  FROM link JOIN correspondence_alltried done ON done.case_id = link.case_id
  JOIN people_person met ON met.id = done.person_id
UNION ALL
SELECT 'welfare', link.report_id, thought.at, thought.id, thought.at, NULL, NULL, '', '', NULL,
       thought.case_id, COALESCE(met.same_as_id, met.id), NULL, NULL
  FROM link JOIN correspondence_welfaredecision thought ON thought.case_id = link.case_id
  JOIN people_person met ON met.id = thought.person_id
UNION ALL
SELECT 'contact', link.report_id, sent.settled_at, sent.id, sent.settled_at, NULL, NULL, 'sent', '', FALSE,
       sent.case_id, COALESCE(met.same_as_id, met.id), ({TELLER})::int, NULL
  FROM link JOIN correspondence_mail sent ON sent.case_id = link.case_id
  JOIN people_person met ON met.id = sent.person_id
 WHERE sent.state = '{MailState.SENT.value}'
UNION ALL
SELECT 'closed', link.report_id, agreed.decided_at, agreed.id, agreed.decided_at, NULL, NULL, '', '',
       agreed.letter_by <> '{LetterBy.NONE.value}', agreed.case_id, NULL, NULL, NULL
  FROM link JOIN obligations_closing agreed ON agreed.case_id = link.case_id
 WHERE agreed.state = '{ClosingState.CLOSED.value}'
"""  # noqa: S608
IN_ORDER = " ORDER BY 2, 1, 3, 4"
ALONE = OF_REPORTS + IN_ORDER
"""For reports that are in no case: a few of the parts, so that taking one in is not slowed by what cases have."""
WHOLE = LINKS + "UNION ALL".join([OF_REPORTS, OF_CASES, *PARTS]) + IN_ORDER
MANY, ONE = "= ANY(%(reports)s)", "= %(report)s"
"""An act mostly touches one report: asked for as one, the statement is planned once for a connection and not each time."""


def rows_about(reports: list[int], *, in_cases: bool) -> Iterator[Row]:
    """Return what was recorded about these reports, and in their cases: by report, then by kind, oldest first."""
    if not reports:
        return
    statement, given = (WHOLE, _children()) if in_cases else (ALONE, {})
    if len(reports) == 1:
        statement, given = statement.replace(MANY, ONE), {**given, "report": reports[0]}
    with connection.cursor() as cursor:
        cursor.execute(statement, {"reports": reports, **given})
        yield from map(Row._make, cursor)


def _children() -> dict[str, Any]:
    """Return the question about children, and the answers that say that they are affected (clause 3.4.3(d))."""
    whole = pack().risk
    points = pack().risk_questions[whole.children_question].points
    affected = [code for code, scored in points.items() if scored >= whole.children_from]
    return {"children": whole.children_question, "affected": affected}
