"""How somebody may be reached, what counts as having reached them, and when they could not be; no database."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from haven.correspondence import rules
from haven.correspondence.choices import NotCounted, PoliceTalk, Result, StillSafe, Way, Welfare
from haven.correspondence.rules import Reachable, Reaching, Try, tried
from haven.kernel.clock import local
from haven.people import times
from haven.people.times import Window
from haven.policy.bands import Band
from haven.policy.working_days import is_working_day

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MORNINGS = times.read("Mon-Fri 10:00-14:00")
SAFE = Reachable(safe=frozenset({"call", "text", "voicemail"}), windows=MORNINGS, hours="weekdays 10 to 2")
BOTH = [True, False]


def told(**said) -> Reaching:
    """A conversation by telephone with somebody harmed, in which everything was asked."""
    return Reaching(
        **{
            "way": Way.CALL,
            "result": Result.TWO_WAY,
            "happened_at": MONDAY,
            "since": MONDAY - DAY,
            "still_safe": StillSafe.CONFIRMED,
            "police": PoliceTalk.UNDECIDED,
            "words": "She is well.",
            "is_harmed": True,
            "band": Band.HIGH,
            **said,
        }
    )


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(
    ("line", "inside", "outside"),
    [
        ("Mon-Fri 10:00-14:00", "2026-11-23 10:00", "2026-11-23 14:00"),
        ("Sat 18.00-20.00", "2026-11-28 19:59", "2026-11-27 19:00"),
        ("Fri-Mon 9:00-10:00", "2026-11-29 09:30", "2026-11-25 09:30"),
        ("21:00-23:00", "2026-11-25 22:00", "2026-11-25 20:59"),
        ("monday – wednesday 10:00 – 12:00, Thu 8:00-9:00", "2026-11-26 08:00", "2026-11-26 10:30"),
    ],
)
def test_safe_times_are_read_as_they_are_written(line, inside, outside):
    windows = times.read(line)
    assert any(window.holds(datetime.fromisoformat(inside).replace(tzinfo=LONDON)) for window in windows)
    assert not any(window.holds(datetime.fromisoformat(outside).replace(tzinfo=LONDON)) for window in windows)


@pytest.mark.parametrize("line", ["whenever", "Mon 10-14", "Mon 14:00-10:00", "Xyz 10:00-11:00", "Mon-Foo 10:00-11:00"])
def test_a_line_that_cannot_be_read_is_said_to_be_so(line):
    with pytest.raises(times.NotUnderstood):
        times.read(line)
    assert times.read("") == ()


windows = some.lists(
    some.builds(
        lambda days, opens, length: Window(days, time(opens), time(opens + length)),
        some.frozensets(some.integers(0, 6), min_size=1),
        some.integers(0, 20),
        some.integers(1, 3),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
FROM, UNTIL = datetime(2026, 1, 1), datetime(2036, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone itself
moments = some.datetimes(FROM, UNTIL, timezones=some.just(UTC))


@given(windows, moments)
@example(times.read("Sun 01:00-02:00"), datetime(2028, 3, 22, tzinfo=UTC))
@example(times.read("Sun 01:30-02:30"), datetime(2028, 3, 19, 3, tzinfo=UTC))
def test_the_next_safe_moment_is_safe_and_not_long_ago(safe, at):
    found = times.next_within(safe, at)
    springs_forward = local(at).utcoffset() < local(at + 8 * DAY).utcoffset()
    assert at <= found <= at + (15 if springs_forward else 8) * DAY
    assert any(window.holds(found) for window in safe)
    if any(window.holds(at) for window in safe):
        assert found == at


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("way", Way.values)
@pytest.mark.parametrize("marked", ["yes", "no", "unknown"])
def test_only_a_way_that_they_said_is_safe_is_used(way, marked):
    column = "call" if way == Way.VIDEO else way
    known = Reachable.of("call", {column: marked}, has_code=marked == "yes")
    decision = rules.may_reach(known, way, at=MONDAY)
    assert decision.allowed is (marked == "yes")
    assert (decision.clause, decision.guard) == ("3.3.3", "correspondence.may_reach")


@pytest.mark.clause("3.3.3")
def test_at_another_time_nobody_is_reached_where_others_may_notice_at_once():
    for way, at in product((Way.CALL, Way.VIDEO, Way.TEXT), (MONDAY - HOUR, MONDAY + 5 * DAY, MONDAY + 4 * HOUR)):
        assert "other times" in rules.may_reach(SAFE, way, at=at).reason
        assert rules.not_counted(SAFE, way, Result.NO_ANSWER, at=at) == NotCounted.TIME
    for way in (Way.CALL, Way.VIDEO, Way.TEXT):
        assert rules.may_reach(SAFE, way, at=MONDAY)
    post = replace(SAFE, safe=frozenset({"letter"}), has_code=True)
    assert rules.may_reach(post, Way.LETTER, at=MONDAY - HOUR)
    assert rules.may_reach(post, Way.CODE, at=MONDAY - HOUR)


@pytest.mark.clause("3.3.3")
def test_safe_times_in_their_own_words_are_heeded_by_asking():
    known = replace(SAFE, windows=(), hours="school hours")
    refused = rules.may_reach(known, Way.CALL, at=MONDAY)
    assert not refused
    assert "school hours" in refused.reason
    for was_then, counts in ((True, True), (False, False), (None, False)):
        why = rules.not_counted(known, Way.CALL, Result.NO_ANSWER, at=MONDAY, was_then=was_then)
        assert why == (NotCounted.NONE if counts else NotCounted.TIME)
    post = replace(known, safe=frozenset({"letter"}))
    assert rules.may_reach(post, Way.LETTER, at=MONDAY)
    assert rules.not_counted(post, Way.LETTER, Result.SENT, at=MONDAY) == NotCounted.NONE


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("way", Way.values)
def test_whoever_wants_no_contact_is_reached_by_nobody(way):
    known = Reachable.of("none", dict.fromkeys(Way.values, "yes"), has_code=True)
    assert rules.may_reach(known, way, at=MONDAY).allowed is (way == Way.CODE)
    why = rules.not_counted(known, way, Result.SENT, at=MONDAY)
    assert why == (NotCounted.NONE if way == Way.CODE else NotCounted.NO_CONTACT)


@pytest.mark.clause("3.4.1")
def test_why_a_try_counts_for_nothing():
    count = rules.not_counted
    assert count(SAFE, Way.CALL, Result.NO_ANSWER, at=MONDAY) == NotCounted.NONE
    assert count(SAFE, Way.CALL, Result.VOICEMAIL, at=MONDAY) == NotCounted.NONE
    assert count(SAFE, Way.EMAIL, Result.SENT, at=MONDAY) == NotCounted.WAY
    quiet = replace(SAFE, safe=frozenset({"call"}))
    assert count(quiet, Way.CALL, Result.VOICEMAIL, at=MONDAY) == NotCounted.VOICEMAIL
    assert count(Reachable(), Way.CALL, Result.NO_ANSWER, at=MONDAY) == NotCounted.WAY


@pytest.mark.clause("3.4.1", "3.5.1")
@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ({}, True),
        ({"does_casework": False}, False),
        ({"is_in_matter": False}, False),
        ({"happened_at": MONDAY + 3 * HOUR}, False),
        ({"happened_at": MONDAY + 2 * HOUR}, True),
        ({"since": MONDAY + HOUR}, False),
        ({"since": MONDAY}, True),
        ({"way": Way.LETTER, "result": Result.VOICEMAIL}, False),
        ({"way": Way.CALL, "result": Result.SENT}, False),
        ({"way": "owl"}, False),
    ],
)
def test_what_may_be_recorded(said, allowed):
    assert rules.may_record_contact(told(**said), at=MONDAY + 2 * HOUR).allowed is allowed


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize("responsible", BOTH)
@pytest.mark.parametrize("harmed", BOTH)
def test_the_person_responsible_is_not_spoken_with_outside_a_step(responsible, harmed):
    decision = rules.may_contact_here(told(is_responsible=responsible, is_harmed=harmed))
    assert decision.allowed is (harmed or not responsible)
    assert decision.clause == "3.5.2"


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ({}, True),
        ({"words": " "}, False),
        ({"is_interview": True}, True),
        ({"is_interview": True, "way": Way.EMAIL}, False),
        ({"way": Way.EMAIL}, True),
        ({"is_interview": True, "result": Result.NO_ANSWER}, False),
        ({"result": Result.NO_ANSWER, "words": ""}, True),
    ],
)
def test_what_counts_as_a_conversation(said, allowed):
    assert rules.may_count_as_two_way(told(**said)).allowed is allowed


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("said", ["", *StillSafe.values])
@pytest.mark.parametrize("result", Result.values)
def test_every_conversation_asks_whether_it_is_still_safe(said, result):
    decision = rules.has_asked_whether_safe(told(still_safe=said, result=result))
    assert decision.allowed is (result != Result.TWO_WAY or bool(said))


@pytest.mark.clause("3.2.3")
@pytest.mark.parametrize("band", [None, *Band])
@pytest.mark.parametrize("harmed", BOTH)
@pytest.mark.parametrize("result", [Result.TWO_WAY, Result.VOICEMAIL])
@pytest.mark.parametrize("police", ["", *PoliceTalk.values])
def test_at_risk_a_conversation_says_what_came_of_speaking_about_the_police(band, harmed, result, police):
    decision = rules.has_spoken_of_police(told(band=band, is_harmed=harmed, result=result, police=police))
    owed = harmed and result == Result.TWO_WAY and band in (Band.MEDIUM, Band.HIGH, Band.CRITICAL)
    assert decision.allowed is (bool(police) or not owed)


@pytest.mark.clause("3.4.3(b)")
@pytest.mark.parametrize("interview", BOTH)
@pytest.mark.parametrize("needs", BOTH)
@pytest.mark.parametrize("had", [True, False, None])
def test_a_full_talk_without_the_interpreter_who_is_needed_does_not_count(interview, needs, had):
    decision = rules.had_interpreter(told(is_interview=interview, needs_interpreter=needs, had_interpreter=had))
    assert decision.allowed is (not interview or not needs or had is True)


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize("casework", BOTH)
@pytest.mark.parametrize("before", BOTH)
@pytest.mark.parametrize("reason", BOTH)
def test_a_record_is_taken_back_once_and_with_a_reason(casework, before, reason):
    decision = rules.may_take_contact_back(does_casework=casework, is_taken_back=before, has_reason=reason)
    assert decision.allowed is (casework and reason and not before)


@pytest.mark.clause("3.4.1", "3.3.3")
@pytest.mark.parametrize(("casework", "notice", "words", "there", "code"), [*product(BOTH, repeat=5)])
def test_an_email_has_words_or_something_to_point_to_and_an_address(casework, notice, words, there, code):
    said = {"may_do_casework": casework, "is_notice": notice, "has_words": words, "has_address": there, "has_code": code}
    assert rules.may_write_mail(**said).allowed is (casework and there and (code if notice else words))


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize("casework", BOTH)
@pytest.mark.parametrize("sent", BOTH)
def test_only_an_email_that_went_out_comes_back(casework, sent):
    assert rules.may_say_returned(may_do_casework=casework, was_sent=sent).allowed is (casework and sent)


def tries(*said) -> list[Try]:
    """Tries that count: day, hour and way of each."""
    return [Try(way=way, at=MONDAY + day * DAY + (hour - 10) * HOUR, counts=True) for day, hour, way in said]


@pytest.mark.clause("3.4.1", "3.3.3(a)")
@pytest.mark.parametrize(
    ("made", "missing"),
    [
        ([], (3, 2, 2, 5)),
        ([(0, 10, "call")], (2, 1, 1, 5)),
        ([(0, 10, "call"), (1, 10, "call"), (7, 10, "call")], (0, 1, 1, 0)),
        ([(0, 10, "call"), (1, 13, "text"), (4, 10, "call")], (0, 0, 0, 1)),
        ([(0, 10, "call"), (1, 13, "text"), (7, 10, "call")], (0, 0, 0, 0)),
        ([(0, 10, "call"), (7, 13, "text")], (1, 0, 0, 0)),
    ],
)
def test_three_tries_two_ways_two_times_five_working_days(made, missing):
    known = replace(SAFE, windows=times.read("Mon-Fri 10:00-16:00"))
    found = tried(tries(*made), known)
    assert (found.attempts_missing, found.ways_missing, found.times_missing, found.days_missing) == missing
    assert found.is_complete is (missing == (0, 0, 0, 0))


@pytest.mark.clause("3.4.1")
def test_tries_that_do_not_count_change_nothing():
    known = replace(SAFE, windows=())
    made = tries((0, 10, "call"), (1, 13, "text"), (7, 10, "call"))
    in_vain = [replace(each, counts=False) for each in made]
    assert not tried(in_vain, known).is_complete
    assert tried(in_vain, known).uncounted == 3
    assert tried([*made, *in_vain], known).done_at == made[-1].at


def test_where_there_is_one_way_and_one_time_no_second_is_asked_for():
    known = Reachable(safe=frozenset({"call"}), windows=times.read("Mon-Fri 10:00-11:00"))
    assert tried(tries((0, 10, "call"), (1, 10, "call"), (7, 10, "call")), known).is_complete


@given(some.lists(some.tuples(some.integers(0, 40), some.integers(8, 20), some.sampled_from(["call", "text", "email"]))))
def test_whatever_was_tried_it_is_never_enough_in_less_than_the_days_that_are_asked_for(made):
    known = Reachable(safe=frozenset({"call", "text", "email"}))
    every = tries(*made)
    found = tried(every, known)
    if found.done_at is not None:
        first = min(each.at for each in every)
        days = (found.done_at.date() - first.date()).days
        assert sum(is_working_day(first.date() + timedelta(days=n)) for n in range(1, days + 1)) >= 5
        assert tried([each for each in every if each.at <= found.done_at], known).done_at == found.done_at


@pytest.mark.clause("3.3.3(a)")
@pytest.mark.parametrize("decided", [*Welfare.values, "wait"])
@pytest.mark.parametrize("band", list(Band))
@pytest.mark.parametrize("complete", BOTH)
@pytest.mark.parametrize("reason", ["She was seen at work.", " "])
@pytest.mark.parametrize("casework", BOTH)
def test_where_the_danger_is_great_the_police_are_asked_or_somebody_knows_better(
    decided, band, complete, reason, casework
):
    decision = rules.may_decide_welfare(
        decided, is_complete=complete, bands=[band], reason=reason, does_casework=casework
    )
    danger = complete and band in (Band.HIGH, Band.CRITICAL)
    enough = decided in (Welfare.POLICE, Welfare.NOT_NEEDED) or (decided in Welfare.values and not danger)
    assert decision.allowed is (casework and bool(reason.strip()) and enough)
