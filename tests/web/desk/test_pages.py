"""Every page of the desk: right people in, wrong people out, and as many queries for thirty rows as for one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.accounts.choices import Role
from haven.cases import actions
from haven.cases.actions import OccasionTold
from haven.kernel.references import new_reference
from haven.trail.models import Entry
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db
LISTS = ["/desk/", "/desk/queue", "/desk/cases", "/desk/cases?whose=team", "/desk/find"]
PARTS = ["", "/people", "/happened", "/findings", "/patterns", "/papers", "/trail"]
FORMS = ["/people/add", "/happened/add", "/findings/add", "/assign", "/restrict", "/conflict"]
OUTSIDE = [role for role in Role if role not in (Role.CASEWORKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE)]


@pytest.fixture
def case(now, tyne, worker):
    return cast.case(
        by=worker, team_=tyne, caseworker=worker, reporter="Amina Yusuf", responsible=("Dean Hall",), home=cast.home()
    )


@pytest.mark.parametrize("page", LISTS)
def test_lists_open_for_a_caseworker(worker, case, page):
    assert signed_in(worker).get(page).status_code == 200


@pytest.mark.parametrize("part", PARTS + FORMS)
def test_every_page_of_a_case_opens_for_its_caseworker(worker, case, part):
    answer = signed_in(worker).get(f"/desk/cases/{case.reference}{part}")
    assert answer.status_code == 200


@pytest.mark.parametrize("part", PARTS + FORMS)
def test_no_page_of_a_case_opens_for_another_team(case, part):
    other = cast.caseworker(cast.team("Wear"))
    assert signed_in(other).get(f"/desk/cases/{case.reference}{part}").status_code == 404


@pytest.mark.parametrize("role", OUTSIDE)
def test_roles_without_casework_find_no_page_of_a_case(case, tyne, role):
    client = signed_in(cast.staff(role, team=tyne))
    report = case.report_links.get().report
    for address in (f"/desk/cases/{case.reference}", f"/desk/reports/{report.reference}", "/desk/queue", "/desk/find"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_no_page_says_a_name_in_its_title_or_address(worker, case, part):
    page = signed_in(worker).get(f"/desk/cases/{case.reference}{part}").content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Amina" not in title
    assert "Dean" not in title


def test_opening_a_case_and_a_report_is_in_the_trail(worker, case):
    client = signed_in(worker)
    client.get(f"/desk/cases/{case.reference}/people")
    seen = Entry.objects.filter(chain=case.trail_chain, outcome="seen").get()
    assert (seen.act, seen.actor_id, seen.codes) == ("case.opened_to_read", worker.pk, {"page": "people"})
    report = case.report_links.get().report
    client.get(f"/desk/reports/{report.reference}")
    assert Entry.objects.filter(chain=report.trail_chain, outcome="seen", act="report.opened_to_read").count() == 1


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def same_for_one_and_thirty(client, address, one_more):
    one_more()
    client.get(address)
    one = queries(client, address)
    for _ in range(29):
        one_more()
    assert queries(client, address) == one
    return one


def test_the_queue_asks_as_much_for_thirty_reports_as_for_one(now, tyne, worker):
    home = cast.home()
    asked = same_for_one_and_thirty(
        signed_in(worker), "/desk/queue", lambda: cast.report(team=tyne, home=home, reporter="Amina Yusuf")
    )
    assert asked < 12


def test_the_list_of_cases_asks_as_much_for_thirty_as_for_one(now, tyne, worker):
    home = cast.home()
    asked = same_for_one_and_thirty(
        signed_in(worker),
        "/desk/cases",
        lambda: cast.case(by=worker, team_=tyne, caseworker=worker, home=home, reporter="Amina Yusuf"),
    )
    assert asked < 12


def test_a_case_asks_as_much_with_thirty_occasions_reports_and_people_as_with_one(case, tyne, worker):
    client = signed_in(worker)
    pages = [f"/desk/cases/{case.reference}{part}" for part in PARTS]

    def one_more():
        told = cast.report(team=tyne, reporter="Amina Yusuf", responsible=("Dean Hall",), home=case.home)
        actions.join_case(report=told, case=case, seen=cast.seen(told), by=worker, at=cast.AT)
        harmed = case.people.filter(part="harmed").first().person
        actions.record_incident(case=case, told=OccasionTold(harmed=[harmed], strands=["RACE"]), by=worker, at=cast.AT)

    one_more()
    for address in pages:
        client.get(address)
    few = [queries(client, address) for address in pages]
    for _ in range(29):
        one_more()
    assert [queries(client, address) for address in pages] == few


def test_a_report_asks_as_much_with_thirty_like_it_as_with_one(now, tyne, worker):
    home = cast.home()
    subject = cast.report(team=tyne, home=home, reporter="Amina Yusuf", responsible=("Dean Hall",))
    same_for_one_and_thirty(
        signed_in(worker),
        f"/desk/reports/{subject.reference}",
        lambda: cast.report(team=tyne, home=home, reporter="Amina Yusuf", responsible=("Dean Hall",)),
    )


def test_a_case_that_is_absent_and_one_that_is_forbidden_look_alike(case):
    client = signed_in(cast.caseworker(cast.team("Wear")))
    forbidden = client.get(f"/desk/cases/{case.reference}")
    absent = client.get(f"/desk/cases/{new_reference('HC')}")
    assert forbidden.status_code == absent.status_code == 404
    assert without_tokens(forbidden, case.reference) == without_tokens(absent, absent.request["PATH_INFO"][-11:])


def without_tokens(answer, reference):
    page = re.sub(r'"[A-Za-z0-9]{64}"', '""', answer.content.decode().replace("&quot;", '"'))
    return page.replace(reference, "")
