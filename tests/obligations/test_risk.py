"""What an assessed danger does to clocks: brought forward and never put off, and looked at again in time."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.obligations.rules import ContactFacts, Reach, RiskFacts, duties_of
from haven.policy.bands import Band
from haven.reports.choices import Identity
from tests.obligations.test_rules import DAY, HOUR, SUNDAY, case, keys, local, only, report

MONDAY = local("2026-11-23 10:00")
S, M, H, C = Band.STANDARD, Band.MEDIUM, Band.HIGH, Band.CRITICAL


def risk(band, at=MONDAY, *, id=1, target="person 5", **more):
    return RiskFacts(id=id, case=3, target=target, at=at, band=band, **more)


def assessed(*risks, band=M, **said):
    """A report that leads a case in which these assessments and judgements were made."""
    return report(band=band, risks=risks, cases=(case(can_be_assessed=True, urgency=3),), **said)


def all_of(key, facts):
    return [owed for owed in duties_of(facts) if owed.key == key]


@pytest.mark.clause("3.3.5", "3.3.1")
def test_the_danger_is_assessed_within_a_working_day_and_that_meets_it():
    owed = only("risk_initial", assessed())
    assert (owed.due_at, owed.met_at, owed.case, owed.clause) == (local("2026-11-23 17:00"), None, 3, "3.3.5")
    later = risk(H, MONDAY + HOUR, id=2, target="home 1")
    assert only("risk_initial", assessed(risk(M), later)).met_at == MONDAY


def test_a_case_with_nobody_and_no_home_to_assess_owes_no_assessment():
    assert "risk_initial" not in keys(report(cases=(case(),)))
    assert "risk_initial" not in keys(report())


def test_only_the_report_that_leads_the_case_owes_the_assessment():
    follows = report(risks=(risk(C),), cases=(case(can_be_assessed=True, leading_report=8),))
    assert not {"risk_initial", "risk_review", "assessment_completion"} & set(keys(follows))


@pytest.mark.parametrize(
    ("said", "promised"),
    [
        ({"reach": Reach.BY_THEIR_WAY}, True),
        ({}, False),
        ({"reach": Reach.NOT_WANTED}, False),
        ({"reach": Reach.BY_THEIR_WAY, "is_anonymous": True}, False),
        ({"reach": Reach.BY_THEIR_WAY, "from_staff": True}, False),
    ],
)
def test_it_is_owed_always_and_promised_only_where_somebody_can_ask(said, promised):
    assert only("risk_initial", assessed(**said)).is_promise is promised


@pytest.mark.clause("3.3.5", "3.3.1")
@pytest.mark.parametrize(
    ("band", "due"),
    [
        (C, "2026-11-24 10:00"),
        (H, "2026-11-30 17:00"),
        (M, "2026-12-21 17:00"),
        (S, "2026-12-21 17:00"),
    ],
)
def test_the_danger_is_looked_at_again_the_sooner_the_greater_it_is(band, due):
    owed = only("risk_review", assessed(risk(band)))
    assert (owed.starts_at, owed.due_at, owed.met_at) == (MONDAY, local(due), None)


def test_looking_again_meets_it_and_starts_the_next_for_each_person_and_household():
    facts = assessed(risk(C), risk(C, MONDAY + DAY / 2, id=2), risk(M, id=3, target="home 1"))
    found = {owed.occasion: (owed.met_at, owed.due_at) for owed in all_of("risk_review", facts)}
    assert found == {
        "assessment 1": (MONDAY + DAY / 2, MONDAY + DAY),
        "assessment 2": (None, MONDAY + 1.5 * DAY),
        "assessment 3": (None, local("2026-12-21 17:00")),
    }


def test_a_judgement_sets_the_clock_of_its_own_band():
    facts = assessed(risk(M), risk(C, MONDAY, id=1, is_judgement=True))
    found = {owed.occasion: (owed.met_at, owed.due_at) for owed in all_of("risk_review", facts)}
    assert found["judgement 1"] == (None, MONDAY + DAY)
    assert found["assessment 1"][0] == MONDAY


@pytest.mark.clause("3.3.5")
def test_what_is_open_is_asked_within_five_working_days_counted_from_the_first_time():
    facts = assessed(
        risk(M, is_incomplete=True),
        risk(H, MONDAY + HOUR, id=1, is_judgement=True, is_incomplete=True),
        risk(M, MONDAY + DAY, id=2, is_incomplete=True),
    )
    owed = only("assessment_completion", facts)
    assert (owed.occasion, owed.due_at, owed.met_at) == ("assessment 1", local("2026-11-30 17:00"), None)
    whole = assessed(*facts.risks, risk(M, MONDAY + 2 * DAY, id=3))
    assert only("assessment_completion", whole).met_at == MONDAY + 2 * DAY
    again = assessed(*whole.risks, risk(M, MONDAY + 3 * DAY, id=4, is_incomplete=True))
    assert [owed.occasion for owed in all_of("assessment_completion", again)] == ["assessment 1", "assessment 4"]


def test_another_persons_whole_assessment_does_not_complete_this_one():
    facts = assessed(risk(M, is_incomplete=True), risk(M, MONDAY + HOUR, id=2, target="person 6"))
    assert only("assessment_completion", facts).met_at is None


@pytest.mark.clause("3.5.1")
@pytest.mark.parametrize(
    ("told", "found", "due"),
    [
        (S, C, "2026-11-23 14:00"),
        (S, M, "2026-11-24 17:00"),
        (M, C, "2026-11-23 14:00"),
        (M, S, "2026-11-23 17:00"),
        (C, S, "2026-11-23 01:40"),
    ],
)
def test_a_greater_danger_brings_the_conversation_forward_and_a_lesser_never_puts_it_off(told, found, due):
    assert only("first_contact", assessed(risk(found), band=told)).due_at == local(due)


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize(
    ("found", "due"), [(C, "2026-11-25 12:00"), (H, "2026-12-01 17:00"), (M, "2026-12-08 17:00")]
)
def test_news_is_owed_by_the_band_that_was_assessed(found, due):
    spoken = ContactFacts(at=local("2026-11-24 12:00"), person=5, is_two_way=True)
    assert only("update", assessed(risk(found), band=C, contacts=(spoken,))).due_at == local(due)


@pytest.mark.clause("3.4.1")
def test_news_is_owed_sooner_from_when_the_danger_is_found_to_be_greater():
    spoken = ContactFacts(at=local("2026-11-23 09:00"), person=5, is_two_way=True)
    facts = assessed(risk(M), risk(C, local("2026-11-24 10:00"), id=2), contacts=(spoken,))
    assert only("update", facts).due_at == local("2026-11-25 10:00")


def test_the_greatest_danger_to_anybody_in_the_case_counts():
    child = risk(C, id=2, target="person 6")
    assert only("first_contact", assessed(risk(S), child, band=S)).due_at == local("2026-11-23 14:00")


def test_stepping_one_down_leaves_the_others():
    spoken = ContactFacts(at=local("2026-11-26 12:00"), person=5, is_two_way=True)
    down = risk(M, MONDAY + DAY, id=3)
    facts = assessed(risk(C), risk(H, id=2, target="home 1"), down, contacts=(spoken,))
    assert only("update", facts).due_at == local("2026-12-03 17:00")


def test_closing_ends_looking_again():
    closed = MONDAY + 2 * HOUR
    facts = report(risks=(risk(C),), cases=(case(can_be_assessed=True, closed_at=closed),))
    assert only("risk_review", facts).ended_at == closed


events = some.lists(
    some.builds(
        RiskFacts,
        id=some.integers(1, 999),
        case=some.just(3),
        target=some.sampled_from(["person 5", "person 6", "home 1"]),
        at=some.integers(0, 40_000).map(lambda minutes: SUNDAY + timedelta(minutes=minutes)),
        band=some.sampled_from(list(Band)),
        is_judgement=some.booleans(),
        is_incomplete=some.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: (each.id, each.is_judgement),
)


@given(risks=events, told=some.sampled_from(list(Band)))
def test_no_assessment_ever_puts_the_first_conversation_off(risks, told):
    before = only("first_contact", assessed(band=told)).due_at
    facts = assessed(*risks, band=told)
    assert only("first_contact", facts).due_at <= before
    assert len({(owed.key, owed.case, owed.occasion) for owed in duties_of(facts)}) == len(duties_of(facts))


@pytest.fixture
def worker(db):
    from tests.cases import cast

    return cast.caseworker(cast.team("Tyne"))


def test_an_assessment_refreshes_the_duties_of_its_case_and_a_rebuilt_table_is_the_same(worker):
    from haven.obligations.models import Duty
    from haven.obligations.projection import check, drop, rebuild
    from haven.risk.actions import judge_band
    from tests.cases import cast as people
    from tests.obligations.conftest import table
    from tests.risk import cast

    opened = cast.case(worker, identity=Identity.NAMED)
    first = Duty.objects.filter(case=opened)
    assert first.get(key="risk_initial").met_at is None
    before = first.get(key="first_contact").due_at
    made = cast.assess(opened, worker, cast.told(cast.mother(opened), without=("E1", "E2", "E3", "E4")))
    assert first.get(key="risk_initial").met_at == people.AT
    assert first.get(key="assessment_completion").occasion == f"assessment {made.pk}"
    judge_band(assessment=made, band="critical", by=worker, at=people.AT + people.HOUR)
    assert first.get(key="first_contact").due_at == people.AT + 5 * people.HOUR < before
    assert set(first.filter(key="risk_review").values_list("met_at", flat=True)) == {None, people.AT + people.HOUR}
    assert list(check()) == []
    whole = table()
    drop()
    rebuild()
    assert table() == whole


def test_whoever_comes_into_a_case_as_harmed_makes_it_one_to_assess(worker):
    from haven.cases.actions import add_person
    from haven.obligations.models import Duty
    from haven.obligations.projection import check
    from tests.cases import cast as people

    opened = people.case(by=worker, team_=worker.team, role="witness")
    assert not Duty.objects.filter(case=opened, key="risk_initial").exists()
    add_person(case=opened, person=people.person(), part="harmed", by=worker, at=people.AT)
    assert Duty.objects.filter(case=opened, key="risk_initial").exists()
    assert list(check()) == []
