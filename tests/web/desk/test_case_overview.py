"""The overview of a case: what is next, what cannot be done yet, how to reach them, promises, timeline, print sheet."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.cases.actions import assign_case, record_finding
from haven.obligations.models import Duty
from haven.people.actions import Ways, record_safe_contact
from haven.reports.choices import Identity, Scope
from haven.reports.models import Permission, Report
from haven.trail.models import Entry
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db
DAYS = 3


@pytest.fixture
def case(now, tyne, worker):
    """A case of three days, of somebody who was told of by name, at a home of ours."""
    told = {"reporter": "Amina Yusuf", "identity": Identity.NAMED, "wants": ("STOP_IT",), "wants_words": "He must not know"}
    return cast.case(
        by=worker, team_=tyne, caseworker=worker, home=cast.home(), at=cast.AT - DAYS * cast.DAY, needs=("CLEAN_OFF",), **told
    )


@pytest.fixture
def mother(case):
    """The person harmed, who may be telephoned."""
    (person,) = [each.person for each in case.people.filter(part="harmed")]
    return person


def reach(person, worker, **said):
    details = {"number": "07700 900123", "name_to_use": "Sam from the library", "code_word": "lemon"}
    safe = {"call": "yes", **said}
    record_safe_contact(person=person, ways=Ways(preferred="call", safe=safe, details=details), by=worker, at=cast.AT)


def see(staff, case, query=""):
    return unescape(signed_in(staff).get(f"/desk/cases/{case.reference}{query}").content.decode())


def section(page, title):
    return re.search(rf"<h2[^>]*>{title}</h2>(.*?)</section>", page, re.DOTALL)[1]


@pytest.mark.clause("3.5.1", "2.0(b)")
def test_what_is_next_stands_late_first_each_with_what_to_press_and_why_it_is_late(case, worker, mother):
    listed = section(see(worker, case), "What the policy needs next")
    rows = re.findall(r'<li class="hv-next__row".*?</li>', listed, re.DOTALL)
    late = ["late" in row for row in rows]
    assert late[0]
    assert late == sorted(late, reverse=True)
    duty = Duty.objects.get(key="graffiti_hate", case=case)
    (row,) = [row for row in rows if f'href="/desk/duties/{duty.pk}"' in row]
    assert f"/desk/duties/{duty.pk}/late" in row
    signed_in(worker).post(f"/desk/duties/{duty.pk}/late", {"late_code": "NO_STAFF"})
    assert "Late: Nobody was free to do it" in section(see(worker, case), "What the policy needs next")


@pytest.mark.clause("3.3.3")
def test_what_cannot_be_done_yet_says_why_by_which_clause_and_what_would_allow_it(case, worker, mother):
    cannot = section(see(worker, case), "Cannot be done yet")
    assert "<strong>Telephone them.</strong> This way is not known to be safe." in cannot
    assert "policy 3.3.3" in cannot
    assert f'href="/desk/cases/{case.reference}/people/{mother.pk}/contact"' in cannot
    reach(mother, worker)
    cannot = section(see(worker, case), "Cannot be done yet")
    assert "Telephone them" not in cannot
    assert "Visit them" in cannot


def test_beside_it_stand_how_to_reach_them_what_they_want_the_police_and_what_was_promised(case, worker, mother):
    reach(mother, worker)
    page = see(worker, case)
    for words in ("Sam from the library", "lemon", "He must not know", "Not asked yet", "due, "):
        assert words in page
    report = Report.objects.get()
    for scope, ago in ((Scope.NO, 2), (Scope.NO, 1)):
        at = cast.AT - ago * cast.HOUR
        Permission.objects.create(report=report, recipient="POLICE", scope=scope, at=at, how="code", language="en")
    page = see(worker, case)
    assert "asked 2 times" in page
    assert re.search(r"\d+ kept.*?, \d+ due, [1-9]\d* missed", page)


@pytest.mark.clause("3.3.3")
def test_the_timeline_is_newest_first_narrowed_by_kind_and_says_who_opened_it_only_when_asked(case, worker, boss, now):
    record_finding(case=case, source="landlord", value="hate", grounds="Seen.", by=worker, at=now)
    page = see(worker, case)
    titles = re.findall(r'moj-timeline__title">(.*?)<', page)
    assert titles[0] == "Added a finding"
    assert "Opened the case" in titles
    assert "Reported" in titles
    assert "Opened the overview" not in titles
    assert "Hate" in section(page, "Timeline") or "Hate" in page
    happened = re.findall(r'moj-timeline__title">(.*?)<', see(worker, case, "?kind=happened"))
    assert set(happened) == {"Added a finding", "Reported"}
    assert re.search(r"Opened \d pages", see(worker, case, "?kind=seen"))
    assert "Everything done" in see(worker, case, "?kind=nonsense&after=nonsense")


def more_entries(case, number):
    """Put many entries into the case's chain behind the back of the hash: for counting only."""
    from haven.trail.models import Chain

    start = Chain.objects.get(name=case.trail_chain).length
    Entry.objects.bulk_create(
        Entry(
            chain=case.trail_chain, seq=start + 1 + step, at=cast.AT + timedelta(seconds=step), act="case.assigned",
            outcome="done", actor_kind="staff", actor_id=1, codes={}, before=b"0" * 32, link=b"0" * 32,
        )
        for step in range(number)
    )  # fmt: skip
    Chain.objects.filter(name=case.trail_chain).update(length=start + number)


