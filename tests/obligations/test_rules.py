"""What the policy requires, by truth tables; no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from haven.obligations.rules import (
    AlarmFacts,
    CaseFacts,
    ContactFacts,
    DecisionFacts,
    DoneFacts,
    MessageFacts,
    PoliceFacts,
    Reach,
    ReportFacts,
    Standing,
    UnreachedFacts,
    WelfareFacts,
    duties_of,
    standing,
)
from haven.policy.bands import Band
from haven.policy.clauses import CLAUSES
from haven.policy.register import REGISTER

LONDON = ZoneInfo("Europe/London")
SUNDAY = datetime(2026, 11, 22, 21, 40, tzinfo=LONDON)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEYS = {
    "ack", "triage", "danger_handover", "assign", "recorded_reason_review", "first_contact", "interview",
    "police_decision", "police_notify", "update", "emergency_repair_attend", "graffiti_hate", "homeless_referral",
    "interpreter_remote", "translation_essential", "contact_again", "welfare_check",
}  # fmt: skip


def local(text: str) -> datetime:
    """A time in England, such as `2026-11-23 17:00`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def report(**said) -> ReportFacts:
    """A report of a Sunday night from the person harmed, by the public form, in danger."""
    return ReportFacts(
        **{
            "id": 7,
            "received_at": SUNDAY,
            "logged_at": SUNDAY,
            "channel": "WEB_FORM",
            "from_staff": False,
            "is_anonymous": False,
            "has_code": True,
            "band": Band.CRITICAL,
            **said,
        }
    )


def case(**said) -> CaseFacts:
    """A case opened half an hour later, led by that report."""
    return CaseFacts(**{"id": 3, "opened_at": SUNDAY + HOUR / 2, "team": 4, "leading_report": 7, **said})


def only(key: str, facts: ReportFacts):
    """The one duty of that key."""
    found = [owed for owed in duties_of(facts) if owed.key == key]
    assert len(found) == 1, found
    return found[0]


def keys(facts: ReportFacts) -> list[str]:
    """The keys of what is owed."""
    return [owed.key for owed in duties_of(facts)]


def test_every_duty_is_registered_with_its_clause():
    assert set(REGISTER.duties) >= KEYS
    assert all(owed.clause in CLAUSES for owed in duties_of(report(cases=(case(),))))


@pytest.mark.clause("3.2.1", "3.2.2(d)")
def test_a_report_by_the_form_is_acknowledged_by_its_receipt():
    assert only("ack", report()).met_at == SUNDAY


@pytest.mark.clause("3.2.1")
@pytest.mark.parametrize(
    ("said", "met_at"),
    [
        ({"channel": "PHONE_OOH"}, SUNDAY + HOUR),
        ({"channel": "IN_PERSON"}, SUNDAY + HOUR),
        ({"channel": "LETTER"}, None),
        ({"channel": "SOCIAL"}, None),
        (
            {"channel": "LETTER", "messages": (MessageFacts(at=SUNDAY + 3 * HOUR, from_person=False),)},
            SUNDAY + 3 * HOUR,
        ),
        ({"channel": "LETTER", "messages": (MessageFacts(at=SUNDAY + 3 * HOUR, from_person=True),)}, None),
    ],
)
def test_without_a_code_only_a_conversation_or_a_message_acknowledges(said, met_at):
    assert only("ack", report(has_code=False, logged_at=SUNDAY + HOUR, **said)).met_at == met_at


@pytest.mark.clause("3.2.2(c)")
def test_the_clock_of_a_letter_runs_from_when_it_arrived():
    facts = report(channel="LETTER", has_code=False, logged_at=SUNDAY + 3 * DAY)
    assert only("triage", facts).starts_at == SUNDAY
    assert only("triage", facts).due_at == local("2026-11-22 23:40")


@pytest.mark.clause("3.4.1", "3.5.1")
@pytest.mark.parametrize(
    ("band", "due"),
    [
        (Band.CRITICAL, "2026-11-22 23:40"),
        (Band.HIGH, "2026-11-23 17:00"),
        (Band.MEDIUM, "2026-11-23 17:00"),
        (Band.STANDARD, "2026-11-23 17:00"),
    ],
)
def test_a_caseworker_is_named_within_two_hours_when_critical_else_one_working_day(band, due):
    assert only("assign", report(band=band)).due_at == local(due)


