"""What the work on a case owes: plans, what danger causes, a manager's look, children, news and another look at danger."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.accounts.choices import Role
from haven.cases.rules.seeing import Viewer
from haven.obligations.rules import (
    ContactFacts,
    DoneFacts,
    EventFacts,
    HarmedFacts,
    MessageFacts,
    PlanFacts,
    Reach,
    ReviewFacts,
    RiskFacts,
    Standing,
    StepFacts,
    UnreachedFacts,
    duties_of,
    may_review_case,
    standing,
)
from haven.obligations.rules.events import FOLLOWS
from haven.policy.bands import Band
from haven.support.choices import Development
from tests.obligations.test_risk import all_of, risk
from tests.obligations.test_rules import DAY, HOUR, SUNDAY, case, keys, local, only, report

MONDAY = local("2026-11-23 10:00")
OPENED = SUNDAY + HOUR / 2
S, M, H, C = Band.STANDARD, Band.MEDIUM, Band.HIGH, Band.CRITICAL
SHE = HarmedFacts(person=5, one_person=5, case=3, since=OPENED, has_reported=True, has_told=True)
HE = HarmedFacts(person=6, one_person=6, case=3, since=OPENED)


def worked(*, band=M, harmed=(SHE,), closed_at=None, **said):
    """A report that leads a case in which somebody is harmed."""
    stand_in = said.pop("stand_in_since", None)
    led = case(can_be_assessed=True, urgency=3, caseworker=9, closed_at=closed_at, stand_in_since=stand_in)
    return report(band=band, harmed=harmed, cases=(led,), **said)


def plan(at=MONDAY, *, id=1, person=5, **more):
    return PlanFacts(id=id, case=3, person=person, agreed_at=at, **more)


def step(**more):
    """Something that we promised on Monday for Friday."""
    said = {"id": 1, "case": 3, "agreed_at": MONDAY, "due_at": local("2026-11-27 23:59"), "is_promise": True}
    return StepFacts(**{**said, **more})


def event(kind="arrest", at=MONDAY, id=1):
    return EventFacts(kind=kind, id=id, case=3, at=at)


def talk(at, **more):
    """A conversation with her."""
    said = {"person": 5, "case": 3, "is_two_way": True, "with_teller": True, "is_word": True}
    return ContactFacts(at=at, **{**said, **more})


# Plans


@pytest.mark.clause("3.3.1", "3.4.1")
@pytest.mark.parametrize(
    ("band", "due"),
    [(C, "2026-11-24 17:00"), (H, "2026-11-24 17:00"), (M, "2026-11-27 17:00"), (S, "2026-12-04 17:00")],
)
def test_a_plan_is_owed_to_each_person_harmed_by_the_band(band, due):
    found = all_of("action_plan", worked(band=band, harmed=(SHE, HE)))
    assert [(each.occasion, each.due_at, each.staff) for each in found] == [
        ("person 5", local(due), 9),
        ("person 6", local(due), 9),
    ]


@pytest.mark.clause("3.3.1")
def test_only_an_agreed_plan_of_the_person_themselves_meets_it():
    assert only("action_plan", worked()).met_at is None
    assert only("action_plan", worked(plans=(plan(),))).met_at == MONDAY
    assert only("action_plan", worked(plans=(plan(person=6),))).met_at is None
    assert only("action_plan", worked(plans=(plan(is_whole=False, keeps_safe=True),))).met_at is None
    assert only("action_plan", worked(plans=(plan(MONDAY + DAY, id=2), plan()))).met_at == MONDAY


@pytest.mark.parametrize(
    ("somebody", "said", "promised"),
    [
        (SHE, {"reach": Reach.BY_THEIR_WAY}, True),
        (HE, {"reach": Reach.BY_THEIR_WAY}, False),
        (SHE, {}, False),
        (SHE, {"reach": Reach.BY_THEIR_WAY, "is_anonymous": True}, False),
        (SHE, {"reach": Reach.BY_THEIR_WAY, "from_staff": True}, False),
    ],
)
def test_a_plan_is_promised_to_whoever_reported_and_may_be_asked(somebody, said, promised):
    assert only("action_plan", worked(harmed=(somebody,), **said)).is_promise is promised


def test_whoever_joins_the_case_later_is_owed_a_plan_from_then_on():
    late = HarmedFacts(person=6, one_person=6, case=3, since=SUNDAY + 30 * DAY)
    owed = only("action_plan", worked(harmed=(late,)))
    assert (owed.starts_at, owed.due_at > owed.starts_at) == (late.since, True)


def test_whoever_leaves_the_case_or_wants_no_contact_is_owed_none():
    gone = HarmedFacts(person=5, one_person=5, case=3, since=OPENED, until=MONDAY)
    assert only("action_plan", worked(harmed=(gone,))).ended_at == MONDAY
    refused = {"reach": Reach.NOT_WANTED, "reach_since": MONDAY}
    assert only("action_plan", worked(**refused)).ended_at == MONDAY
    assert only("action_plan", worked(harmed=(HE,), **refused)).ended_at is None
    assert only("action_plan", worked(closed_at=MONDAY)).ended_at == MONDAY


def test_a_report_that_does_not_lead_the_case_owes_none_of_it():
    follows = report(harmed=(SHE,), cases=(case(can_be_assessed=True, leading_report=8),), events=(event("children"),))
    owed = set(keys(follows))
    assert not {"action_plan", "safety_plan", "case_review", "manager_alert", "children_referral"} & owed


@pytest.mark.clause("3.3.4", "3.3.5", "3.3.6", "3.3.7")
@pytest.mark.parametrize(("band", "due"), [(C, "2026-11-22 23:59"), (H, "2026-11-23 21:40")])
def test_in_high_danger_a_plan_for_safety_is_owed_by_itself_and_sooner(band, due):
    assert only("safety_plan", worked(band=band)).due_at == local(due)


def test_below_high_danger_safety_is_part_of_the_plan():
    assert "safety_plan" not in keys(worked(band=M))
    found = only("safety_plan", worked(band=M, risks=(risk(H),)))
    assert (found.starts_at, found.due_at, found.occasion) == (MONDAY, MONDAY + DAY, "person 5 assessment 1")


def test_a_plan_that_keeps_them_safe_meets_it_and_stepping_down_ends_it():
    assert only("safety_plan", worked(band=H, plans=(plan(keeps_safe=True),))).met_at == MONDAY
    assert only("safety_plan", worked(band=H, plans=(plan(),))).met_at is None
    down = worked(band=H, risks=(risk(M),))
    assert only("safety_plan", down).ended_at == MONDAY


def test_danger_that_rises_again_asks_for_another_plan_for_safety():
    again = worked(band=H, risks=(risk(M), risk(C, MONDAY + DAY, id=2)), plans=(plan(SUNDAY + HOUR, keeps_safe=True),))
    first, second = all_of("safety_plan", again)
    assert (first.met_at, second.met_at) == (SUNDAY + HOUR, None)
    assert (second.occasion, second.due_at) == ("person 5 assessment 2", local("2026-11-24 23:59"))


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({}, Standing.LATE),
        ({"done_at": local("2026-11-27 23:59")}, Standing.MET),
        ({"done_at": local("2026-11-28 10:00")}, Standing.MET_LATE),
        ({"not_wanted_at": local("2026-11-25 10:00")}, Standing.LAPSED),
        ({"not_wanted_at": local("2026-11-28 10:00")}, Standing.MISSED),
        ({"not_done_at": local("2026-11-25 10:00")}, Standing.MISSED),
        ({"not_done_at": local("2026-11-29 10:00")}, Standing.MISSED),
        ({"replaced_at": local("2026-11-26 10:00")}, Standing.LAPSED),
        ({"replaced_at": local("2026-11-28 10:00")}, Standing.MISSED),
    ],
)
def test_a_promise_is_kept_missed_or_agreed_anew_and_no_new_version_hides_one_that_was_missed(said, stands):
    owed = only("plan_item", worked(steps=(step(**said),)))
    assert (owed.starts_at, owed.occasion, owed.is_promise) == (MONDAY, "step 1", True)
    at = local("2026-12-01 10:00")
    assert standing(due_at=owed.due_at, met_at=owed.met_at, ended_at=owed.ended_at, at=at) is stands


def test_another_agencys_step_without_a_day_is_asked_after():
    owed = only("plan_item", worked(steps=(step(due_at=None, is_promise=False),)))
    assert (owed.due_at, owed.is_promise) == (local("2026-12-07 17:00"), False)
    settled = step(due_at=None, is_promise=False, not_done_at=MONDAY + DAY)
    assert only("plan_item", worked(steps=(settled,))).ended_at == MONDAY + DAY


# What danger causes


RESPONSES = {
    "manager_alert": {C: "2026-11-22 21:40"},
    "home_secured": {C: "2026-11-23 01:40"},
    "safe_tonight": {C: "2026-11-23 01:40"},
    "police_discussion": {C: "2026-11-23 01:40"},
    "second_caseworker": {C: "2026-11-23 17:00"},
    "strategy_discussion": {C: "2026-11-23 21:40"},
    "target_hardening": {C: "2026-11-23 17:00", H: "2026-11-23 17:00"},
    "multi_agency": {H: "2026-11-25 17:00"},
    "housing_options": {C: "2026-11-24 17:00", H: "2026-11-24 17:00"},
}


@pytest.mark.clause("3.3.2", "3.3.4", "3.3.5", "3.3.6", "3.3.7", "3.3.8", "3.6.2")
@pytest.mark.parametrize("band", [S, M, H, C])
@pytest.mark.parametrize("key", RESPONSES)
def test_each_band_causes_at_least_what_it_must(key, band):
    due = RESPONSES[key].get(band)
    found = [each.due_at for each in all_of(key, worked(band=band))]
    assert found == ([local(due)] if due else [])


@pytest.mark.parametrize("key", RESPONSES)
def test_it_lapses_when_the_danger_is_stepped_down_and_begins_again_when_it_rises(key):
    least = C if C in RESPONSES[key] else H
    least = H if H in RESPONSES[key] else least
    found = all_of(key, worked(band=least, risks=(risk(M), risk(least, MONDAY + DAY, id=2))))
    assert [(each.occasion, each.ended_at) for each in found] == [("", MONDAY), ("assessment 2", None)]
    assert found[1].starts_at == MONDAY + DAY


def test_an_assessment_that_confirms_what_was_told_starts_nothing_anew():
    found = all_of("home_secured", worked(band=C, risks=(risk(C), risk(C, MONDAY + HOUR, id=1, is_judgement=True))))
    assert [(each.occasion, each.ended_at) for each in found] == [("", None)]


def test_a_judgement_to_critical_starts_it():
    raised = risk(C, MONDAY + HOUR, id=1, is_judgement=True)
    assert only("strategy_discussion", worked(risks=(risk(M), raised))).occasion == "judgement 1"


def test_naming_a_stand_in_meets_the_second_caseworker():
    assert only("second_caseworker", worked(band=C)).met_at is None
    assert only("second_caseworker", worked(band=C, stand_in_since=MONDAY)).met_at == MONDAY
    before = worked(risks=(risk(C),), stand_in_since=SUNDAY)
    assert only("second_caseworker", before).met_at == MONDAY


@pytest.mark.parametrize(("key", "owes"), [("manager_alert", None), ("case_review", None), ("home_secured", 9)])
def test_managers_owe_what_only_they_can_do(key, owes):
    assert only(key, worked(band=C)).staff == owes


def test_a_case_with_nobody_and_no_home_causes_none_of_it():
    nobody = report(band=C, cases=(case(),))
    assert not set(RESPONSES) & set(keys(nobody))


# A manager's look, and children


@pytest.mark.clause("3.5.1")
@pytest.mark.parametrize(
    ("band", "due"), [(C, "2026-11-27 17:00"), (H, "2026-12-04 17:00"), (M, "2026-12-18 17:00"), (S, "2026-12-18 17:00")]
)
def test_a_manager_looks_at_a_case_by_its_band(band, due):
    owed = only("case_review", worked(band=band))
    assert (owed.starts_at, owed.due_at) == (OPENED, local(due))


@pytest.mark.clause("3.5.1")
def test_a_look_meets_it_and_starts_the_next():
    looked = ReviewFacts(id=4, case=3, at=MONDAY)
    first, second = all_of("case_review", worked(reviews=(looked,)))
    assert (first.met_at, second.occasion, second.due_at) == (MONDAY, "review 4", local("2026-12-21 17:00"))


def test_greater_danger_brings_the_look_forward():
    assert only("case_review", worked(risks=(risk(C),))).due_at == local("2026-11-30 17:00")


def test_no_pack_can_leave_a_case_without_a_look_for_a_quarter_of_a_year(monkeypatch):
    from haven.obligations.rules import clocks_of_work

    far = OPENED + 200 * DAY
    real = clocks_of_work.working_days.due
    monkeypatch.setattr(
        clocks_of_work.working_days, "due", lambda key, *rest: far if key == "case_review" else real(key, *rest)
    )
    assert clocks_of_work.manager_review_due(OPENED, M) == local("2027-02-20 23:59")


def viewer(*roles):
    return Viewer(id=1, roles=frozenset(roles), team=4, is_active=True)


LOOK = {"works_on_it": False, "is_open": True, "looked_at": "The plan", "decided": "Goes on"}


@pytest.mark.clause("3.5.1")
@pytest.mark.parametrize(
    ("role", "change", "allowed"),
    [
        (Role.TEAM_MANAGER, {}, True),
        (Role.HEAD_OF_SERVICE, {}, True),
        (Role.CASEWORKER, {}, False),
        (Role.TEAM_MANAGER, {"works_on_it": True}, False),
        (Role.TEAM_MANAGER, {"is_open": False}, False),
        (Role.TEAM_MANAGER, {"looked_at": " "}, False),
        (Role.TEAM_MANAGER, {"decided": ""}, False),
    ],
)
def test_who_may_look_at_a_case_and_what_they_must_say(role, change, allowed):
    assert may_review_case(viewer(role), **{**LOOK, **change}).allowed is allowed


@pytest.mark.clause("3.4.3(d)")
def test_children_who_are_affected_are_decided_on_within_a_working_day_once_a_case():
    facts = worked(events=(event("children", MONDAY + DAY, 8), event("children", MONDAY, 7)))
    owed = only("children_referral", facts)
    assert (owed.starts_at, owed.due_at, owed.occasion) == (MONDAY, local("2026-11-24 17:00"), "children 7")
    said = DoneFacts(key="children_referral", case=3, occasion="children 7", done_at=MONDAY + HOUR)
    assert only("children_referral", worked(events=facts.events, done=(said,))).met_at == MONDAY + HOUR


# News after something happened


@pytest.mark.clause("3.4.1", "2.0(b)")
@pytest.mark.parametrize(
    ("kind", "key", "due"),
    [
        ("arrest", "event_update_urgent", "2026-11-23 23:59"),
        ("release", "event_update_urgent", "2026-11-23 23:59"),
        ("hearing", "event_update_urgent", "2026-11-23 23:59"),
        ("court_finding", "event_update_urgent", "2026-11-23 23:59"),
        ("finding", "event_update", "2026-11-24 17:00"),
        ("police_step", "event_update", "2026-11-24 17:00"),
        ("order", "event_update", "2026-11-24 17:00"),
        ("visit", "event_update", "2026-11-24 17:00"),
        ("decision", "event_update", "2026-11-24 17:00"),
        ("step", "event_update", "2026-11-24 17:00"),
    ],
)
def test_they_are_told_of_what_happens(kind, key, due):
    owed = only(key, worked(events=(event(kind),)))
    assert (owed.starts_at, owed.due_at, owed.met_at, owed.occasion) == (MONDAY, local(due), None, f"{kind} 1")


@pytest.mark.parametrize("kind", ["report", "occasion", "evidence", "household", "asked", "children", "closure_proposed"])
def test_not_everything_is_news(kind):
    assert not {"event_update", "event_update_urgent"} & set(keys(worked(events=(event(kind),))))


@pytest.mark.parametrize(
    ("said", "met_at"),
    [
        ({"messages": (MessageFacts(at=MONDAY + HOUR, from_person=False),)}, MONDAY + HOUR),
        ({"messages": (MessageFacts(at=MONDAY - HOUR, from_person=False),)}, None),
        ({"messages": (MessageFacts(at=MONDAY + HOUR, from_person=True),)}, None),
        ({"contacts": (talk(MONDAY + HOUR),)}, MONDAY + HOUR),
        ({"contacts": (talk(MONDAY + HOUR, is_two_way=False),)}, MONDAY + HOUR),
        ({"contacts": (talk(MONDAY - HOUR),)}, None),
        ({"contacts": (talk(MONDAY + HOUR, is_word=False),)}, None),
        ({"contacts": (talk(MONDAY + HOUR, with_teller=False),)}, None),
        ({"contacts": (talk(MONDAY + HOUR, case=4),)}, None),
        ({"done": (DoneFacts(key="event_update_urgent", occasion="arrest 1", done_at=MONDAY + HOUR),)}, MONDAY + HOUR),
        ({"done": (DoneFacts(key="event_update_urgent", occasion="arrest 2", done_at=MONDAY + HOUR),)}, None),
    ],
)
def test_hearing_from_us_after_it_meets_it(said, met_at):
    assert only("event_update_urgent", worked(events=(event(),), **said)).met_at == met_at


@pytest.mark.parametrize("said", [{"from_staff": True}, {"is_anonymous": True, "has_code": False}])
def test_nobody_is_told_whom_nobody_can_tell(said):
    assert "event_update_urgent" not in keys(worked(events=(event(),), **said))


def test_whoever_wants_no_contact_is_not_told():
    owed = only("event_update_urgent", worked(events=(event(),), reach=Reach.NOT_WANTED, reach_since=SUNDAY))
    assert owed.ended_at == MONDAY


# Another look at the danger


LOOKS = sorted(kind for kind, follows in FOLLOWS.items() if follows.look_again)


@pytest.mark.clause("3.3.5")
@pytest.mark.parametrize("kind", LOOKS)
def test_what_happens_brings_the_next_look_at_the_danger_forward(kind):
    owed = only("risk_review", worked(risks=(risk(M),), events=(event(kind, MONDAY + DAY),)))
    assert (owed.due_at, owed.met_at, owed.occasion) == (local("2026-11-26 17:00"), None, "assessment 1")


@pytest.mark.clause("3.3.5")
@pytest.mark.parametrize(
    ("band", "due"), [(C, "2026-11-23 15:00"), (H, "2026-11-24 17:00"), (M, "2026-11-25 17:00"), (S, "2026-11-30 17:00")]
)
def test_the_sooner_the_greater_the_danger(band, due):
    assert only("risk_review", worked(risks=(risk(band),), events=(event("occasion", MONDAY + HOUR),))).due_at == local(due)


def test_the_earliest_of_several_counts_and_there_is_one_open_look_for_each_person():
    happened = (event("occasion", MONDAY + 3 * DAY), event("report", MONDAY + DAY, 2))
    found = all_of("risk_review", worked(risks=(risk(M), risk(M, id=2, target="home 1")), events=happened))
    assert [each.due_at for each in found] == [local("2026-11-26 17:00")] * 2


def test_an_assessment_after_it_meets_it_and_what_came_before_calls_no_more():
    happened = (event("occasion", MONDAY + DAY),)
    first, second = all_of("risk_review", worked(risks=(risk(M), risk(M, MONDAY + 2 * DAY, id=2)), events=happened))
    assert (first.met_at, second.due_at) == (MONDAY + 2 * DAY, local("2026-12-23 17:00"))


def test_nobody_judges_a_new_occasion_away():
    judged = risk(H, MONDAY + DAY + HOUR, id=1, is_judgement=True)
    found = all_of("risk_review", worked(risks=(risk(M), judged), events=(event("occasion", MONDAY + DAY),)))
    assert [(each.occasion, each.met_at) for each in found] == [("assessment 1", judged.at), ("judgement 1", None)]
    assert found[1].due_at == local("2026-11-25 17:00")


def test_news_that_came_late_calls_for_a_look():
    spoken, late = talk(local("2026-11-23 09:00")), talk(local("2026-12-10 09:00"))
    owed = only("risk_review", worked(risks=(risk(M),), contacts=(spoken, late)))
    assert owed.due_at == local("2026-12-09 17:00")
    in_time = talk(local("2026-12-01 09:00"))
    assert only("risk_review", worked(risks=(risk(M),), contacts=(spoken, in_time))).due_at == local("2026-12-21 17:00")


def test_everything_tried_in_vain_calls_for_a_look():
    tried = UnreachedFacts(id=1, at=MONDAY + DAY, person=5, case=3, is_all_tried=True)
    assert only("risk_review", worked(risks=(risk(M),), unreached=(tried,))).due_at == local("2026-11-26 17:00")


def test_every_development_that_can_be_recorded_has_something_that_follows():
    assert set(Development.values) <= set(FOLLOWS)
    assert all(FOLLOWS[kind].news or FOLLOWS[kind].look_again for kind in Development.values)


events = some.lists(
    some.builds(
        EventFacts,
        kind=some.sampled_from(sorted(FOLLOWS)),
        id=some.integers(1, 99),
        case=some.just(3),
        at=some.integers(60, 40_000).map(lambda minutes: SUNDAY + timedelta(minutes=minutes)),
    ),
    max_size=4,
    unique_by=lambda each: (each.kind, each.id),
)
found = some.lists(
    some.builds(
        RiskFacts,
        id=some.integers(1, 999),
        case=some.just(3),
        target=some.sampled_from(["person 5", "home 1"]),
        at=some.integers(60, 40_000).map(lambda minutes: SUNDAY + timedelta(minutes=minutes)),
        band=some.sampled_from(list(Band)),
        is_judgement=some.booleans(),
    ),
    max_size=4,
    unique_by=lambda each: (each.id, each.is_judgement),
)


@given(happened=events, risks=found, told=some.sampled_from(list(Band)))
def test_whatever_happens_there_is_a_look_after_it_and_every_duty_is_one_of_its_own(happened, risks, told):
    owed = duties_of(worked(band=told, risks=tuple(risks), events=tuple(happened)))
    identities = [(each.key, each.case, each.occasion) for each in owed]
    assert len(set(identities)) == len(identities)
    for each in happened:
        assessed = {one.target: one.at for one in sorted(risks, key=lambda one: one.at) if not one.is_judgement}
        if FOLLOWS[each.kind].look_again and any(at < each.at for at in assessed.values()):
            assert any(one.key == "risk_review" and one.met_at is None for one in owed)


@given(happened=events, risks=found, told=some.sampled_from(list(Band)))
def test_nothing_that_happens_puts_a_look_at_the_danger_off(happened, risks, told):
    calm = {each.occasion: each.due_at for each in all_of("risk_review", worked(band=told, risks=tuple(risks)))}
    stirred = all_of("risk_review", worked(band=told, risks=tuple(risks), events=tuple(happened)))
    assert all(each.due_at <= calm[each.occasion] for each in stirred)
