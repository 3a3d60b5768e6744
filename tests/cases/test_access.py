"""Need to know: every role × each sensitivity, by the rule and by every door alike."""

import itertools

import pytest
from django.http import Http404

from haven.accounts.choices import CASE_ROLES, Role
from haven.cases import access, actions
from haven.cases.access import CaseFilters
from haven.cases.models import Case, CaseAccess, Conflict
from haven.cases.queries import case_facts, report_facts, viewer_of
from haven.cases.rules.seeing import may_see_case, may_see_report
from haven.reports.models import Report
from tests.cases import cast

pytestmark = pytest.mark.django_db
SENSITIVITIES = ("team", "named", "sealed")
TIES = ("none", "caseworker", "stand_in", "let_in", "was_let_in")
LOCKS = (False, True)


@pytest.fixture
def wear(db):
    return cast.team("Wear")


def expected(role, own_team, restriction, tie, locked):
    """Say in words of DESIGN.md who may see a case."""
    if locked or role not in CASE_ROLES:
        return False
    if tie in ("caseworker", "stand_in", "let_in"):
        return True
    if role == Role.HEAD_OF_SERVICE:
        return restriction != "sealed"
    return own_team and restriction == "team"


def tied(case, staff, tie):
    Case.objects.filter(pk=case.pk).update(
        caseworker=staff if tie == "caseworker" else None, stand_in=staff if tie == "stand_in" else None
    )
    if tie in ("let_in", "was_let_in"):
        CaseAccess.objects.create(case=case, staff=staff, since=cast.AT, until=cast.AT if tie == "was_let_in" else None)


def opens(viewer, case):
    try:
        return access.get_case(viewer, case.reference) == case
    except Http404:
        return False


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("own_team", [True, False])
def test_who_may_see_a_case(tyne, wear, role, own_team):
    viewer = cast.staff(role, team=tyne if own_team else wear)
    combinations = list(itertools.product(SENSITIVITIES, TIES, LOCKS))
    base = cast.case(team_=tyne)
    for restriction, tie, locked in combinations:
        CaseAccess.objects.all().delete()
        case = base
        Case.objects.filter(pk=case.pk).update(restriction=restriction)
        tied(case, viewer, tie)
        case.refresh_from_db()
        facts = case_facts(case)
        if locked:
            facts = type(facts)(**{**_fields(facts), "locked_out": {viewer.pk}})
        wanted = expected(role, own_team, restriction, tie, locked)
        situation = f"{role} own team {own_team}: {restriction}, {tie}, locked out {locked}"
        assert bool(may_see_case(viewer_of(viewer), facts)) == wanted, situation
        if not locked:
            assert opens(viewer, case) == wanted, situation
            listed = {
                found.pk
                for whose in ("mine", "cover", "team", "let_in", "all")
                for found in access.cases_for(viewer, CaseFilters(whose=whose)).rows
            }
            assert (case.pk in listed) <= wanted, situation


def _fields(facts):
    return {name: getattr(facts, name) for name in facts.__slots__}


@pytest.mark.parametrize("tie", TIES)
@pytest.mark.parametrize("restriction", SENSITIVITIES)
@pytest.mark.parametrize("role", sorted(CASE_ROLES))
def test_a_conflict_shuts_every_door_whatever_else_holds(tyne, role, restriction, tie):
    viewer = cast.staff(role, team=tyne)
    case = cast.case(team_=tyne, reporter="Amina Yusuf", home=cast.home())
    Case.objects.filter(pk=case.pk).update(restriction=restriction)
    tied(case, viewer, tie)
    report = case.report_links.get().report
    for row in ({"case": case}, {"report": report}):
        Conflict.objects.create(**row, staff=viewer, reason="relative", declared_at=cast.AT)
    assert not opens(viewer, case)
    with pytest.raises(Http404):
        access.report_for(viewer, report.reference, at=cast.AT)
    for whose in ("mine", "cover", "team", "let_in", "all"):
        assert case not in access.cases_for(viewer, CaseFilters(whose=whose)).rows
    assert not any(hit.seen.cases or hit.seen.reports for hit in access.search_people(viewer, "Amina", at=cast.AT).hits)
    another = cast.report(team=tyne, reporter="Amina Yusuf", home=case.home)
    known = access.known_of(viewer, another, at=cast.AT)
    assert case.pk not in known.as_shown()["cases"]
    assert report.pk not in known.as_shown()["reports"]
    assert access.matters_at(viewer, [case.home], at=cast.AT).cases.get(case.home.pk, []) == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("whose_team", ["own", "other", "none"])
@pytest.mark.parametrize("is_sealed", [False, True])
def test_who_may_see_a_report_that_is_in_no_case(tyne, wear, role, whose_team, is_sealed):
    viewer = cast.staff(role, team=tyne)
    team = {"own": tyne, "other": wear, "none": None}[whose_team]
    report = cast.report(team=team, incident_types=("STAFF_CONDUCT",) if is_sealed else ("VERBAL",))
    if role == Role.HEAD_OF_SERVICE:
        wanted = True
    else:
        wanted = role in CASE_ROLES and not is_sealed and whose_team != "other"
    facts = report_facts(report, viewer_of(viewer), cast.AT)
    assert bool(may_see_report(viewer_of(viewer), facts)) == wanted
    assert access.visible_reports(viewer, at=cast.AT).filter(pk=report.pk).exists() == wanted
    assert (report in access.queue_for(viewer).rows) == wanted


