"""The parts of the one query that say what was recorded of the work on cases: people harmed, plans, events, looks.

Each goes through `link` (every case of these reports) or `lead` (those that the report leads), which the query defines.
The columns are those of `recorded.Row`.
"""

from __future__ import annotations

from haven.cases.choices import Part, Source
from haven.people.choices import Method
from haven.reports.choices import Role
from haven.support.choices import OURS, Covers, Doer, Ended, Kind

REPORTER = "reporter"
OURS_IN_SQL = ", ".join(f"'{doer.value}'" for doer in OURS)

LINKS = f"""
WITH link AS MATERIALIZED (
  SELECT inside.report_id, inside.case_id,
         (SELECT other.report_id FROM cases_casereport other JOIN reports_report told ON told.id = other.report_id
           WHERE other.case_id = inside.case_id
           ORDER BY told.role <> '{Role.VICTIM.value}', told.received_at, told.id LIMIT 1) AS led_by
    FROM cases_casereport inside WHERE inside.report_id = ANY(%(reports)s)
), lead AS MATERIALIZED (SELECT report_id, case_id FROM link WHERE led_by = report_id)
"""  # noqa: S608 - the words filled in are codes of ours

# later: until when, latest: since when they want no contact; yes: they made this report;
# one: case, two: person, three: the same for each of their records, four: whether they made any report in the case
HARMED = f"""
SELECT 'harmed', lead.report_id, NULL, min(somebody.id), min(somebody.since),
       CASE WHEN bool_or(somebody.until IS NULL) THEN NULL ELSE max(somebody.until) END,
       (SELECT CASE way.preferred WHEN '{Method.NONE.value}' THEN way.at END FROM people_safecontact way
         WHERE way.person_id = somebody.person_id ORDER BY way.at DESC, way.id DESC LIMIT 1), '', '',
       EXISTS (SELECT 1 FROM reports_reportperson told WHERE told.report_id = lead.report_id
         AND told.part = '{REPORTER}' AND told.person_id = somebody.person_id),
       lead.case_id, somebody.person_id, COALESCE(harmed.same_as_id, harmed.id),
       EXISTS (SELECT 1 FROM cases_casereport inside
         JOIN reports_reportperson told ON told.report_id = inside.report_id AND told.part = '{REPORTER}'
         JOIN people_person teller ON teller.id = told.person_id
        WHERE inside.case_id = lead.case_id
          AND COALESCE(teller.same_as_id, teller.id) = COALESCE(harmed.same_as_id, harmed.id))::int
  FROM lead JOIN cases_caseperson somebody ON somebody.case_id = lead.case_id AND somebody.part = '{Part.HARMED.value}'
  JOIN people_person harmed ON harmed.id = somebody.person_id
 GROUP BY lead.report_id, lead.case_id, somebody.person_id, harmed.same_as_id, harmed.id
"""  # noqa: S608

# at: agreed; word: what it covers; yes: a step of it keeps somebody safe; one: case, two: person
PLANS = f"""
SELECT 'plan', lead.report_id, plan.agreed_at, plan.id, plan.agreed_at, NULL, NULL, plan.covers, '',
       plan.covers = '{Covers.SAFETY.value}' OR EXISTS (SELECT 1 FROM support_planitem step
         WHERE step.plan_id = plan.id AND step.kind = '{Kind.SAFETY.value}'),
       lead.case_id, plan.person_id, NULL, NULL
  FROM lead JOIN support_plan plan ON plan.case_id = lead.case_id WHERE plan.agreed_at IS NOT NULL
"""  # noqa: S608

# sort_at: replaced by a newer version, at: agreed, later: due, latest: ended; word: outcome; yes: promise; one: case
STEPS = f"""
SELECT 'step', lead.report_id,
       (SELECT min(newer.agreed_at) FROM support_plan newer WHERE newer.case_id = plan.case_id
         AND newer.person_id = plan.person_id AND newer.number > plan.number),
       step.id, plan.agreed_at, (step.due_on + time '23:59') AT TIME ZONE 'Europe/London', became.ended_at,
       COALESCE(became.outcome, ''), '', step.doer IN ({OURS_IN_SQL}) AND step.due_on IS NOT NULL,
       lead.case_id, NULL, NULL, NULL
  FROM lead JOIN support_plan plan ON plan.case_id = lead.case_id
  JOIN support_planitem step ON step.plan_id = plan.id AND step.doer <> '{Doer.PERSON.value}'
  LEFT JOIN LATERAL (SELECT outcome, ended_at FROM support_itemoutcome WHERE item_id = step.id
    ORDER BY at DESC, id DESC LIMIT 1) became ON TRUE
 WHERE plan.agreed_at IS NOT NULL
"""  # noqa: S608

