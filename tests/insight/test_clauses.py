"""Clause by clause: what is there, how often, and what is honestly missing."""

import json

import pytest
from click.testing import CliRunner
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.insight.conftest import NOW, refresh
from tests.obligations.conftest import SUNDAY, make_report


def rows():
    """Every clause, by its number."""
    from haven.insight.clauses import assurance

    return {row.clause.number: row for row in assurance(at=NOW).clauses}


def test_every_clause_of_the_policy_is_there_once(db):
    from haven.policy.clauses import CLAUSES

    assert list(rows()) == list(CLAUSES)


def test_a_clause_with_nothing_behind_it_is_empty(db):
    row = rows()["3.5.2(e)"]
    assert row.state == "empty"
    assert set(row.missing) == {"guard", "record"}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, "carried_out"),
        ({"missing": ("guard",)}, "partly"),
        ({"untested": ("cases.may_open",)}, "partly"),
        ({"needs_tests": True}, "partly"),
        ({"gap": "the plan itself"}, "partly"),
        ({"records": ()}, "empty"),
    ],
)
def test_carried_out_means_whole_and_tested(said, state):
    from haven.insight.clauses import ClauseRow, RecordRow
    from haven.policy.clauses import CLAUSES

    record = RecordRow(model="reports.Report", summary="Every report", count=3)
    assert ClauseRow(**{"clause": CLAUSES["3.2.1"], "records": (record,), **said}).state == state


def test_what_is_known_to_lack_is_never_carried_out(db):
    from haven.insight.gaps import GAPS

    found = rows()
    assert set(GAPS) <= set(found)
    assert all(found[clause].state != "carried_out" for clause in GAPS)


def test_duties_records_and_figures_carry_their_counts(worked_on):
    row = rows()["3.3.2"]
    triage = next(each.counts for each in row.duties if each.key == "triage")
    assert (triage.met, triage.met_late, triage.late) == (5, 2, 1)
    assert next(each.count for each in row.records if each.model == "reports.Alarm") == 2
    assert next(each for each in row.figures if each.definition.name == "read_in_time").result.percent == 71


def test_reports_are_counted_for_the_way_that_a_clause_names(worked_on):
    found = rows()
    assert [each.count for each in found["3.2.2(c)"].records if each.model == "reports.Report"] == [2]
    assert [each.count for each in found["3.2.2(d)"].records if each.model == "reports.Report"] == [6]
    assert [each.count for each in found["3.2.2(e)"].records if each.model == "reports.Report"] == [0]


def test_guards_carry_how_often_they_were_asked_and_refused(worked_on):
    from haven.kernel.action import SYSTEM
    from haven.trail.checkpoint import make_checkpoint
    from haven.trail.recording import append

    def asked(outcome):
        append(
            chain="report:1", at=SUNDAY, act="report.received", outcome=outcome, by=SYSTEM, subject=None,
            guards=["reports.may_receive"], clause="", codes={},
        )  # fmt: skip

    with transaction.atomic():
        asked("done")
        asked("refused")
    for _ in range(2):
        guard = next(each for each in rows()["3.2.1"].guards if each.name == "reports.may_receive")
        assert (guard.asked.asked, guard.asked.refused) == (2, 1)
        make_checkpoint(at=SUNDAY)


def test_the_whole_policy_costs_as_many_queries_for_eight_reports_as_for_forty(worked_on):
    def queries():
        with CaptureQueriesContext(connections["default"]) as context:
            rows()
        return len(context)

    before = queries()
    refresh(*[make_report() for _ in range(32)])
    assert queries() == before


def run(*words):
    """What `haven policy` prints."""
    from haven.jobs.cli import haven

    return CliRunner().invoke(haven, ["policy", *words])


def test_haven_policy_prints_a_list_of_objects(fresh_database):
    done = run("--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert len(found) == len(rows())
    for one in found:
        assert {"clause", "summary", "guards", "duties", "records", "figures", "tests"} <= set(one)
    reporting = next(one for one in found if one["clause"] == "3.2.1")
    assert {"name", "refuses", "asked", "refused", "tests"} == set(reporting["guards"][0])
    assert {"key", "requires", "met", "met_late", "missed", "open", "late", "lapsed"} == set(reporting["duties"][0])


def test_haven_policy_fits_a_terminal_of_eighty_columns_and_is_honest(fresh_database):
    done = run()
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "3.5.2(c)  Mediation" in done.stdout
    assert "empty" in done.stdout
    assert max(map(len, run("--brief").stdout.splitlines())) <= 80


def test_haven_policy_can_be_asked_for_some_clauses(fresh_database):
    assert [one["clause"] for one in json.loads(run("--json", "3.4.1", "1.1").stdout)] == ["1.1", "3.4.1"]
    assert {one["state"] for one in json.loads(run("--json", "--state", "empty").stdout)} == {"empty"}
    done = run("9.9")
    assert done.exit_code == 1
    assert "no clause '9.9'" in done.stderr