def test_a_report_in_a_case_is_seen_by_whoever_sees_the_case_and_nobody_else(tyne, wear):
    worker, stranger = cast.caseworker(tyne), cast.caseworker(wear)
    case = cast.case(by=worker, team_=tyne)
    report = case.report_links.get().report
    Report.objects.filter(pk=report.pk).update(team=wear)
    report.refresh_from_db()
    for viewer, wanted in ((worker, True), (stranger, False)):
        facts = report_facts(report, viewer_of(viewer), cast.AT)
        assert bool(may_see_report(viewer_of(viewer), facts)) == wanted
        assert access.visible_reports(viewer, at=cast.AT).filter(pk=report.pk).exists() == wanted


def test_a_report_about_staff_opens_a_sealed_case(tyne):
    boss = cast.head()
    case = cast.case(by=boss, team_=tyne, incident_types=("STAFF_CONDUCT",))
    assert case.restriction == "sealed"
    assert opens(boss, case)
    assert not opens(cast.manager(tyne), case)
    assert not opens(cast.head(), case)


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(
    ("told", "sealed"),
    [
        ({"responsible_kinds": ("STAFF",)}, True),
        ({"responsible_kinds": ("CONTRACTOR",)}, True),
        ({"responsible_kinds": ("TENANT",)}, False),
        ({"incident_types": ("STAFF_CONDUCT",)}, True),
        ({}, False),
    ],
)
def test_whoever_works_for_the_landlord_and_may_be_responsible_is_kept_out(tyne, told, sealed):
    report = cast.report(team=tyne, **told)
    assert report.concerns_staff == sealed
    assert (report in access.queue_for(cast.manager(tyne)).rows) != sealed
    assert report in access.queue_for(cast.head()).rows


def test_a_call_handler_sees_what_they_logged_until_the_shift_is_over(tyne):
    handler = cast.staff(Role.CALL_HANDLER, team=tyne)
    report = cast.report(team=tyne, logged_by=handler)
    for hours, wanted in ((1, True), (11, True), (13, False)):
        at = cast.AT + hours * cast.HOUR
        assert access.visible_reports(handler, at=at).filter(pk=report.pk).exists() == wanted
        facts = report_facts(report, viewer_of(handler), at)
        assert bool(may_see_report(viewer_of(handler), facts)) == wanted


def test_an_account_that_has_left_sees_nothing(tyne):
    viewer = cast.caseworker(tyne)
    case = cast.case(by=viewer, team_=tyne, caseworker=viewer)
    viewer.is_active = False
    viewer.save()
    assert not opens(viewer, case)
    assert access.queue_for(viewer).rows == []
    assert access.cases_for(viewer).rows == []
    assert access.alarms_for(viewer) == []


def test_a_declared_conflict_reaches_every_case_and_report_of_the_matter(tyne):
    worker, other = cast.caseworker(tyne), cast.caseworker(tyne)
    case = cast.case(by=cast.manager(tyne), team_=tyne, caseworker=other)
    second = cast.report(team=tyne)
    actions.declare_conflict(subject=case, staff=other, reason="friend", by=other, at=cast.AT)
    case.refresh_from_db()
    assert case.caseworker is None
    actions.join_case(report=second, case=case, seen=cast.seen(second), by=worker, at=cast.AT)
    for report in (case.report_links.first().report, second):
        assert not access.visible_reports(other, at=cast.AT).filter(pk=report.pk).exists()
    further = actions.open_case(
        report=second, seen=cast.seen(second), team=tyne, is_further=True, by=worker, at=cast.AT
    )
    assert not opens(other, further)


def test_repeats_are_counted_from_what_the_viewer_may_see_alone(tyne, wear):
    home = cast.home()
    worker = cast.caseworker(tyne)
    case = cast.case(by=worker, team_=tyne, home=home, reporter="Amina Yusuf")
    theirs = cast.case(team_=wear, home=home, reporter="Amina Yusuf")
    codes = {each.rule.code for each in access.repeats_for(worker, case, at=cast.AT)}
    assert "ADDRESS_REPORTS" not in codes
    found = access.repeats_for(cast.head(), case, at=cast.AT)
    address = next(each for each in found if each.rule.code == "ADDRESS_REPORTS")
    assert {report.pk for report in address.reports} == {
        case.report_links.get().report_id, theirs.report_links.get().report_id
    }  # fmt: skip


def test_pages_of_a_list_follow_each_other_by_key_and_leave_nothing_out(tyne):
    worker = cast.caseworker(tyne)
    cases = {cast.case(by=worker, team_=tyne, at=cast.AT + n * cast.HOUR).pk for n in range(7)}
    found, after = [], ""
    while True:
        page = access.cases_for(worker, CaseFilters(whose="team"), after=after, size=3)
        found += [case.pk for case in page.rows]
        after = page.next
        if not after:
            break
    assert len(found) == 7
    assert set(found) == cases
    assert found == sorted(found, reverse=True)