# word: kind of event; one: case. News of these is owed to whoever made any report in the case.
NEWS = f"""
SELECT 'event', link.report_id, found.at, found.id, found.at, NULL, NULL,
       CASE found.source WHEN '{Source.COURT.value}' THEN 'court_finding' ELSE 'finding' END, '', NULL,
       link.case_id, NULL, NULL, NULL
  FROM link JOIN cases_finding found ON found.case_id = link.case_id
 WHERE found.source <> '{Source.PERCEIVED.value}'
UNION ALL
SELECT 'event', link.report_id, came.learnt_at, came.id, came.learnt_at, NULL, NULL, came.kind, '', NULL,
       link.case_id, NULL, NULL, NULL
  FROM link JOIN support_developmentrecord came ON came.case_id = link.case_id
UNION ALL
SELECT 'event', link.report_id, step.executed_at, step.id, step.executed_at, NULL, NULL, 'step', '', NULL,
       link.case_id, NULL, NULL, NULL
  FROM link JOIN interventions_intervention step ON step.case_id = link.case_id AND step.executed_at IS NOT NULL
"""  # noqa: S608

# word: kind of event; one: case. These ask for another look at the danger, and children for a decision.
CALLS = """
SELECT 'event', lead.report_id, other.at, other.id, other.at, NULL, NULL, 'report', '', NULL,
       lead.case_id, NULL, NULL, NULL
  FROM lead JOIN cases_casereport other ON other.case_id = lead.case_id AND other.report_id <> lead.report_id
UNION ALL
SELECT 'event', lead.report_id, met.recorded_at, met.id, met.recorded_at, NULL, NULL, 'occasion', '', NULL,
       lead.case_id, NULL, NULL, NULL
  FROM lead JOIN cases_incident met ON met.case_id = lead.case_id
UNION ALL
SELECT 'event', lead.report_id, file.received_at, given.id, file.received_at, NULL, NULL, 'evidence', '', NULL,
       lead.case_id, NULL, NULL, NULL
  FROM lead JOIN cases_casereport inside ON inside.case_id = lead.case_id
  JOIN reports_attachment given ON given.report_id = inside.report_id JOIN evidence_item file ON file.id = given.item_id
UNION ALL
SELECT 'event', lead.report_id, end_.proposed_at, end_.id, end_.proposed_at, NULL, NULL, 'closure_proposed', '', NULL,
       lead.case_id, NULL, NULL, NULL
  FROM lead JOIN obligations_closing end_ ON end_.case_id = lead.case_id AND end_.state <> 'brought_over'
UNION ALL
SELECT 'event', lead.report_id, step.proposed_at, step.id, step.proposed_at, NULL, NULL, 'before_step', '', NULL,
       lead.case_id, NULL, NULL, NULL
  FROM lead JOIN interventions_intervention step ON step.case_id = lead.case_id
UNION ALL
SELECT 'event', lead.report_id, made.at, made.id, made.at, NULL, NULL, 'children', '', NULL,
       lead.case_id, NULL, NULL, NULL
  FROM lead JOIN risk_assessment made ON made.case_id = lead.case_id
  JOIN risk_answer said ON said.assessment_id = made.id AND said.question = %(children)s AND said.value = ANY(%(affected)s)
"""  # noqa: S608

REVIEWS = """
SELECT 'review', lead.report_id, looked.at, looked.id, looked.at, NULL, NULL, '', '', NULL,
       lead.case_id, NULL, NULL, NULL
  FROM lead JOIN obligations_casereview looked ON looked.case_id = lead.case_id
"""

PARTS = (HARMED, PLANS, STEPS, NEWS, CALLS, REVIEWS)
ENDINGS = {Ended.DONE: "done_at", Ended.NOT_DONE: "not_done_at", Ended.NOT_WANTED: "not_wanted_at"}
"""What each outcome of a step says of it."""