def test_five_hundred_entries_cost_as_many_queries_as_five_and_come_page_by_page(case, worker):
    client, address = signed_in(worker), f"/desk/cases/{case.reference}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    more_entries(case, 500)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(few) == len(many) <= 40
    assert page.count("moj-timeline__item") == 30
    seen, pages = 30, 1
    while link := re.search(r'href="(\?[^"]*after=[^"]+)#timeline"', page):
        page = client.get(address + unescape(link[1])).content.decode()
        seen, pages = seen + page.count("moj-timeline__item"), pages + 1
    whole = Entry.objects.filter(outcome="done", chain=case.trail_chain).count()
    reports = Entry.objects.filter(outcome="done", chain__startswith="report:").count()
    assert seen == whole + reports
    assert pages == -(-seen // 30)


def test_every_action_is_one_step_away_with_its_key_and_what_may_not_be_done_says_why(case, worker, boss, now):
    page = see(worker, case)
    for path in ("contact", "risk", "happened/add", "findings/add", "people/add", "visit", "assign", "restrict", "conflict"):
        assert re.search(rf'hv-menu__item" href="/desk/cases/{case.reference}/{path}" data-key="\w"', page), path
    keys = re.findall(r'data-key="(\w)"', page)
    assert len(keys) == len(set(keys))
    assign_case(case=case, caseworker=boss, by=boss, at=now)
    cast.closed(case, now)
    closed = see(worker, case)
    assert "This case is closed." in section(closed, "Cannot be done yet")


@pytest.mark.clause("3.3.3")
def test_the_sheet_for_a_visit_says_where_and_how_and_nothing_of_what_it_is_about(case, worker, mother):
    reach(mother, worker, visit="yes")
    page = see(worker, case, "/visit")
    assert "<title>Visit</title>" in page
    for words in ("Larch Road", "Amina Yusuf", "Sam from the library", "lemon", "07700 900123", "Look at the outside walls"):
        assert words in page
    for words in ("hate", "race", "shouted", "graffiti", "harm", "police", "victim", "risk", "critical", "must not know"):
        assert words not in page.lower(), words
    assert "moj-identity-bar" not in page
    assert Entry.objects.filter(act="case.opened_to_read", codes={"page": "visit"}).exists()


@pytest.mark.clause("3.3.3")
def test_an_address_to_which_a_visit_is_not_known_to_be_safe_is_not_on_the_sheet(case, worker, mother):
    reach(mother, worker)
    page = see(worker, case, "/visit")
    assert "Larch Road" not in page
    assert "Agree on a place first" in page


def test_the_sheet_of_a_case_of_another_team_is_not_there(case):
    other = signed_in(cast.caseworker(cast.team("Wear")))
    assert other.get(f"/desk/cases/{case.reference}/visit").status_code == 404


@pytest.mark.clause("3.4.1", "2.0(a)")
def test_what_is_owed_to_somebody_of_whom_a_neighbour_told_us_says_so(worker):
    told = {"role": "witness", "reporter": "Elsie Thornton", "harmed": "Amina Yusuf", "home": cast.home()}
    case = cast.case(by=worker, caseworker=worker, identity=Identity.NAMED, **told)
    page = section(see(worker, case), "What the policy needs next")
    assert "The person harmed: Two-way conversation" in page
    assert page.count("Two-way conversation") > page.count("The person harmed: Two-way conversation")
