"""What the tables of a pack must say together: what the program relies on and what one entry says of another."""

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from haven.policy.clauses import children_of
from haven.policy.pack.checks_clocks import check_standards
from haven.policy.pack.checks_plan import check_plan
from haven.policy.pack.checks_risk import ALWAYS_CRITICAL, check_risk
from haven.policy.pack.checks_tools import NEEDED_TOOLS, check_tools
from haven.policy.pack.tables_casework import LateReason, Workload
from haven.policy.pack.tables_landlord import AlarmCalls, Area, Landlord, OfficeHours, Patch, PolicyVersion, Team
from haven.policy.pack.tables_reports import (
    Channel,
    Danger,
    PermissionScope,
    Recipient,
    ReporterRole,
    Strand,
    Wish,
)
from haven.policy.pack.tables_work import (
    BankHoliday,
    Coverage,
    FailedContact,
    Helpline,
    Language,
    PossessionRegime,
)

if TYPE_CHECKING:
    from haven.policy.pack.loading import Reading

NATIONAL = ("RACE", "RELIGION", "SEXUAL_ORIENTATION", "DISABILITY", "TRANSGENDER")

# Codes that the program knows by name. A pack may have more; without these Haven could not do its work.
NEEDED = {
    "strands": NATIONAL,
    "incident_types": ("OTHER",),
    "channels": ("WEB_FORM", "IN_PERSON", "PHONE", "PHONE_OOH", "STAFF_OBS"),
    "permission_scopes": ("WITH_NAME", "WITHOUT_NAME", "NO", "NOT_ASKED"),
    "recipients": ("POLICE",),
    "languages": ("en",),
    "helplines": ("EMERGENCY",),
    "risk_overrides": ALWAYS_CRITICAL,
    "late_reasons": ("OTHER",),
    "tools": NEEDED_TOOLS,
    "retention": ("CASE_FILE", "REPORT_NO_ACTION", "DISCLOSURE_LOG", "EQUALITY_ANSWERS", "REJECTED_OR_DUPLICATE"),
}
LONGEST_WITHOUT_REVIEW = 3  # years, clause 4.2


def check_all(reading: "Reading") -> None:
    """Note every fault that only shows when entries are looked at together."""
    for attribute, codes in NEEDED.items():
        for code in codes:
            if reading.lacks(attribute, code):
                reading.fault(attribute, "", f"{code!r} is missing, which the program knows by name")
    for check in (
        _landlord,
        _policy,
        _office_hours,
        _alarm,
        _casework,
        _failed_contact,
        _areas,
        _strands,
        _channels,
        _danger,
        _roles,
        _wishes,
        _permissions,
        _languages,
        _helplines,
        _regimes,
        _bank_holidays,
        check_standards,
        check_risk,
        check_tools,
        check_plan,
    ):
        check(reading)


def _landlord(reading: "Reading") -> None:
    for code, entry in reading.of("landlord").items():
        landlord: Landlord = entry
        if urlsplit(landlord.exit_url).hostname == urlsplit(landlord.website).hostname:
            reading.fault("landlord", code, "'exit_url' must lead away from the landlord's own site", "exit_url")
        if not landlord.address:
            reading.fault("landlord", code, "'address' has no lines", "address")


def _policy(reading: "Reading") -> None:
    for code, entry in reading.of("policy").items():
        policy: PolicyVersion = entry
        if not policy.approved_on < policy.review_by <= _years_after(policy.approved_on, LONGEST_WITHOUT_REVIEW):
            reason = "'review_by' must be after 'approved_on' and within three years of it (clause 4.2)"
            reading.fault("policy", code, reason, "review_by")


def _years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _office_hours(reading: "Reading") -> None:
    for code, entry in reading.of("office_hours").items():
        hours: OfficeHours = entry
        if hours.opens >= hours.closes:
            reading.fault("office_hours", code, "'closes' must be later than 'opens'", "closes")
        if not hours.days or len(set(hours.days)) < len(hours.days):
            reading.fault("office_hours", code, "'days' must name at least one day, each once", "days")


def _alarm(reading: "Reading") -> None:
    for code, entry in reading.of("alarm").items():
        calls: AlarmCalls = entry
        if not 0 <= calls.office_minutes <= 15:
            reading.fault("alarm", code, "'office_minutes' must be from 0 to 15", "office_minutes")
        if not 1 <= calls.again_minutes <= 15:
            reading.fault("alarm", code, "'again_minutes' must be from 1 to 15", "again_minutes")
        if not calls.office_minutes <= calls.wider_minutes <= 30:
            reading.fault("alarm", code, "'wider_minutes' must be from 'office_minutes' to 30", "wider_minutes")


def _casework(reading: "Reading") -> None:
    for code, entry in reading.of("workload").items():
        weights: Workload = entry
        if not weights.standard <= weights.medium <= weights.high <= weights.critical:
            reading.fault("workload", code, "a greater danger never weighs less than a smaller one", "critical")
    other: LateReason | None = reading.of("late_reasons").get("OTHER")
    if other is not None and not other.needs_words:
        reading.fault("late_reasons", "OTHER", "'something else' says nothing without words", "needs_words")


def _failed_contact(reading: "Reading") -> None:
    for code, entry in reading.of("failed_contact").items():
        tries: FailedContact = entry
        for name, least in (("attempts", 3), ("ways", 2), ("times", 2), ("working_days", 5)):
            if getattr(tries, name) < least:
                reading.fault("failed_contact", code, f"{name!r} must be at least {least}", name)


