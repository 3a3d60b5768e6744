"""The manager's page: what is late, what nobody has, what has gone quiet, what waits, and who carries how much."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.cases.actions import assign_case, declare_conflict, leave_without_case, restrict_case
from haven.obligations.models import Duty, Watch
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/team"


@pytest.fixture
def case(now, tyne, worker):
    """An open case with a caseworker."""
    return cast.case(by=worker, team_=tyne, caseworker=worker, reporter="Amina Yusuf")


def section(page, name):
    """What stands in one of the lists."""
    return re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)[0]


def see(staff, path=PAGE):
    return signed_in(staff).get(path).content.decode()


@pytest.mark.clause("3.4.1")
def test_a_case_that_nobody_has_stands_first_with_where_it_is_given_out(boss, worker, tyne, now):
    case = cast.case(by=worker, team_=tyne)
    assert case.reference not in section(see(boss), "nobody-has-it")
    Watch.objects.filter(case=case).update(unowned_from=now - cast.HOUR)
    listed = section(see(boss), "nobody-has-it")
    assert f"/desk/cases/{case.reference}/assign" in listed
    assert "No caseworker" in listed


@pytest.mark.clause("3.4.1")
def test_the_case_of_somebody_who_left_says_so(boss, worker, case, now):
    from haven.accounts.actions import leave
    from haven.accounts.choices import Role

    leave(staff=worker, open_work={}, by=cast.staff(Role.ADMINISTRATOR), at=now)
    assert "Ada Worker does not work on cases any more" in section(see(boss), "nobody-has-it")


@pytest.mark.clause("2.0(b)", "3.5.1")
def test_a_quiet_case_says_what_has_not_happened(boss, case, now):
    Watch.objects.filter(case=case).update(quiet_from=now - cast.HOUR, idle_from=now - cast.HOUR)
    assert "Nobody did anything in it" in section(see(boss), "gone-quiet")
    Watch.objects.filter(case=case).update(unheard_from=now - cast.HOUR)
    assert "Nothing two-way with the person" in section(see(boss), "gone-quiet")


def test_what_is_overdue_stands_with_the_greatest_danger_first(boss, tyne, worker, now):
    cases = [cast.case(by=worker, team_=tyne, caseworker=worker, reporter="Amina Yusuf") for _ in range(2)]
    Duty.objects.filter(case=cases[0]).update(due_at=now - 2 * cast.HOUR, urgency=3)
    Duty.objects.filter(case=cases[1]).update(due_at=now - cast.HOUR, urgency=1)
    listed = section(see(boss), "overdue")
    assert listed.index(cases[1].reference) < listed.index(cases[0].reference)
    assert "no reason given yet" in listed


@pytest.mark.clause("3.3.2")
def test_what_waits_for_approval_is_listed_and_ones_own_has_no_button(boss, tyne, now):
    report = cast.report(team=tyne)
    leave_without_case(
        report=report, seen=cast.seen(report), reason="A fence blew down in the wind.", by=boss, at=now
    )
    assert "Your own decision" in section(see(boss), "waiting-for-approval")
    other = section(see(cast.manager(tyne)), "waiting-for-approval")
    assert f"/desk/reports/{report.reference}#review" in other


def rows_of_load(page):
    table = page[page.index("Who carries how much") :]
    rows = re.findall(r'<tr class="govuk-table__row">(.*?)</tr>', table, re.DOTALL)[1:]
    return {
        re.search(r"<th[^>]*>(.*?)</th>", row)[1]: [int(n) for n in re.findall(r"<td[^>]*>(\d+)\+?</td>", row)]
        for row in rows
    }


@pytest.mark.clause("2.0(b)")
def test_who_carries_how_much_is_weighed_by_harm(boss, tyne, worker, now):
    other = cast.caseworker(tyne, name="Cy Worker")
    many = [cast.case(by=worker, team_=tyne, caseworker=worker, reporter="Amina Yusuf") for _ in range(3)]
    (one,) = [cast.case(by=other, team_=tyne, caseworker=other, reporter="Amina Yusuf")]
    for case, urgency in [*((each, 4) for each in many), (one, 1)]:
        type(case).objects.filter(pk=case.pk).update(urgency=urgency)
    Duty.objects.filter(pk=Duty.objects.filter(case=one).first().pk).update(due_at=now - cast.HOUR)
    found = rows_of_load(see(boss))
    assert list(found)[:2] == ["Cy Worker", "Ada Worker"]
    assert found["Cy Worker"] == [1, 0, 0, 0, 1, 9]
    assert found["Ada Worker"] == [0, 0, 0, 3, 0, 3]


@pytest.mark.clause("3.3.3")
def test_a_conflict_and_a_restriction_take_a_case_off_the_page_and_out_of_its_counts(boss, case, worker, now):
    def make_it_late():
        Watch.objects.filter(case=case).update(unowned_from=now - cast.HOUR, quiet_from=now - cast.HOUR)
        Duty.objects.filter(case=case).update(due_at=now - cast.HOUR)

    make_it_late()
    assert see(boss).count(case.reference) >= 3
    restrict_case(case=case, restriction="named", by=worker, at=now)
    make_it_late()
    page = see(boss)
    assert case.reference not in page
    assert sum(rows_of_load(page)["Ada Worker"]) == 0
    head = cast.head()
    assert case.reference in see(head)
    declare_conflict(subject=case, staff=head, reason="friend", by=head, at=now)
    make_it_late()
    page = see(head)
    assert case.reference not in page
    assert sum(rows_of_load(page)["Ada Worker"]) == 0


@pytest.mark.clause("3.3.3")
def test_a_manager_sees_their_own_team_and_a_head_of_service_any(boss, case, tyne):
    wear = cast.team("Wear")
    assert signed_in(boss).get(f"{PAGE}?team={wear.pk}").status_code == 404
    head = signed_in(cast.head())
    assert head.get(f"{PAGE}?team={wear.pk}").status_code == 200
    assert "Ada Worker" in head.get(f"{PAGE}?team={tyne.pk}").content.decode()
    assert head.get(f"{PAGE}?team=x").status_code == 404


def test_who_leads_no_team_is_told_so(now, db):
    assert "You lead no team" in see(cast.manager())


def test_a_caseworker_has_no_such_page(worker, now):
    assert signed_in(worker).get(PAGE).status_code == 404


def test_as_many_queries_for_one_case_as_for_thirty(boss, tyne, worker, now):
    counted = []
    for number in (1, 29):
        for _ in range(number):
            made = cast.case(by=worker, team_=tyne, caseworker=worker)
            assign_case(case=made, caseworker=worker, by=boss, at=now)
        Watch.objects.update(unowned_from=now - cast.HOUR, quiet_from=now - cast.HOUR)
        Duty.objects.update(due_at=now - cast.HOUR)
        client = signed_in(boss)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 20
