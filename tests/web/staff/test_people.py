"""The pages for those who work here: administrators in, everybody else out, and each act does what it says."""

import re

import pytest
from django.test import Client

from haven.accounts.choices import Role
from haven.accounts.models import Staff, Team
from tests.machinery.staff import member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(administrator):
    return signed_in(administrator)


@pytest.fixture
def worker():
    return member(Role.CASEWORKER, name="Noor <b>Haddad</b>")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_finds_these_pages(role, worker):
    client = signed_in(member(role))
    for path in ("", "/add", "/teams/add", f"/{worker.pk}", f"/{worker.pk}/leave"):
        assert client.get(f"/staff/people{path}").status_code == 404
    for path in ("roles/give", "roles/take", "team", "link", "second-factors", "come-back"):
        assert client.post(f"/staff/people/{worker.pk}/{path}").status_code == 404


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(desk, django_assert_max_num_queries, worker):
    desk.get("/staff/people")
    with django_assert_max_num_queries(4) as first:
        desk.get("/staff/people")
    for _ in range(30):
        member(Role.CASEWORKER, team=Team.objects.get_or_create(name="North")[0])
    with django_assert_max_num_queries(len(first)):
        page = desk.get("/staff/people").content.decode()
    assert page.count("<tr") == 33
    assert "Noor &lt;b&gt;" in page


