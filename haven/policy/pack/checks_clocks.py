"""What the service standards must say so that they can be relied on, and whether the bank holidays are whole."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from haven.policy.bands import Band
from haven.policy.pack.clocks import Clock, end_of
from haven.policy.pack.tables_work import Coverage, Standard

if TYPE_CHECKING:
    from haven.policy.pack.loading import Reading

# Standards that the program knows by name, and the latest that each may be whatever the pack says.
# 24 hours for emergencies is the law on emergency hazards on its stricter reading (DOMAIN 1.3); the others are the
# weakest promise that comparable landlords publish (DOMAIN 4.1).
NEEDED: dict[str, str] = {
    "ack": "",
    "triage": "24 h",
    "danger_handover": "1 h",
    "assign": "3 WD",
    "manager_alert": "",
    "first_contact": "3 WD",
    "risk_initial": "3 WD",
    "risk_review": "",
    "risk_review_event": "",
    "assessment_completion": "",
    "interview": "",
    "police_decision": "",
    "police_notify": "",
    "police_notify_danger": "1 h",
    "safety_plan": "",
    "action_plan": "",
    "update": "10 WD",
    "event_update": "",
    "event_update_urgent": "24 h",
    "emergency_repair_attend": "24 h",
    "emergency_repair_safe": "24 h",
    "graffiti_hate": "2 WD",
    "homeless_referral": "24 h",
    "support_referral": "",
    "safeguarding": "24 h",
    "children_referral": "3 WD",
    "plan_item": "",
    "second_caseworker": "",
    "home_secured": "24 h",
    "safe_tonight": "24 h",
    "police_discussion": "24 h",
    "strategy_discussion": "",
    "target_hardening": "",
    "multi_agency": "",
    "housing_options": "",
    "interpreter_remote": "",
    "translation_essential": "",
    "subject_contact": "",
    "case_review": "",
    "case_review_longest": "90 d",
    "recorded_reason_review": "",
    "contact_again": "",
    "welfare_check": "",
    "closure_letter": "",
    "aftercare": "",
    "survey": "",
    "case_idle": "20 WD",
    "upward_head": "3 WD",
}

# Eighteen days from the longest run of days off to the next plain Sunday night, seven hours apart: whatever two
# clocks differ by shows on one of them.
PROBES = tuple(datetime(2026, 12, 21, tzinfo=UTC) + timedelta(hours=7 * step) for step in range(62))


def check_standards(reading: "Reading") -> None:
    """Note every standard that is missing, has a gap, or is weaker than the program or a lesser band allows."""
    for name in NEEDED:
        if reading.lacks("standards", name):
            reading.fault("standards", "", f"{name!r} is missing, which the program knows by name")
    days_off = frozenset(holiday.day for holiday in reading.of("bank_holidays").values() if holiday.kept)
    for entry in reading.of("standards").values():
        standard: Standard = entry
        if standard.promised_to_person and not standard.promise.strip():
            reading.fault("standards", standard.key, "what is promised to the person needs its words in 'promise'")
        if _is_whole(reading, standard):
            _check_order(reading, standard, days_off)
            _check_ceiling(reading, standard, days_off)
    for entry in reading.of("clocks").values():
        if entry.unassessed_band is Band.STANDARD:
            reason = "what nobody has assessed is never less than medium"
            reading.fault("clocks", "", reason, "unassessed_band")


def _is_whole(reading: "Reading", standard: Standard) -> bool:
    """Whether exactly one limit applies in every case."""
    whole = True
    seen: set[tuple[Band | None, bool | None]] = set()
    for index, limit in enumerate(standard.limit):
        if not limit.within:
            reading.fault("standards", standard.key, "'within' names no clock", "limit", index)
            whole = False
        if (limit.band, limit.out_of_hours) in seen:
            reason = "a second limit for the same band and hours"
            reading.fault("standards", standard.key, reason, "limit", index)
        seen.add((limit.band, limit.out_of_hours))
    for band, out_of_hours in _cases():
        try:
            standard.within(band=band, out_of_hours=out_of_hours)
        except LookupError:
            said = "out of hours" if out_of_hours else "in office hours"
            reading.fault("standards", standard.key, f"no limit for {band}, {said}", "limit")
            whole = False
    return whole


def _check_order(reading: "Reading", standard: Standard, days_off: frozenset[date]) -> None:
    if not standard.is_banded:
        return
    for lesser, worse in zip(list(Band), list(Band)[1:], strict=False):
        for out_of_hours in (False, True):
            slow = _late_probe(
                standard.within(band=worse, out_of_hours=out_of_hours),
                standard.within(band=lesser, out_of_hours=out_of_hours),
                days_off,
            )
            if slow is not None:
                reason = f"{worse} may be due later than {lesser}, as for a start on {slow:%A %d %B %H:%M}"
                reading.fault("standards", standard.key, reason, "limit")
                return


def _check_ceiling(reading: "Reading", standard: Standard, days_off: frozenset[date]) -> None:
    latest = NEEDED.get(standard.key, "")
    if not latest:
        return
    for band, out_of_hours in _cases():
        clocks = standard.within(band=band, out_of_hours=out_of_hours)
        if _late_probe(clocks, (Clock.read(latest),), days_off) is not None:
            reason = f"too weak for {band}: {standard.key!r} may never be later than {latest}"
            reading.fault("standards", standard.key, reason, "limit")
            return


def _late_probe(these: tuple[Clock, ...], those: tuple[Clock, ...], days_off: frozenset[date]) -> datetime | None:
    """Return a start from which these clocks end later than those, if there is one."""
    ends = zip(PROBES, _ends(these, days_off), _ends(those, days_off), strict=True)
    return next((start for start, this, that in ends if this > that), None)


@cache  # the same few clocks are compared for every standard, band and hour
def _ends(clocks: tuple[Clock, ...], days_off: frozenset[date]) -> tuple[datetime, ...]:
    return tuple(min(end_of(clock, start, days_off) for clock in clocks) for start in PROBES)


def _cases() -> Iterator[tuple[Band, bool]]:
    return ((band, out_of_hours) for band in Band for out_of_hours in (False, True))


def check_against_holidays_package(reading: "Reading") -> None:
    """Note every day on which the pack and the Python package `holidays` disagree, unless the pack says why."""
    listed = reading.of("bank_holidays")
    for entry in reading.of("coverage").values():
        coverage: Coverage = entry
        ruled = _by_rule(coverage.first, coverage.last)
        for day in sorted(ruled.keys() - {holiday.day for holiday in listed.values()}):
            reason = f"{day} ({ruled[day]}) is missing; if it was moved, list it with kept = false"
            reading.fault("coverage", "", reason)
        for code, holiday in listed.items():
            if holiday.day not in ruled and holiday.kept and not holiday.one_off:
                reason = f"{code} is no bank holiday by rule; if it is a single day, say one_off = true"
                reading.fault("bank_holidays", code, reason, "day")


@cache
def _by_rule(first: date, last: date) -> Mapping[date, str]:
    """The bank holidays on weekdays in England that the package works out."""
    import holidays

    years = range(first.year, last.year + 1)
    worked_out = holidays.country_holidays("GB", subdiv="ENG", years=years).items()
    return {day: name for day, name in worked_out if day.weekday() < 5 and first <= day <= last}