@pytest.mark.clause("3.5.1", "2.0(a)")
@pytest.mark.parametrize(
    ("band", "due"),
    [
        (Band.CRITICAL, "2026-11-23 01:40"),
        (Band.HIGH, "2026-11-23 17:00"),
        (Band.MEDIUM, "2026-11-23 17:00"),
        (Band.STANDARD, "2026-11-25 17:00"),
    ],
)
def test_somebody_speaks_with_the_person_by_the_clock_of_the_band(band, due):
    assert only("first_contact", report(band=band)).due_at == local(due)


def test_christmas_does_not_count_and_is_not_skipped_for_danger():
    eve = datetime(2026, 12, 24, 18, 30, tzinfo=LONDON)
    assert only("first_contact", report(received_at=eve, band=Band.MEDIUM)).due_at == local("2026-12-29 17:00")
    assert only("first_contact", report(received_at=eve)).due_at == local("2026-12-24 22:30")


@pytest.mark.clause("3.3.2", "2.0(b)")
def test_reading_meets_triage_and_so_does_deciding():
    assert only("triage", report(read_at=SUNDAY + HOUR)).met_at == SUNDAY + HOUR
    decided = DecisionFacts(id=1, at=SUNDAY + HOUR / 2, makes_no_case=False)
    assert only("triage", report(read_at=SUNDAY + HOUR, decisions=(decided,))).met_at == SUNDAY + HOUR / 2


@pytest.mark.clause("3.2.2(b)")
def test_danger_out_of_hours_is_taken_within_fifteen_minutes():
    rang = AlarmFacts(id=5, raised_at=SUNDAY, out_of_hours=True)
    owed = only("danger_handover", report(alarms=(rang,)))
    assert owed.due_at == SUNDAY + timedelta(minutes=15)
    assert owed.is_open
    taken = AlarmFacts(id=5, raised_at=SUNDAY, out_of_hours=True, taken_at=SUNDAY + HOUR)
    assert only("danger_handover", report(alarms=(taken,))).met_at == SUNDAY + HOUR


def test_an_alarm_in_office_hours_is_no_handover():
    rang = AlarmFacts(id=5, raised_at=SUNDAY, out_of_hours=False)
    assert "danger_handover" not in keys(report(alarms=(rang,)))


def test_a_second_alarm_is_a_second_duty():
    alarms = tuple(AlarmFacts(id=n, raised_at=SUNDAY + n * HOUR, out_of_hours=True) for n in (1, 2))
    assert keys(report(alarms=alarms)).count("danger_handover") == 2


@pytest.mark.clause("3.3.2", "2.0(b)")
def test_a_report_that_became_no_case_is_looked_at_by_somebody_else():
    decided = DecisionFacts(id=9, at=SUNDAY + HOUR, makes_no_case=True)
    facts = report(decisions=(decided,))
    owed = only("recorded_reason_review", facts)
    assert (owed.starts_at, owed.due_at, owed.met_at) == (SUNDAY + HOUR, local("2026-11-23 17:00"), None)
    assert only("assign", facts).ended_at == SUNDAY + HOUR
    assert only("first_contact", facts).ended_at == SUNDAY + HOUR


@pytest.mark.clause("3.5.1")
def test_an_overturned_decision_brings_every_duty_back():
    decided = DecisionFacts(id=9, at=SUNDAY + HOUR, makes_no_case=True, reviewed_at=SUNDAY + 2 * HOUR, overturned=True)
    facts = report(decisions=(decided,))
    assert only("recorded_reason_review", facts).met_at == SUNDAY + 2 * HOUR
    assert only("assign", facts).is_open
    assert only("first_contact", facts).due_at == local("2026-11-23 01:40")


def test_a_decision_that_opens_a_case_needs_no_review():
    decided = DecisionFacts(id=9, at=SUNDAY + HOUR, makes_no_case=False)
    assert "recorded_reason_review" not in keys(report(decisions=(decided,), cases=(case(),)))


