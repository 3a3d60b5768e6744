"""Acts of casework: what they write, that each leaves one entry, and that a refusal leaves nothing behind."""

import pytest

from haven.cases import actions
from haven.cases.actions import OccasionTold
from haven.cases.models import Case, CaseAccess, CasePerson, Finding, Incident
from haven.kernel.decision import Refused
from haven.trail.models import Entry
from tests.cases import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(tyne):
    return cast.caseworker(tyne)


@pytest.fixture
def boss(tyne):
    return cast.manager(tyne)


@pytest.fixture
def case(tyne, worker):
    return cast.case(by=worker, team_=tyne, caseworker=worker, reporter="Amina Yusuf")


def each_act(case, tyne, by):
    """Return every act in a case as something that `by` can be asked to do."""
    colleague = cast.caseworker(tyne)
    person = cast.person("Kay Lin")
    at = cast.AT
    return {
        "case.assigned": lambda: actions.assign_case(case=case, caseworker=colleague, by=by, at=at),
        "case.let_in": lambda: actions.let_in(case=case, staff=colleague, by=by, at=at),
        "case.person_added": lambda: actions.add_person(case=case, person=person, part="witness", by=by, at=at),
        "case.new_person_added": lambda: actions.add_new_person(case=case, part="witness", name="Bo", by=by, at=at),
        "case.incident_recorded": lambda: actions.record_incident(case=case, told=OccasionTold(), by=by, at=at),
        "case.finding_recorded": lambda: actions.record_finding(
            case=case, source="police", value="waiting", by=by, at=at
        ),
        "case.harassment_decided": lambda: actions.decide_harassment(case=case, is_harassment=False, by=by, at=at),
        "conflict.declared": lambda: actions.declare_conflict(
            subject=case, staff=colleague, reason="friend", by=by, at=at
        ),
        "case.restricted": lambda: actions.restrict_case(case=case, restriction="named", by=by, at=at),
    }


def test_every_act_in_a_case_leaves_one_entry_of_its_own(case, tyne, boss):
    for name, act in each_act(case, tyne, boss).items():
        act()
        assert Entry.objects.filter(act=name, outcome="done").count() == 1, name


def test_nobody_of_another_team_does_anything_and_nothing_is_left_behind(case, tyne):
    stranger = cast.manager(cast.team("Wear"))
    before = (Case.objects.values().get(pk=case.pk), CasePerson.objects.count(), Incident.objects.count())
    for name, act in each_act(case, tyne, stranger).items():
        with pytest.raises(Refused):
            act()
        refused = Entry.objects.filter(act=name, outcome="refused")
        assert [entry.guards[-1] for entry in refused] == ["cases.may_see_case"], name
    after = (Case.objects.values().get(pk=case.pk), CasePerson.objects.count(), Incident.objects.count())
    assert after == before


def test_a_closed_case_takes_no_more_work_but_still_findings_of_police_and_court(case, tyne, boss):
    cast.closed(case, cast.AT)
    open_to = {"case.let_in", "case.finding_recorded", "conflict.declared", "case.restricted"}
    for name, act in each_act(case, tyne, boss).items():
        if name in open_to:
            act()
        else:
            with pytest.raises(Refused, match="closed"):
                act()


def test_two_people_share_a_case_and_never_one_twice(case, worker, boss):
    with pytest.raises(Refused, match="somebody else"):
        actions.assign_case(case=case, caseworker=worker, stand_in=worker, by=boss, at=cast.AT)


def test_a_caseworker_takes_a_case_that_nobody_has_and_gives_none_away(tyne, worker):
    case = cast.case(by=worker, team_=tyne)
    actions.assign_case(case=case, caseworker=worker, by=worker, at=cast.AT)
    assert Case.objects.get(pk=case.pk).caseworker == worker
    with pytest.raises(Refused):
        actions.assign_case(case=case, caseworker=None, by=worker, at=cast.AT)


def test_somebody_locked_out_is_neither_given_the_case_nor_let_in(case, worker, boss, tyne):
    other = cast.caseworker(tyne)
    actions.declare_conflict(subject=case, staff=other, reason="relative", by=boss, at=cast.AT)
    for act in (
        lambda: actions.assign_case(case=case, caseworker=other, by=boss, at=cast.AT),
        lambda: actions.let_in(case=case, staff=other, by=boss, at=cast.AT),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.decision.clause == "3.3.3"


def test_whoever_seals_a_case_stays_in_and_the_rest_is_out(case, boss, worker):
    actions.restrict_case(case=case, restriction="sealed", by=boss, at=cast.AT)
    assert CaseAccess.objects.get(case=case, until=None).staff == boss
    with pytest.raises(Refused):
        actions.restrict_case(case=case, restriction="team", by=boss, at=cast.AT)


@pytest.mark.parametrize(
    ("strands", "types", "value"),
    [
        (("RACE",), ("VERBAL",), "hate"),
        ((), ("HARASSMENT_PATTERN",), "harassment"),
        (("RACE",), ("STALKING",), "both"),
        ((), ("VERBAL",), None),
    ],
)
def test_what_is_perceived_is_a_finding_from_the_first_day(tyne, worker, strands, types, value):
    case = cast.case(by=worker, team_=tyne, strands=strands, incident_types=types)
    found = Finding.objects.filter(case=case, source="perceived").first()
    assert (found.value if found else None) == value
    assert case.is_hate_related == bool(strands)
    assert not case.is_harassment


def test_no_finding_of_ours_or_the_police_takes_the_perception_away(case, worker):
    actions.record_finding(
        case=case, source="landlord", value="not_found", grounds="Nobody else heard it.", by=worker, at=cast.AT
    )
    actions.record_finding(case=case, source="police", value="no_crime", by=worker, at=cast.AT)
    kept = Case.objects.get(pk=case.pk)
    assert kept.is_hate_related
    assert kept.strands == ["RACE"]
    assert Finding.objects.filter(case=case, source="perceived", value="hate").exists()


def test_words_about_a_case_are_sealed_in_the_database(case, worker):
    from django.db import connection

    actions.record_incident(case=case, told=OccasionTold(summary="Spat at the door"), by=worker, at=cast.AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cases_incident::text, ' ') FROM cases_incident")
        rows = cursor.fetchone()[0]
    assert b"Spat at the door".hex() not in rows
    assert "Spat" not in rows
