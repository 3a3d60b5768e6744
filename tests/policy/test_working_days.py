"""Due times: the vectors of DOMAIN 4.3, and what must hold for any start in ten years."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from haven.policy import working_days
from haven.policy.bands import Band
from haven.policy.pack import load, pack
from haven.policy.pack.clocks import Clock, ClockKind
from haven.policy.working_days import UnknownStandard, due, ends

LONDON = ZoneInfo("Europe/London")

# Received, then 4 h, 24 h, 1 WD, 2 WD, 5 WD and 10 WD, all in local time. The table of DOMAIN 4.3.
VECTORS = [
    ("2026-11-22 21:40", "2026-11-23 01:40", "2026-11-23 21:40",
     "2026-11-23", "2026-11-24", "2026-11-27", "2026-12-04"),
    ("2026-11-27 16:50", "2026-11-27 20:50", "2026-11-28 16:50",
     "2026-11-30", "2026-12-01", "2026-12-04", "2026-12-11"),
    ("2026-12-24 18:30", "2026-12-24 22:30", "2026-12-25 18:30",
     "2026-12-29", "2026-12-30", "2027-01-05", "2027-01-12"),
    ("2026-12-25 14:00", "2026-12-25 18:00", "2026-12-26 14:00",
     "2026-12-29", "2026-12-30", "2027-01-05", "2027-01-12"),
    ("2026-12-31 11:00", "2026-12-31 15:00", "2027-01-01 11:00",
     "2027-01-04", "2027-01-05", "2027-01-08", "2027-01-15"),
    ("2027-03-25 17:20", "2027-03-25 21:20", "2027-03-26 17:20",
     "2027-03-30", "2027-03-31", "2027-04-05", "2027-04-12"),
    ("2026-10-24 22:00", "2026-10-25 01:00 GMT", "2026-10-25 21:00",
     "2026-10-26", "2026-10-27", "2026-10-30", "2026-11-06"),
    ("2027-03-27 22:00", "2027-03-28 03:00", "2027-03-28 23:00",
     "2027-03-30", "2027-03-31", "2027-04-05", "2027-04-12"),
]  # fmt: skip
CLOCKS = ("4 h", "24 h", "1 WD", "2 WD", "5 WD", "10 WD")
CASES = [
    pytest.param(row[0], clock, row[column], id=f"{row[0]} + {clock}")
    for row in VECTORS
    for column, clock in enumerate(CLOCKS, start=1)
]


def at(written: str) -> datetime:
    """Read a local time; a day alone is 17:00 of it, and GMT marks the second pass of a repeated hour."""
    if len(written) == 10:
        written += " 17:00"
    fold = 1 if written.endswith(" GMT") else 0
    return datetime.fromisoformat(written.removesuffix(" GMT")).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(("received", "clock", "expected"), CASES)
def test_a_clock_ends_when_the_table_of_the_brief_says(received, clock, expected):
    assert ends(clock, at(received)) == at(expected)


def test_the_answer_is_in_utc():
    assert due("first_contact", at("2027-06-01 10:00"), "medium").utcoffset() == timedelta(0)


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="without its zone"):
        due("triage", datetime(2026, 11, 22, 21, 40))  # noqa: DTZ001


def test_a_time_of_another_zone_is_the_same_moment():
    tokyo = at("2026-11-22 21:40").astimezone(ZoneInfo("Asia/Tokyo"))
    assert ends("1 WD", tokyo) == at("2026-11-23")


def test_an_unknown_standard_is_named():
    with pytest.raises(UnknownStandard, match="tea_break"):
        due("tea_break", at("2026-11-22 21:40"))


def test_an_unknown_band_is_refused():
    with pytest.raises(ValueError, match="enormous"):
        due("first_contact", at("2026-11-22 21:40"), "enormous")


# standard, start, band, due
STANDARDS = [
    ("first_contact", "2026-11-22 21:40", "critical", "2026-11-23 01:40"),
    ("first_contact", "2026-11-22 21:40", "medium", "2026-11-23 17:00"),
    ("first_contact", "2026-11-22 21:40", "standard", "2026-11-25 17:00"),
    ("emergency_repair_attend", "2026-11-22 21:40", "critical", "2026-11-23 01:40"),
    ("emergency_repair_safe", "2026-11-22 21:40", "critical", "2026-11-23 21:40"),
    ("graffiti_hate", "2026-11-27 16:50", "medium", "2026-11-28 16:50"),
    ("assign", "2026-11-22 21:40", "critical", "2026-11-22 23:40"),
    ("assign", "2026-11-22 21:40", "high", "2026-11-23 17:00"),
    ("safeguarding", "2026-11-22 21:40", "high", "2026-11-22 23:59"),
    ("case_review_longest", "2026-11-22 21:40", "medium", "2027-02-20 23:59"),
    ("update", "2026-12-24 18:30", "medium", "2027-01-12 17:00"),
]


@pytest.mark.parametrize(("standard", "start", "band", "expected"), STANDARDS)
def test_a_service_standard_is_due_by_band(standard, start, band, expected):
    assert due(standard, at(start), band) == at(expected)


@pytest.mark.parametrize(
    ("start", "expected", "because"),
    [
        ("2026-11-22 21:40", "2026-11-23 17:00", "the working-day clock ends first"),
        ("2026-11-27 16:50", "2026-11-28 16:50", "the elapsed clock ends first"),
    ],
)
def test_when_two_clocks_run_the_earlier_wins(start, expected, because):
    assert due("first_contact", at(start), "high") == at(expected), because


@pytest.mark.parametrize(
    ("start", "out_of_hours", "expected"),
    [
        ("2026-11-23 10:00", None, "2026-11-23 11:00"),
        ("2026-11-22 21:40", None, "2026-11-22 23:40"),
        ("2026-11-23 10:00", True, "2026-11-23 12:00"),
        ("2026-11-22 21:40", False, "2026-11-22 22:40"),
    ],
)
def test_triage_allows_one_hour_in_office_hours_and_two_outside(start, out_of_hours, expected):
    assert due("triage", at(start), out_of_hours=out_of_hours) == at(expected)


def test_with_no_band_the_clock_of_the_unassessed_band_runs():
    start = at("2026-11-24 10:00")
    assert due("first_contact", start) == due("first_contact", start, Band.MEDIUM)


def test_same_day_never_ends_before_it_began():
    late = at("2026-11-22 23:59") + timedelta(seconds=30)
    assert ends("same day", late) == late


def test_the_landlords_closure_days_do_not_move_a_due_time():
    closed = date(2026, 12, 29)
    assert closed in pack().office_hours.closure_days
    assert ends("1 WD", at("2026-12-24 18:30")) == at("2026-12-29")


@pytest.mark.parametrize(
    ("moment", "expected", "because"),
    [
        ("2026-11-23 08:29", False, "before the office opens"),
        ("2026-11-23 08:30", True, "it opens"),
        ("2026-11-23 16:59", True, "the last minute"),
        ("2026-11-23 17:00", False, "it has closed"),
        ("2026-11-22 12:00", False, "a Sunday"),
        ("2026-12-25 12:00", False, "a bank holiday"),
        ("2026-12-30 12:00", False, "a closure day"),
        ("2026-07-01 16:30", True, "summer time is local time"),
    ],
)
def test_the_office_answers_in_its_hours_only(moment, expected, because):
    assert working_days.is_office_hours(at(moment)) is expected, because


@pytest.mark.parametrize(
    ("day", "works", "holiday"),
    [
        (date(2026, 12, 24), True, False),
        (date(2026, 12, 25), False, True),
        (date(2026, 12, 26), False, False),
        (date(2026, 12, 28), False, True),
        (date(2027, 12, 27), False, True),
        (date(2027, 12, 28), False, True),
        (date(2020, 5, 4), True, False),
        (date(2020, 5, 8), False, True),
        (date(2022, 9, 19), False, True),
        (date(2060, 12, 27), True, False),
    ],
)
def test_a_working_day_is_no_weekend_and_no_bank_holiday(day, works, holiday):
    assert working_days.is_working_day(day) is works
    assert working_days.is_bank_holiday(day) is holiday


def test_a_holiday_that_is_not_kept_is_a_working_day(copied):
    copied.change("bank_holidays.toml", "day = 2027-05-03\n", "day = 2027-05-03\nkept = false\n")
    moved = load(copied.folder)
    assert working_days.is_working_day(date(2027, 5, 3), by=moved)
    assert not working_days.is_working_day(date(2027, 5, 3))


def test_a_one_off_day_added_to_the_pack_moves_the_due_time(copied):
    extra = '[[bank_holiday]]\nday = 2026-11-23\nname = "Royal day"\none_off = true\n'
    extra += 'source = "Proclaimed"\nverified = "found"\n'
    copied.write("bank_holidays.toml", copied.text("bank_holidays.toml") + extra)
    assert due("police_decision", at("2026-11-22 21:40"), by=load(copied.folder)) == at("2026-11-24")


def test_at_least_one_working_day_is_counted():
    with pytest.raises(ValueError, match="at least one"):
        working_days.nth_working_day(date(2026, 11, 23), 0)


@pytest.mark.parametrize(
    ("written", "kind", "amount", "words"),
    [
        ("at once", ClockKind.ELAPSED, 0, "at once"),
        ("15 min", ClockKind.ELAPSED, 15, "within 15 minutes"),
        ("1 h", ClockKind.ELAPSED, 60, "within 1 hour"),
        ("24 h", ClockKind.ELAPSED, 1440, "within 24 hours"),
        ("same day", ClockKind.CALENDAR_DAYS, 0, "the same day"),
        ("90 d", ClockKind.CALENDAR_DAYS, 90, "within 90 days"),
        ("1 WD", ClockKind.WORKING_DAYS, 1, "by 5pm, 1 working day later"),
        ("10 WD", ClockKind.WORKING_DAYS, 10, "by 5pm, 10 working days later"),
    ],
)
def test_a_clock_is_read_written_and_said(written, kind, amount, words):
    clock = Clock.read(written)
    assert (clock.kind, clock.amount, str(clock), clock.in_words) == (kind, amount, written, words)


NO_CLOCKS = ["", "4", "4h", "4 hours", "0 h", "-1 WD", "1.5 h", "1 wd", " 4 h", "4 h ", "999999 h"]


@pytest.mark.parametrize("written", NO_CLOCKS)
def test_what_is_no_clock_is_refused(written):
    with pytest.raises(ValueError, match="is no clock"):
        Clock.read(written)


# Ten years of starts, every zone's offset included.
starts = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001
    max_value=datetime(2033, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
counts = st.integers(min_value=1, max_value=30)
every_standard = st.sampled_from(sorted(pack().standards))
every_band = st.sampled_from(list(Band))


@given(every_standard, starts, every_band)
def test_nothing_is_due_before_it_began(standard, start, band):
    assert due(standard, start, band) >= start


@given(starts, starts, st.integers(min_value=0, max_value=10_000))
def test_an_elapsed_clock_keeps_the_order_and_the_distance_of_its_starts(one, other, minutes):
    clock = Clock(ClockKind.ELAPSED, minutes)
    assert ends(clock, one) - ends(clock, other) == one - other


@given(starts, starts, counts)
def test_a_working_day_clock_never_puts_a_later_start_first(one, other, count):
    earlier, later = sorted((one, other))
    clock = Clock(ClockKind.WORKING_DAYS, count)
    assert ends(clock, earlier) <= ends(clock, later)


@given(starts, counts)
def test_a_working_day_clock_ends_at_five_local_on_a_working_day(start, count):
    end = ends(Clock(ClockKind.WORKING_DAYS, count), start).astimezone(LONDON)
    assert (end.hour, end.minute, end.second, end.microsecond) == (17, 0, 0, 0)
    assert working_days.is_working_day(end.date())


@given(starts, counts)
def test_one_more_working_day_is_strictly_later(start, count):
    fewer, more = Clock(ClockKind.WORKING_DAYS, count), Clock(ClockKind.WORKING_DAYS, count + 1)
    assert ends(fewer, start) < ends(more, start)


@given(starts, counts)
def test_exactly_that_many_working_days_lie_between(start, count):
    first, last = working_days.local_day(start), ends(Clock(ClockKind.WORKING_DAYS, count), start).date()
    between = [first + timedelta(days=step) for step in range(1, (last - first).days + 1)]
    assert sum(working_days.is_working_day(day) for day in between) == count


@given(every_standard, starts)
def test_a_worse_band_is_never_due_later(standard, start):
    times = [due(standard, start, band) for band in Band]
    assert times == sorted(times, reverse=True)


@given(starts)
def test_a_report_on_a_day_is_day_nought_whatever_the_hour(start):
    day = working_days.local_day(start)
    morning = datetime(day.year, day.month, day.day, 6, tzinfo=LONDON)
    assume(working_days.local_day(morning) == day)
    assert ends("1 WD", start) == ends("1 WD", morning)


@given(every_standard, starts, starts, every_band, st.booleans())
def test_a_report_that_comes_later_is_never_due_sooner(standard, one, other, band, outside):
    earlier, later = sorted((one, other))
    assert due(standard, earlier, band, outside) <= due(standard, later, band, outside)


@given(every_standard, starts, every_band)
def test_a_clock_of_hours_runs_through_the_night_in_which_clocks_change(standard, start, band):
    for clock in pack().standards[standard].within(band=band, out_of_hours=False):
        if clock.kind is ClockKind.ELAPSED:
            assert ends(clock, start) - start == timedelta(minutes=clock.amount)


@given(every_standard, starts, every_band)
def test_what_is_due_in_working_days_is_never_due_on_a_day_off(standard, start, band):
    clocks = pack().standards[standard].within(band=band, out_of_hours=True)
    if all(clock.kind is ClockKind.WORKING_DAYS for clock in clocks):
        day = due(standard, start, band, True).astimezone(LONDON).date()
        assert day.weekday() < 5
        assert day not in pack().days_off


@pytest.mark.parametrize("received", ["2026-11-27 16:59", "2026-11-27 17:00", "2026-11-27 17:01", "2026-11-27 23:59"])
def test_what_comes_after_five_gains_no_day(received):
    assert ends("1 WD", at(received)) == at("2026-11-30")