def test_the_caseworker_meets_assign_and_takes_over_what_is_owed_to_the_person():
    facts = report(cases=(case(caseworker=2, caseworker_since=SUNDAY + HOUR),))
    assert only("assign", facts).met_at == SUNDAY + HOUR
    owed = only("first_contact", facts)
    assert (owed.case, owed.staff, owed.team) == (3, 2, 4)


def test_a_case_without_a_caseworker_leaves_assign_open_with_its_team():
    owed = only("assign", report(team=1, cases=(case(),)))
    assert owed.is_open
    assert owed.team == 4


@pytest.mark.clause("3.3.1", "3.3.2")
def test_only_the_report_of_the_person_harmed_asks_for_the_interview():
    assert "interview" in keys(report(cases=(case(leading_report=7),)))
    assert "interview" not in keys(report(cases=(case(leading_report=8),)))
    assert "interview" not in keys(report())


def test_a_report_in_two_cases_owes_a_conversation_in_each():
    cases = (case(id=3, caseworker=2), case(id=4, caseworker=5))
    owed = [each for each in duties_of(report(cases=cases)) if each.key == "first_contact"]
    assert [(each.case, each.staff) for each in owed] == [(3, 2), (4, 5)]


@pytest.mark.clause("3.3.3")
def test_nobody_can_speak_with_somebody_unknown_but_the_code_can_be_answered():
    assert keys(report(is_anonymous=True)) == ["ack", "triage", "assign", "police_decision"]
    assert keys(report(is_anonymous=True, has_code=False)) == ["triage", "assign"]


def test_what_staff_see_themselves_owes_nothing_to_a_reporter():
    facts = report(from_staff=True, channel="STAFF_OBS", has_code=False)
    assert keys(facts) == ["triage", "assign"]
    assert not any(owed.is_promise for owed in duties_of(facts))


@pytest.mark.clause("3.4.1")
def test_a_conversation_has_two_sides():
    ours = MessageFacts(at=SUNDAY + HOUR, from_person=False, read_at=SUNDAY + 2 * HOUR)
    theirs = MessageFacts(at=SUNDAY + 3 * HOUR, from_person=True)
    unasked = MessageFacts(at=SUNDAY + HOUR / 2, from_person=True)
    assert only("first_contact", report(messages=(ours,))).is_open
    assert only("first_contact", report(messages=(unasked,))).is_open
    assert only("first_contact", report(messages=(unasked, ours))).is_open
    assert only("first_contact", report(messages=(unasked, ours, theirs))).met_at == SUNDAY + 3 * HOUR


@pytest.mark.clause("3.6.1", "3.2.3")
def test_the_police_question_is_due_a_working_day_after_contact_was_due_or_made():
    facts = report(band=Band.MEDIUM)
    assert only("police_decision", facts).due_at == local("2026-11-24 17:00")
    ours = MessageFacts(at=SUNDAY + HOUR, from_person=False)
    theirs = MessageFacts(at=SUNDAY + HOUR + timedelta(minutes=5), from_person=True)
    assert only("police_decision", report(messages=(ours, theirs))).due_at == local("2026-11-23 17:00")
    assert only("police_decision", report(police=(PoliceFacts(at=SUNDAY, may_be_told=False),))).met_at == SUNDAY


def police(*said) -> tuple[PoliceFacts, ...]:
    """Answers an hour apart: may the police be told?"""
    return tuple(PoliceFacts(at=SUNDAY + n * HOUR, may_be_told=one) for n, one in enumerate(said))


@pytest.mark.clause("3.6.1")
def test_a_yes_is_sent_within_a_day_and_a_no_starts_nothing():
    assert only("police_notify", report(police=police(True))).due_at == local("2026-11-23 21:40")
    assert "police_notify" not in keys(report(police=police(False)))
    assert "police_notify" not in keys(report())


