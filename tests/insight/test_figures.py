"""Every figure is counted from what was recorded, as its definition says."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.insight.conftest import NOW, refresh
from tests.obligations.conftest import HOUR, SUNDAY, make_case, make_report, told_in


def figure(name):
    """What a figure counts now, as a mapping."""
    from haven.insight.figures import FIGURES, since

    return {part.code: part.number for part in FIGURES[name].count(since(NOW), NOW).parts}


def measured(name):
    """Middle and worst of a figure, in minutes."""
    from haven.insight.figures import FIGURES, since

    found = FIGURES[name].count(since(NOW), NOW)
    return found.middle, found.worst


def test_reports_are_counted_by_the_way_they_came_within_the_year(worked_on):
    assert figure("reports_by_channel") == {"WEB_FORM": 5, "LETTER": 2}


@pytest.mark.clause("3.2.2(c)")
def test_the_gap_between_arrival_and_logging_leaves_the_online_form_out(worked_on):
    assert figure("arrival_to_logged") == {"hour": 0, "day": 0, "later": 2}
    assert measured("arrival_to_logged") == (26 * 60, 26 * 60)


def test_reports_read_in_time_are_duties_met(worked_on):
    assert figure("read_in_time") == {"met": 5, "met_late": 2, "missed": 0, "late": 0}


def test_a_report_nobody_read_counts_as_late(worked_on):
    refresh(make_report())
    assert figure("read_in_time")["late"] == 1


def test_alarms_are_counted_by_when_somebody_took_them(worked_on):
    assert figure("alarm_to_taken") == {"quarter": 1, "later": 0, "not": 1}
    assert measured("alarm_to_taken") == (5, 5)


def test_the_latest_answer_about_the_police_holds(worked_on):
    assert figure("police_choice") == {"with_name": 0, "without_name": 0, "no": 1, "not_asked": 6}


def test_wishes_strands_and_cases_are_counted(worked_on):
    assert figure("wishes_recorded") == {"said": 5, "not": 2}
    assert figure("reports_by_strand") == {"RACE": 5}
    assert figure("cases_opened") == {"hate": 1, "other": 0}


def test_a_case_open_for_long_is_shown(worked_on, team):
    make_case(team, opened_at=NOW - 91 * 24 * HOUR)
    assert figure("open_cases") == {"long": 1, "newer": 1}


def test_decisions_and_second_looks_are_counted(worked_on, caseworker, manager):
    from haven.cases.models import TriageDecision

    for upheld in (True, False, None):
        reviewed = {} if upheld is None else {"reviewed_by": manager, "reviewed_at": SUNDAY + HOUR, "upheld": upheld}
        TriageDecision.objects.create(
            report=worked_on[5], outcome="neither", reason="No.", by=caseworker, at=SUNDAY, **reviewed
        )
    assert figure("decisions") == {"open": 0, "join": 0, "link": 0, "neither": 3}
    assert figure("second_looks") == {"upheld": 1, "overturned": 1, "waiting": 1}


def test_a_home_reported_about_twice_is_one_home(worked_on, team):
    from haven.homes.models import Property

    home = Property.objects.create(
        uprn="100000000001",
        paon="1",
        street="Invented Row",
        town="Merrowdale",
        postcode="ZZ1 1AA",
        patch="M1",
        latitude=0,
        longitude=0,
    )
    for _ in range(2):
        make_report(home=home)
    assert figure("repeat_homes") == {"one": 0, "two": 1, "more": 0}
    assert figure("reports_by_patch") == {"M1": 2}


def test_a_case_with_one_late_piece_of_news_is_late(team, caseworker):
    from haven.correspondence.models import Contact

    good, bad = make_report(), make_report()
    for report, gaps in ((good, (0, 100, 190)), (bad, (0, 600))):
        reporter = told_in(report)
        for hours in gaps:
            Contact.objects.create(
                report=report, person=reporter, way="call", result="two_way", words="Words.",
                happened_at=SUNDAY + (hours - 700) * HOUR, at=NOW, by=caseworker,
            )  # fmt: skip
        case = make_case(team, report, opened_at=SUNDAY - 700 * HOUR, state="closed", closed_at=SUNDAY - 300 * HOUR)
        refresh(case)
    assert figure("informed_in_time") == {"always": 1, "late": 1}


def test_refusals_of_clause_3_3_3_come_from_the_trail(worked_on):
    from django.db import transaction

    from haven.kernel.action import SYSTEM
    from haven.trail.recording import append

    with transaction.atomic():
        append(
            chain="case:1", at=SUNDAY, act="case.opened_to_read", outcome="refused", by=SYSTEM, subject=None,
            guards=["cases.may_see_case"], clause="3.3.3", codes={},
        )  # fmt: skip
    assert figure("confidence_kept")["cases.may_see_case"] == 1


@pytest.mark.clause("3.1.2-B")
def test_a_snapshot_keeps_what_was_counted(worked_on):
    from haven.insight import counting

    counted = counting.count_all(NOW)
    counting.keep(NOW)
    refresh(make_report())
    counting.FEW, few = 1, counting.FEW
    try:
        kept = counting.current(NOW + HOUR)
    finally:
        counting.FEW = few
    assert kept == counted
    assert counting.current(NOW + HOUR) != counted


def test_old_snapshots_are_thinned_out_to_one_a_day(db):
    from haven.insight import counting
    from haven.insight.models import Snapshot

    for hours in (0, 1, 2, 30):
        Snapshot.objects.create(at=SUNDAY + hours * HOUR, records={}, figures={})
    counting.keep(SUNDAY + 10 * 24 * HOUR)
    assert Snapshot.objects.count() == 3


def test_counting_costs_as_many_queries_for_eight_reports_as_for_forty(worked_on):
    from haven.insight import counting

    def queries():
        with CaptureQueriesContext(connections["default"]) as context:
            counting.count_all(NOW)
        return len(context)

    before = queries()
    refresh(*[make_report() for _ in range(32)])
    assert queries() == before


def test_every_figure_is_in_the_register_and_on_a_page():
    from haven.insight.figures import FIGURES
    from haven.policy.register import REGISTER
    from haven.web.oversight.overview import FIRST, GROUPS

    named = {entry.name for entry in REGISTER.figures.values()}
    shown = [name for _, names in GROUPS for name in names]
    assert set(FIGURES) == named == set(shown)
    assert len(shown) == len(set(shown))
    assert set(FIRST) <= set(shown)
