"""Some 150 reports: who told the landlord what, when, by which way, and what they allowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from haven.accounts.models import Staff
from haven.demo.homes import Household
from haven.demo.names import COMMUNITIES
from haven.demo.voices import VOICES, Voice
from haven.kernel.action import SYSTEM
from haven.kernel.references import new_code
from haven.people.choices import Method, Safe
from haven.reports import actions
from haven.reports.choices import Identity, NonAnswer, Scope
from haven.reports.models import Report
from haven.reports.told import NeedsTold, SafeWays, Someone, Told

BY_STAFF = frozenset({"PHONE", "PHONE_OOH", "IN_PERSON", "STAFF_OBS", "LETTER", "EMAIL", "SOCIAL", "CST", "COMMUNITY", "COMPLAINT", "MP_CLLR", "ASB_CASE"})  # fmt: skip
NEWEST = (2, 9, 25, 31, 44, 55, 58, 70, 95, 130, 180, 260, 400, 560, 700, 950, 1300, 1500, 1800, 2400, 2900, 3600, 4300)
"""Minutes ago of the newest reports, which nobody has decided on yet."""

IN_DANGER = next(voice for voice in VOICES if "MAY_COME_BACK" in voice.danger)
"""Told half an hour ago, whatever the seed, so that an alarm rings when somebody tries Haven out."""


@dataclass(slots=True)
class Heard:
    """A report that was told, its voice, and the home that it is about."""

    report: Report
    voice: Voice
    household: Household
    received_at: datetime


def tell(random: Random, households: list[Household], who: dict[str, Staff], at: datetime, count: int) -> list[Heard]:
    """Record `count` reports as told, oldest first; some homes appear more than once."""
    times = sorted([at - timedelta(minutes=m) for m in NEWEST] + _older(random, at, count - len(NEWEST)))
    often = random.sample(households, 14)
    heard: list[Heard] = []
    for number, received_at in enumerate(times):
        voice = IN_DANGER if number == len(times) - 3 else VOICES[(number * 11) % len(VOICES)]
        home = random.choice(often) if random.random() < 0.3 else _fitting(random, households, voice)
        heard.append(Heard(_one(random, voice, home, who, received_at, at), voice, home, received_at))
    return heard


def _older(random: Random, at: datetime, count: int) -> list[datetime]:
    return [at - timedelta(minutes=random.randrange(3 * 24 * 60, 400 * 24 * 60)) for _ in range(max(0, count))]


def _fitting(random: Random, households: list[Household], voice: Voice) -> Household:
    if voice.language == "en":
        return random.choice(households)
    speakers = [h for h in households if h.community and h.community.language == voice.language]
    return random.choice(speakers or households)


def _one(random: Random, voice: Voice, home: Household, who: dict[str, Staff], received_at: datetime, now: datetime) -> Report:
    by_staff = voice.channel in BY_STAFF
    clerk = who[random.choice(("call.handler", "nights.one", "nights.two"))] if by_staff else None
    lag = timedelta(minutes=random.choice((1, 2, 4, 9, 30, 240))) if by_staff else timedelta(0)
    return actions.receive_report(
        told=_told(random, voice, home, received_at),
        channel=voice.channel,
        code=new_code() if voice.channel == "WEB_FORM" else None,
        received_at=received_at,
        logged_by=clerk,
        by=clerk or SYSTEM,
        at=min(received_at + lag, now),
    )


def _told(random: Random, voice: Voice, home: Household, received_at: datetime) -> Told:
    harmed = _harmed(random, voice, home)
    reporter = _reporter(random, voice)
    ago = random.choice((0, 0, 1, 1, 2, 5, 9))
    happened = (received_at - timedelta(days=ago)).date()
    is_home = voice.place not in ("ONLINE", "SHOP", "STREET")
    return Told(
        account=voice.words,
        danger=voice.danger or ("NONE",),
        language=voice.language,
        role=voice.role,
        harmed_knows="" if voice.role == "victim" else random.choice(("yes", "no", "unknown")),
        identity=Identity(voice.identity),
        reporter=reporter or (harmed if voice.role == "victim" else None),
        harmed=harmed if voice.role != "victim" else None,
        when_kind="ongoing" if voice.ongoing else random.choice(("exact", "approximate")),
        happened_from=happened - timedelta(days=random.choice((7, 21, 60))) if voice.ongoing else happened,
        happened_to=None if voice.ongoing else happened,
        is_ongoing=voice.ongoing,
        place=voice.place,
        home_id=home.home.pk if is_home else None,
        strands=voice.strands,
        incident_types=voice.types,
        responsible=(Someone(description=voice.responsible),) if voice.responsible else (),
        permissions=_permissions(voice),
        wants=voice.wants,
        needs=voice.needs,
        non_answers={"history": NonAnswer.UNKNOWN} if random.random() < 0.3 else {},
    )


def _harmed(random: Random, voice: Voice, home: Household) -> Someone | None:
    if voice.identity == Identity.ANONYMOUS or voice.channel == "STAFF_OBS":
        return None
    person = home.people[0][0]
    number = person.telephone or ""
    call = Safe.YES if number and random.random() < 0.7 else Safe.UNKNOWN
    language = voice.language if voice.language != "en" else (home.community.language if home.community else "en")
    return Someone(
        name=person.name,
        telephone=number,
        ways=SafeWays(
            preferred=Method.CALL if call == Safe.YES else Method.CODE_ONLY,
            safe={"call": call, "voicemail": Safe.NO, "letter": random.choice((Safe.NO, Safe.UNKNOWN))},
            number=number,
            hours=random.choice(("", "10 to 2", "after 6, not Fridays", "school hours")),
            name_to_use=random.choice(("", "Say you are from the library", "Ask for the surgery")),
        ),
        needs=NeedsTold(spoken=language, written=language, interpreter="yes" if "INTERPRETER" in voice.needs else ""),
    )


def _reporter(random: Random, voice: Voice) -> Someone | None:
    if voice.role == "victim" or voice.identity == Identity.ANONYMOUS:
        return None
    community = random.choices(COMMUNITIES, [c.weight for c in COMMUNITIES])[0]
    name = f"{random.choice(community.given)} {random.choice(community.family)}"
    number = f"07700 900{random.randrange(1000):03d}"
    return Someone(
        name=name, telephone=number, ways=SafeWays(preferred=Method.CALL, safe={"call": Safe.YES}, number=number)
    )


def _permissions(voice: Voice) -> dict[str, Scope]:
    scope = {"with_name": Scope.WITH_NAME, "without_name": Scope.WITHOUT_NAME, "no": Scope.NO}
    return {"POLICE": scope.get(voice.police, Scope.NOT_ASKED)}