@pytest.mark.clause("3.6.1", "3.3.3")
def test_a_yes_taken_back_ends_the_duty_and_a_second_yes_starts_another():
    owed = [each for each in duties_of(report(police=police(True, True, False, True))) if each.key == "police_notify"]
    assert [(each.starts_at, each.ended_at) for each in owed] == [
        (SUNDAY, SUNDAY + 2 * HOUR),
        (SUNDAY + 3 * HOUR, None),
    ]


@pytest.mark.clause("3.4.1")
def test_news_is_owed_from_each_confirmed_contact_to_the_next():
    first = MessageFacts(at=SUNDAY + HOUR, from_person=False, read_at=SUNDAY + DAY)
    second = MessageFacts(at=SUNDAY + 4 * DAY, from_person=False, read_at=SUNDAY + 5 * DAY)
    unread = MessageFacts(at=SUNDAY + 8 * DAY, from_person=False)
    facts = report(band=Band.HIGH, messages=(first, second, unread), cases=(case(),))
    owed = [each for each in duties_of(facts) if each.key == "update"]
    assert [(each.starts_at, each.met_at) for each in owed] == [
        (SUNDAY + DAY, SUNDAY + 5 * DAY),
        (SUNDAY + 5 * DAY, None),
    ]
    assert owed[0].due_at == local("2026-11-30 17:00")
    assert len({each.occasion for each in owed}) == 2


def test_contacts_of_one_day_are_one_contact_and_the_clock_runs_from_the_last():
    ours = MessageFacts(at=SUNDAY, from_person=False, read_at=SUNDAY + HOUR)
    theirs = MessageFacts(at=SUNDAY + 2 * HOUR, from_person=True)
    owed = only("update", report(band=Band.HIGH, messages=(ours, theirs), cases=(case(),)))
    assert owed.starts_at == SUNDAY + 2 * HOUR


def test_without_contact_or_case_no_news_is_owed():
    ours = MessageFacts(at=SUNDAY, from_person=False, read_at=SUNDAY + HOUR)
    assert "update" not in keys(report(messages=(ours,)))
    assert "update" not in keys(report(cases=(case(),)))


def test_what_nobody_acknowledged_or_gave_to_anybody_is_missed_when_the_last_case_is_closed():
    facts = report(has_code=False, channel="LETTER")
    for key in ("ack", "assign"):
        one_open = replace(facts, cases=(case(id=3, closed_at=SUNDAY + DAY), case(id=4)))
        assert only(key, one_open).is_open
        closed = replace(facts, cases=(case(id=3, closed_at=SUNDAY + DAY), case(id=4, closed_at=SUNDAY + 2 * DAY)))
        assert only(key, closed).ended_at == SUNDAY + 2 * DAY


@pytest.mark.clause("3.4.1")
def test_closing_ends_what_was_still_owed_and_keeps_what_was_missed():
    closed_at = SUNDAY + 2 * HOUR
    facts = report(cases=(case(caseworker=2, closed_at=closed_at),))
    owed = only("first_contact", facts)
    assert owed.ended_at == closed_at
    assert standing(due_at=owed.due_at, met_at=None, ended_at=closed_at, at=SUNDAY + DAY) is Standing.LAPSED
    late = only("first_contact", report(cases=(case(closed_at=SUNDAY + DAY),)))
    assert standing(due_at=late.due_at, met_at=None, ended_at=late.ended_at, at=SUNDAY + DAY) is Standing.MISSED


def test_what_was_met_stays_met_after_closing():
    ours = MessageFacts(at=SUNDAY + HOUR, from_person=False)
    theirs = MessageFacts(at=SUNDAY + 2 * HOUR, from_person=True)
    owed = only("first_contact", report(messages=(ours, theirs), cases=(case(closed_at=SUNDAY + DAY),)))
    assert owed.met_at == SUNDAY + 2 * HOUR
    assert owed.ended_at is None


@pytest.mark.parametrize(
    ("met_after", "ended_after", "seen_after", "expected"),
    [
        (None, None, 0, Standing.OPEN),
        (None, None, 1, Standing.OPEN),
        (None, None, 2, Standing.LATE),
        (1, None, 9, Standing.MET),
        (2, None, 9, Standing.MET_LATE),
        (None, 1, 9, Standing.LAPSED),
        (None, 2, 9, Standing.MISSED),
    ],
)
def test_how_a_duty_due_after_an_hour_stands(met_after, ended_after, seen_after, expected):
    met, ended = (None if each is None else SUNDAY + each * HOUR for each in (met_after, ended_after))
    assert standing(due_at=SUNDAY + HOUR, met_at=met, ended_at=ended, at=SUNDAY + seen_after * HOUR) is expected


