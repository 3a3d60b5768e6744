"""What is owed to people harmed of whom a neighbour, an agency or one of our own staff told us (3.4.1, 3.5.1)."""

from dataclasses import replace

import pytest

from haven.obligations.rules import ContactFacts, Reach, duties_of
from haven.obligations.rules.harmed import FOR_THEM
from haven.policy.bands import Band
from tests.obligations.test_rules import DAY, HOUR, SUNDAY, local
from tests.obligations.test_rules_of_work import HE, MONDAY, OPENED, SHE, M, event, worked

SON = replace(HE, person=7, one_person=7)


def theirs(report, key=None):
    """The duties towards the people harmed."""
    return [each for each in duties_of(report) if each.occasion.startswith(FOR_THEM) and key in (None, each.key)]


def one(report, key):
    (owed,) = theirs(report, key)
    return owed


def talk(at, *, person=6, **more):
    """A conversation with somebody harmed."""
    said = {"case": 3, "is_two_way": True, "with_teller": False, **more}
    return ContactFacts(at=at, person=person, **said)


@pytest.mark.clause("3.5.1", "3.4.1", "2.0(a)")
@pytest.mark.parametrize("from_staff", [True, False])
@pytest.mark.parametrize("is_anonymous", [True, False])
def test_whoever_told_us_the_person_harmed_is_spoken_with(from_staff, is_anonymous):
    found = worked(harmed=(HE,), from_staff=from_staff, is_anonymous=is_anonymous)
    first = one(found, "first_contact")
    assert (first.starts_at, first.due_at, first.case, first.staff) == (SUNDAY, local("2026-11-23 17:00"), 3, 9)
    assert one(found, "interview").due_at == local("2026-11-24 17:00")
    assert not any(each.is_promise for each in theirs(found))


@pytest.mark.parametrize("harmed", [(), (SHE,), (SHE, HE), (replace(HE, has_told=True),)])
def test_nothing_is_owed_twice_where_one_of_the_household_told_us(harmed):
    assert theirs(worked(harmed=harmed)) == []


def test_a_household_is_spoken_with_as_one():
    both = worked(harmed=(HE, SON))
    assert [each.key for each in theirs(both)] == ["first_contact", "interview"]
    assert one(replace(both, contacts=(talk(MONDAY, person=7),)), "first_contact").met_at == MONDAY


@pytest.mark.clause("3.5.1")
@pytest.mark.parametrize(
    ("spoken", "met"),
    [
        (talk(MONDAY), True),
        (talk(MONDAY, case=None), True),
        (talk(MONDAY, person=5), False),
        (talk(MONDAY, case=4), False),
        (talk(MONDAY, is_two_way=False), False),
    ],
)
def test_only_a_conversation_with_them_meets_it(spoken, met):
    assert (one(worked(harmed=(HE,), contacts=(spoken,)), "first_contact").met_at == MONDAY) is met


@pytest.mark.clause("3.3.2")
def test_talking_at_length_with_a_neighbour_is_no_interview_of_the_person_harmed():
    at_length = talk(MONDAY, person=5, with_teller=True, is_interview=True)
    found = worked(harmed=(HE,), contacts=(at_length,))
    assert one(found, "interview").met_at is None
    assert [each.met_at for each in duties_of(found) if each.key == "interview"] == [MONDAY, None]
    nobody = worked(harmed=(HE,))
    assert [each.occasion for each in duties_of(nobody) if each.key == "interview"] == [FOR_THEM]
    theirs_too = replace(found, contacts=(talk(MONDAY, is_interview=True),))
    assert one(theirs_too, "interview").met_at == MONDAY


@pytest.mark.clause("3.4.1", "2.0(b)")
def test_news_is_owed_from_one_conversation_to_the_next():
    calls = (talk(MONDAY), talk(MONDAY + HOUR), talk(MONDAY + 3 * DAY))
    news = theirs(worked(harmed=(HE,), contacts=calls), "update")
    assert [(each.starts_at, each.met_at) for each in news] == [
        (MONDAY + HOUR, MONDAY + 3 * DAY),
        (MONDAY + 3 * DAY, None),
    ]
    assert theirs(worked(harmed=(HE,)), "update") == []


@pytest.mark.clause("3.4.1")
def test_what_happens_is_told_to_them_once_we_know_of_them():
    found = worked(harmed=(HE,), events=(event("arrest"),))
    assert one(found, "event_update_urgent").met_at is None
    mail = talk(MONDAY + HOUR, is_two_way=False, is_word=True)
    assert one(replace(found, contacts=(mail,)), "event_update_urgent").met_at == MONDAY + HOUR
    joined = replace(HE, since=MONDAY + DAY)
    assert theirs(worked(harmed=(joined,), events=(event("arrest"),)), "event_update_urgent") == []
    assert theirs(worked(harmed=(HE,), events=(event("household"),)), "event_update") == []


def test_whoever_joins_the_case_later_is_owed_it_from_then_on():
    late = replace(HE, since=SUNDAY + 30 * DAY)
    assert one(worked(harmed=(late,)), "first_contact").starts_at == late.since
    assert one(worked(harmed=(late, replace(SON, since=OPENED))), "first_contact").starts_at == SUNDAY


@pytest.mark.parametrize(
    "gone", [{"until": MONDAY}, {"unwanted_since": MONDAY}, {"until": MONDAY, "unwanted_since": MONDAY + DAY}]
)
def test_it_ends_when_nobody_is_left_who_is_harmed_and_wants_to_hear_from_us(gone):
    assert one(worked(harmed=(replace(HE, **gone),)), "first_contact").ended_at == MONDAY
    assert one(worked(harmed=(replace(HE, **gone), SON)), "first_contact").ended_at is None
    assert one(worked(harmed=(HE,), closed_at=MONDAY), "first_contact").ended_at == MONDAY
    assert one(worked(harmed=(HE,), reach=Reach.NOT_WANTED, reach_since=MONDAY), "first_contact").ended_at is None


def test_the_greater_danger_brings_it_forward():
    assert one(worked(harmed=(HE,), band=Band.CRITICAL), "first_contact").due_at == SUNDAY + 4 * HOUR
    assert one(worked(harmed=(HE,), band=M), "first_contact").due_at > SUNDAY + 4 * HOUR
