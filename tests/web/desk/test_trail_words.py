"""The trail reads as sentences, and never as codes."""

from datetime import timedelta

import pytest

from haven.cases import access
from haven.kernel.action import ACTS as EVERY
from haven.trail.models import Entry
from haven.web.desk.trailwords import ACTS, trail_items
from tests.cases import cast
from tests.web.desk.signing import signed_in

PARTS = ("case.", "triage.", "conflict.", "person.", "report.", "code.", "update.", "question.", "duty.", "alarm.")


def test_every_act_of_the_desk_has_words():
    import haven.correspondence.actions
    import haven.obligations.actions
    import haven.people.actions
    import haven.reports.actions  # noqa: F401

    assert [act for act in sorted(EVERY) if act.startswith(PARTS) and act not in ACTS] == []


@pytest.mark.django_db
def test_pages_that_somebody_opened_in_a_row_stand_as_one(now, tyne, worker):
    case = cast.case(by=worker, team_=tyne, caseworker=worker)
    for page in ("overview", "people", "trail"):
        access.see_case(worker, case.reference, at=now, page=page)
    access.see_case(worker, case.reference, at=now + 3 * cast.HOUR, page="papers")
    items = trail_items(Entry.objects.filter(chain=case.trail_chain).order_by("-seq"), now + 3 * cast.HOUR)
    assert [item["title"] for item in items] == ["Opened the papers", "Opened 3 pages", "Opened the case"]
    assert items[0]["byline"] == "Ada Worker"


@pytest.mark.django_db
def test_what_was_refused_is_read_with_its_clause(now, tyne, worker):
    case = cast.case(by=worker, team_=tyne, caseworker=worker)
    client = signed_in(worker)
    client.post(f"/desk/cases/{case.reference}/patterns/harassment", {"is_harassment": "yes"})
    page = client.get(f"/desk/cases/{case.reference}/trail").content.decode()
    assert "Refused: said whether it is harassment" in page
    assert "Policy 3.5.1" in page


@pytest.mark.django_db
def test_the_trail_goes_on_page_by_page(now, tyne, worker):
    case = cast.case(by=worker, team_=tyne, caseworker=worker)
    for number in range(70):
        access.see_case(worker, case.reference, at=now + timedelta(hours=2 * number), page="people")
    client = signed_in(worker)
    seen, address = 0, f"/desk/cases/{case.reference}/trail"
    page = client.get(address).content.decode()
    for _ in range(5):
        seen += page.count("moj-timeline__item")
        if "after=" not in page:
            break
        start = page.index("after=")
        page = client.get(f"{address}?{page[start : page.index(chr(34), start)]}")
        page = page.content.decode()
    assert seen >= 71