@pytest.mark.clause("2.0(c)")
def test_promises_are_those_that_the_pack_makes_and_a_conversation_only_in_a_safe_way():
    def promised(reach):
        return {owed.key for owed in duties_of(report(cases=(case(),), reach=reach)) if owed.is_promise}

    always = {"ack", "triage", "assign", "police_decision"}
    assert promised(Reach.BY_THEIR_WAY) == always | {"first_contact", "interview"}
    assert promised(Reach.UNKNOWN) == always


@pytest.mark.clause("2.0(c)", "3.3.1")
def test_whoever_wants_no_contact_is_owed_none():
    told = {"reach": Reach.NOT_WANTED}
    assert not {"first_contact", "interview"} & set(keys(report(reach_since=SUNDAY, cases=(case(),), **told)))
    later = report(reach_since=SUNDAY + HOUR, cases=(case(),), **told)
    assert only("first_contact", later).ended_at == SUNDAY + HOUR
    assert only("interview", later).ended_at == SUNDAY + HOUR


def test_what_ended_first_ends_a_duty():
    facts = report(reach=Reach.NOT_WANTED, reach_since=SUNDAY + HOUR, cases=(case(closed_at=SUNDAY + 2 * DAY),))
    assert only("first_contact", facts).ended_at == SUNDAY + HOUR


@pytest.mark.clause("3.3.7", "3.3.8", "3.4.3(b)", "3.4.3(c)")
@pytest.mark.parametrize(
    ("standard", "due"),
    [
        ("emergency_repair_attend", "2026-11-23 01:40"),
        ("graffiti_hate", "2026-11-23 21:40"),
        ("homeless_referral", "2026-11-22 23:40"),
        ("interpreter_remote", "2026-11-22 21:40"),
        ("translation_essential", "2026-11-24 17:00"),
    ],
)
def test_what_was_asked_for_is_due_by_its_own_clock(standard, due):
    owed = only(standard, report(needed=(standard,), cases=(case(caseworker=2),)))
    assert owed.due_at == local(due)
    assert (owed.case, owed.staff) == (3, 2)


def test_a_need_whose_clock_starts_with_a_later_fact_starts_nothing():
    assert keys(report(needed=("support_referral", "first_contact"))) == keys(report())


def done(key, after=HOUR, **said):
    """Something recorded as done that long after the report."""
    return DoneFacts(key=key, done_at=SUNDAY + after, **said)


def test_what_was_recorded_as_done_meets_its_duty():
    facts = report(needed=("graffiti_hate",), done=(done("graffiti_hate"),))
    assert only("graffiti_hate", facts).met_at == SUNDAY + HOUR


def spoken(after=HOUR, **said) -> ContactFacts:
    """A conversation with whoever told us, that long after the report."""
    return ContactFacts(**{"at": SUNDAY + after, "person": 5, "is_two_way": True, **said})


def test_a_full_talk_before_there_was_a_case_counts_in_it_and_in_one_case_only_there():
    cases = (case(id=3), case(id=4))

    def met(*contacts):
        found = duties_of(report(cases=cases, contacts=contacts))
        return {owed.case for owed in found if owed.key == "interview" and owed.met_at}

    assert met(spoken(is_interview=True)) == {3, 4}
    assert met(spoken(is_interview=True, case=4)) == {4}
    assert met(spoken()) == set()


@pytest.mark.clause("3.4.1", "3.5.1")
def test_a_conversation_meets_first_contact_and_starts_the_clock_for_news():
    facts = report(band=Band.HIGH, cases=(case(),), contacts=(spoken(),))
    assert only("first_contact", facts).met_at == SUNDAY + HOUR
    assert only("update", facts).starts_at == SUNDAY + HOUR


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize("said", [{"is_two_way": False}, {"with_teller": False}])
def test_a_try_or_a_talk_with_somebody_else_meets_nothing(said):
    facts = report(cases=(case(),), contacts=(spoken(**said),))
    assert only("first_contact", facts).is_open
    assert "update" not in keys(facts)


