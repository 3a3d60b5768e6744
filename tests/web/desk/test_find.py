"""Finding people, homes and references, without a name ever standing in an address."""

import pytest

from haven.accounts.choices import Role
from haven.trail.models import Entry
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(now, tyne, worker):
    return cast.case(by=worker, team_=tyne, reporter="Muhammad Karim", home=cast.home("Larch Road", "12", "ZZ1 1AA"))


def look(client, words):
    answer = client.post("/desk/find", {"words": words})
    assert "Karim" not in answer["Location"]
    return client.get(answer["Location"]).content.decode()


def test_a_name_is_found_by_its_sound_and_leads_to_the_case(worker, case):
    assert case.reference in look(signed_in(worker), "mohammed karim")


def test_somebody_told_of_in_another_teams_case_is_not_found(case):
    other = cast.caseworker(cast.team("Wear"))
    page = look(signed_in(other), "Muhammad Karim")
    assert case.reference not in page
    assert "Nothing found" in page


def test_a_tenant_is_found_by_everybody_with_a_case_role_but_not_what_is_known_of_them(case):
    cast.tenant(cast.home("Elm Row", "3"), "Muhammad Karim")
    page = look(signed_in(cast.caseworker(cast.team("Wear"))), "Karim")
    assert "3 Elm Row" in page
    assert case.reference not in page


def test_a_search_belongs_to_whoever_made_it(worker, boss, case):
    address = signed_in(worker).post("/desk/find", {"words": "Karim"})["Location"]
    assert signed_in(boss).get(address).status_code == 404


def test_an_address_finds_the_home_and_the_matters_there(worker, case):
    for words in ("ZZ1 1AA", "zz11aa", "12 Larch Road", "larch"):
        page = look(signed_in(worker), words)
        assert "12 Larch Road" in page
        assert case.reference in page


def test_a_reference_leads_straight_there_or_says_that_there_is_nothing(worker, case):
    client = signed_in(worker)
    assert client.post("/desk/find", {"words": case.reference.lower()})["Location"] == f"/desk/cases/{case.reference}"
    theirs = cast.case(team_=cast.team("Wear"))
    assert (
        "nothing under this reference that you can see"
        in client.post("/desk/find", {"words": theirs.reference}).content.decode()
    )


def test_that_somebody_searched_is_in_the_trail_and_for_whom_is_not(worker, case):
    look(signed_in(worker), "Karim")
    entry = Entry.objects.get(act="people.searched")
    assert entry.chain == worker.trail_chain
    assert "Karim" not in str(entry.codes)


@pytest.mark.parametrize("words", ["", "x" * 201, "\u202e\u0000", "🙂", "'; --", "%_%"])
def test_odd_words_never_break_the_search(worker, case, words):
    answer = signed_in(worker).post("/desk/find", {"words": words}, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("role", [Role.CALL_HANDLER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_others_have_no_search(case, tyne, role):
    assert signed_in(cast.staff(role, team=tyne)).get("/desk/find").status_code == 404