def _areas(reading: "Reading") -> None:
    teams: dict[str, Team] = dict(reading.of("teams"))
    looked_after = {area for team in teams.values() for area in team.areas}
    areas: dict[str, Area] = dict(reading.of("areas"))
    for code in areas.keys() - looked_after if reading.is_whole("teams") else ():
        reading.fault("areas", code, f"no team looks after {areas[code].name}", "code")
    for code, entry in reading.of("patches").items():
        patch: Patch = entry
        if patch.team in teams and patch.area not in teams[patch.team].areas:
            reading.fault("patches", code, f"team {patch.team!r} does not look after {patch.area!r}", "team")


def _strands(reading: "Reading") -> None:
    for code, entry in reading.of("strands").items():
        strand: Strand = entry
        if strand.national != (code in NATIONAL):
            reading.fault("strands", code, f"the national five are {', '.join(NATIONAL)}, and no others", "national")
        if strand.counts_for_NM01_part2 != strand.national:
            reason = "the national five count in part 2 of NM01, and no others"
            reading.fault("strands", code, reason, "counts_for_NM01_part2")
        if strand.national and not strand.adopted:
            reading.fault("strands", code, "a national strand cannot be left out", "adopted")
        seen: set[str] = set()
        for index, sub in enumerate(strand.sub):
            if sub.code in seen:
                reading.fault("strands", code, f"{sub.code!r} is there twice", "sub", index)
            seen.add(sub.code)


def _channels(reading: "Reading") -> None:
    channels: list[Channel] = list(reading.of("channels").values())
    served = {clause for channel in channels for clause in channel.clauses}
    for clause in children_of("3.2.2") if reading.is_whole("channels") else ():
        if clause.number not in served:
            reading.fault("channels", "", f"no channel serves clause {clause.number} ({clause.heading})")


def _danger(reading: "Reading") -> None:
    answers: dict[str, Danger] = dict(reading.of("danger"))
    for code, answer in answers.items():
        if answer.call_999 and not answer.alarm:
            reading.fault("danger", code, "an answer that calls 999 must ring the alarm too", "alarm")
        if answer.exclusive and (answer.call_999 or answer.alarm or answer.causes):
            reading.fault("danger", code, "an exclusive answer names no danger, so it causes nothing", "exclusive")
    if not reading.is_whole("danger"):
        return
    if not any(answer.public and answer.call_999 for answer in answers.values()):
        reading.fault("danger", "", "no public answer calls 999")
    if not any(answer.public and answer.exclusive for answer in answers.values()):
        reading.fault("danger", "", "no public answer is exclusive: people could not say that there is no danger")


def _roles(reading: "Reading") -> None:
    roles: list[ReporterRole] = list(reading.of("reporter_roles").values())
    offered = any(role.public and role.is_person_harmed for role in roles)
    if reading.is_whole("reporter_roles") and not offered:
        reading.fault("reporter_roles", "", "no public role is the person harmed")


def _wishes(reading: "Reading") -> None:
    for code, entry in reading.of("wishes").items():
        wish: Wish = entry
        if wish.forbids_contact_with_responsible and wish.wants_contact_with_responsible:
            reading.fault("wishes", code, "a wish cannot both forbid and want the same contact")


def _permissions(reading: "Reading") -> None:
    scopes: dict[str, PermissionScope] = dict(reading.of("permission_scopes"))
    for code, scope in scopes.items():
        if scope.with_name and not scope.shares:
            reading.fault("permission_scopes", code, "a scope that shares nothing cannot share the name", "with_name")
        if scope.shares and not scope.is_answer:
            reading.fault("permission_scopes", code, "nothing is shared that nobody answered", "shares")
    for code, entry in reading.of("recipients").items():
        recipient: Recipient = entry
        known = [scopes[scope] for scope in recipient.scopes if scope in scopes]
        if len(known) == len(recipient.scopes) and not any(each.is_answer and not each.shares for each in known):
            reading.fault("recipients", code, "a person must be able to say no (clause 3.3.3)", "scopes")


def _languages(reading: "Reading") -> None:
    for code, entry in reading.of("languages").items():
        language: Language = entry
        if language.reviewed and not language.shipped:
            reading.fault("languages", code, "what is not shipped cannot have been reviewed", "reviewed")
        if code == "en" and not language.shipped:
            reading.fault("languages", code, "English is always shipped", "shipped")


def _helplines(reading: "Reading") -> None:
    for code, entry in reading.of("helplines").items():
        helpline: Helpline = entry
        if not (helpline.telephone or helpline.text_to or helpline.website):
            reading.fault("helplines", code, "give a telephone number, a number for texts or a website")


def _regimes(reading: "Reading") -> None:
    for code, entry in reading.of("possession_regimes").items():
        regime: PossessionRegime = entry
        begins, ends = regime.in_force_from, regime.in_force_to
        if begins and ends and ends < begins:
            reading.fault("possession_regimes", code, "'in_force_to' is before 'in_force_from'", "in_force_to")


def _bank_holidays(reading: "Reading") -> None:
    coverages: list[Coverage] = list(reading.of("coverage").values())
    for coverage in coverages:
        if coverage.last <= coverage.first:
            reading.fault("coverage", "", "'last' must be after 'first'", "last")
    for code, entry in reading.of("bank_holidays").items():
        holiday: BankHoliday = entry
        if holiday.day.weekday() >= 5:
            reading.fault("bank_holidays", code, f"{code} is at a weekend; name the substitute day", "day")
        for coverage in coverages:
            if not coverage.first <= holiday.day <= coverage.last:
                reading.fault("bank_holidays", code, f"{code} is outside the days that [coverage] names", "day")