@pytest.mark.clause("3.4.1")
def test_news_in_one_case_is_no_news_in_another():
    facts = report(cases=(case(id=3), case(id=4)), contacts=(spoken(), spoken(DAY, case=4)))
    found = [(owed.case, owed.met_at) for owed in duties_of(facts) if owed.key == "update"]
    assert found == [(3, None), (4, SUNDAY + DAY), (4, None)]


def test_what_was_met_before_it_was_recorded_stays_met_then():
    ours = MessageFacts(at=SUNDAY, from_person=False)
    theirs = MessageFacts(at=SUNDAY + HOUR / 2, from_person=True)
    facts = report(messages=(ours, theirs), contacts=(spoken(),))
    assert only("first_contact", facts).met_at == SUNDAY + HOUR / 2


def test_what_was_done_after_the_case_was_closed_is_met():
    facts = report(cases=(case(closed_at=SUNDAY + HOUR / 2),), contacts=(spoken(),))
    owed = only("first_contact", facts)
    assert (owed.met_at, owed.ended_at) == (SUNDAY + HOUR, None)


def lost(**said) -> UnreachedFacts:
    """An e-mail that was stopped an hour after the report."""
    return UnreachedFacts(**{"id": 1, "at": SUNDAY + HOUR, "person": 5, "case": 3, "is_all_tried": False, **said})


@pytest.mark.clause("3.4.1", "3.3.3")
def test_what_did_not_get_through_is_tried_another_way():
    facts = report(cases=(case(),), unreached=(lost(),))
    assert only("contact_again", facts).due_at == SUNDAY + 5 * HOUR
    for said, met_at in (
        ({}, SUNDAY + 2 * HOUR),
        ({"is_two_way": False}, SUNDAY + 2 * HOUR),
        ({"is_two_way": False, "counts": False}, None),
        ({"person": 6}, None),
        ({"case": None}, None),
        ({"at": SUNDAY + HOUR / 2}, None),
    ):
        contact = spoken(2 * HOUR, **{"case": 3, **said})
        assert only("contact_again", report(cases=(case(),), unreached=(lost(),), contacts=(contact,))).met_at == met_at


@pytest.mark.clause("3.3.3(a)")
def test_somebody_who_cannot_be_reached_is_thought_of():
    tried = lost(is_all_tried=True)
    facts = report(cases=(case(),), unreached=(tried,))
    assert only("welfare_check", facts).due_at == SUNDAY + 5 * HOUR
    vain = spoken(2 * HOUR, case=3, is_two_way=False)
    assert only("welfare_check", report(cases=(case(),), unreached=(tried,), contacts=(vain,))).is_open
    heard = spoken(2 * HOUR, case=3)
    assert only("welfare_check", report(cases=(case(),), unreached=(tried,), contacts=(heard,))).met_at == heard.at
    for person, at, met_at in ((5, 2 * HOUR, SUNDAY + 2 * HOUR), (6, 2 * HOUR, None), (5, HOUR / 2, None)):
        thought = WelfareFacts(at=SUNDAY + at, person=person, case=3)
        assert only("welfare_check", report(cases=(case(),), unreached=(tried,), welfare=(thought,))).met_at == met_at
    other = report(cases=(case(id=4),), unreached=(tried,))
    assert "welfare_check" not in keys(other)


@pytest.mark.clause("3.2.3", "3.6.1")
def test_thinking_about_it_leaves_what_was_said_about_the_police_as_it_was():
    unsure = PoliceFacts(at=SUNDAY + HOUR, may_be_told=None)
    asked = report(police=(unsure,))
    assert only("police_decision", asked).met_at == SUNDAY + HOUR
    assert "police_notify" not in keys(asked)
    before = PoliceFacts(at=SUNDAY, may_be_told=True)
    assert only("police_notify", report(police=(before, unsure))).is_open