def test_adding_somebody_shows_their_link_once(desk):
    typed = {"name": "Noor", "email": "noor@landlord.example", "roles": ["caseworker", "call_handler"]}
    page = desk.post("/staff/people/add", typed).content.decode()
    link = re.search(r"http://testserver(/staff/set-up/[\w-]+)<", page).group(1)
    noor = Staff.objects.get(email="noor@landlord.example")
    assert sorted(noor.roles) == ["call_handler", "caseworker"]
    assert Client().get(link).status_code == 302
    assert link not in desk.get(f"/staff/people/{noor.pk}").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Enter their name"),
        ({"name": "N", "email": "x", "roles": ["caseworker"]}, "in the right form"),
        ({"name": "N", "email": "n@x.example", "roles": ["boss"]}, "not one of the available"),
        ({"name": "N", "email": "n@x.example", "roles": ["auditor", "caseworker"]}, "keep apart"),
        ({"name": "N", "email": "ADMIN@landlord.example", "roles": ["auditor"]}, "is here already"),
        ({"name": "N\0", "email": "n@x.example", "roles": ["auditor"]}, "Null characters"),
        ({"name": "N" * 121, "email": "n@x.example", "roles": ["auditor"]}, "at most 120"),
        ({"name": "N", "email": "n@x.example", "roles": ["auditor"], "team": "9999"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(desk, typed, words):
    page = desk.post("/staff/people/add", typed).content.decode()
    assert words in page
    assert "Error: " in page
    for name in ("name", "email"):
        if typed.get(name) and "\0" not in typed[name]:
            assert f'value="{typed[name]}"' in page
    assert Staff.objects.count() == 1


def test_giving_and_taking_a_role(desk, worker):
    desk.post(f"/staff/people/{worker.pk}/roles/give", {"role": "team_manager"})
    desk.post(f"/staff/people/{worker.pk}/roles/take", {"role": "caseworker"})
    worker.refresh_from_db()
    assert worker.roles == ["team_manager"]


def test_a_role_that_clashes_is_refused_with_the_reason_and_the_remedy(desk, worker):
    page = desk.post(f"/staff/people/{worker.pk}/roles/give", {"role": "auditor"}).content.decode()
    assert "keep apart" in page
    assert "Take the role Caseworker away first" in page


@pytest.mark.parametrize("role", ["", "boss", "caseworker", "x" * 5000])
def test_a_strange_role_is_told_and_never_a_fault(desk, worker, role):
    assert desk.post(f"/staff/people/{worker.pk}/roles/give", {"role": role}).status_code == 200
    assert desk.post(f"/staff/people/{worker.pk}/roles/take", {"role": role}).status_code == 302


def test_an_administrator_cannot_touch_their_own_account(desk, administrator):
    own = f"/staff/people/{administrator.pk}"
    page = desk.get(own).content.decode()
    assert "another administrator decides" in page
    assert "roles/give" not in page
    refused = desk.post(f"{own}/roles/give", {"role": "policy_owner"}).content.decode()
    assert "Nobody decides this about themselves" in refused
    for path in ("link", "second-factors", "leave", "team"):
        assert "Nobody decides this about themselves" in desk.post(f"{own}/{path}").content.decode()


def test_moving_to_a_team_and_to_none(desk, worker):
    team = Team.objects.create(name="North")
    desk.post(f"/staff/people/{worker.pk}/team", {"team": team.pk})
    worker.refresh_from_db()
    assert worker.team == team
    desk.post(f"/staff/people/{worker.pk}/team", {"team": ""})
    worker.refresh_from_db()
    assert worker.team is None
    assert desk.post(f"/staff/people/{worker.pk}/team", {"team": "x"}).status_code == 200


def test_leaving_asks_first_and_ends_everything(desk, worker):
    theirs = signed_in(worker, Client())
    assert "no work open" in desk.get(f"/staff/people/{worker.pk}/leave").content.decode()
    worker.refresh_from_db()
    assert worker.is_active
    desk.post(f"/staff/people/{worker.pk}/leave")
    assert theirs.get("/staff/account").status_code == 302
    assert "Noor" not in desk.get("/staff/people").content.decode()
    assert "Noor" in desk.get("/staff/people?left").content.decode()
    desk.post(f"/staff/people/{worker.pk}/come-back")
    worker.refresh_from_db()
    assert worker.is_active


def test_a_missing_account_is_not_found(desk):
    assert desk.get("/staff/people/999999").status_code == 404
    assert desk.post("/staff/people/999999999999999999999/link").status_code == 404


def test_a_team_is_added_once(desk):
    desk.post("/staff/people/teams/add", {"name": "North", "patches": "n1, N2 ,,n1"})
    assert Team.objects.get().patches == ["N1", "N2"]
    assert "already" in desk.post("/staff/people/teams/add", {"name": "North"}).content.decode()
    assert "at most 20" in desk.post("/staff/people/teams/add", {"name": "S", "patches": "x" * 21}).content.decode()


def test_a_manager_sees_and_sets_who_of_their_team_is_on_call():
    north = Team.objects.create(name="North")
    manager = signed_in(member(Role.TEAM_MANAGER, team=north))
    own, other = member(Role.CASEWORKER, team=north, name="Ours"), member(Role.CASEWORKER, name="Theirs")
    page = manager.get("/staff/on-call").content.decode()
    assert "Ours" in page
    assert "Theirs" not in page
    assert "Nobody is on call" in page
    manager.post(f"/staff/on-call/{own.pk}", {"on_call": "yes"})
    manager.post(f"/staff/on-call/{other.pk}", {"on_call": "yes"})
    assert list(Staff.objects.filter(on_call=True)) == [own]
    manager.post(f"/staff/on-call/{own.pk}")
    assert not Staff.objects.filter(on_call=True).exists()


def test_open_work_is_listed_when_somebody_leaves(desk, worker, monkeypatch):
    from haven.accounts.models import Team
    from haven.cases.models import Case
    from haven.kernel import clock
    from haven.kernel.models import SealingKey

    Case.objects.create(
        reference="HC-2222-222", sealing_key=SealingKey.objects.create_for("case"), opened_at=clock.now(),
        team=Team.objects.create(name="North"), caseworker=worker, policy_version="1",
    )  # fmt: skip
    page = desk.get(f"/staff/people/{worker.pk}/leave").content.decode()
    assert "Open cases of their own" in page
    assert "HC-2222-222" not in page
