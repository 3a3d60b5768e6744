"""Some 3,000 homes with their tenancies, agreements and households."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from haven.demo.names import COMMUNITIES, Community
from haven.demo.places import BLOCKS, STREETS, TOWNS
from haven.homes.choices import Holding, Regime
from haven.homes.models import AgreementClause, AgreementVersion, Property, Tenancy
from haven.kernel.models import SealingKey
from haven.kernel.words import tokens_of
from haven.people.choices import Origin, Part
from haven.people.models import Occupancy, Person

BEHAVIOUR = (
    "You, anyone who lives with you and anyone who visits you must not harass, threaten or attack any person, or do anything "
    "likely to, because of who that person is or is thought to be, or for any other reason."
)
CONSEQUENCE = (
    "If you, anyone who lives with you or anyone who visits you breaks this condition, we may warn you, apply to the court "
    "for an injunction, or ask the court to end your right to live in the home."
)

AGREEMENTS = (
    ("SEC-1984", Regime.SECURE_1985, "Secure tenancy agreement", date(1984, 4, 1), date(1989, 1, 14), "9"),
    ("AST-1998", Regime.SOCIAL_ASSURED_OLD, "Assured tenancy agreement", date(1998, 9, 1), date(2012, 3, 31), "3.4"),
    ("AST-2012", Regime.SOCIAL_ASSURED_OLD, "Assured tenancy agreement", date(2012, 4, 1), date(2021, 9, 30), "4.2"),
    ("AST-2021", Regime.SOCIAL_ASSURED_OLD, "Assured tenancy agreement", date(2021, 10, 1), None, "4.7"),
    ("LSE-2006", Regime.LEASEHOLD, "Shared ownership lease", date(2006, 1, 1), None, "3.11"),
    ("MKT-2026", Regime.NONSOCIAL_ASSURED_RRA, "Market-rent assured tenancy", date(2026, 5, 1), None, "6.1"),
    ("LIC-2015", Regime.LICENCE, "Supported housing licence", date(2015, 1, 1), None, "5"),
)
"""Code, regime, title, first and last day in use, and the number of the clause on behaviour."""

SHARES = (("AST-1998", 22), ("AST-2012", 30), ("AST-2021", 26), ("SEC-1984", 7), ("LSE-2006", 8), ("MKT-2026", 4), ("LIC-2015", 3))


@dataclass(slots=True)
class Household:
    """A home that is let, and who lives in it; kept in memory while the landlord is invented."""

    home: Property
    tenancy: Tenancy
    people: list[tuple[Person, Part]] = field(default_factory=list)
    community: Community | None = None


def agreements() -> dict[str, AgreementVersion]:
    """Save the agreement versions and their clauses; return them by code."""
    found: dict[str, AgreementVersion] = {}
    for code, regime, title, first, last, number in AGREEMENTS:
        version = AgreementVersion.objects.create(code=code, regime=regime, title=title, in_use_from=first, in_use_to=last)
        AgreementClause.objects.bulk_create(
            [
                AgreementClause(
                    agreement=version, number=number, heading="Respect for other people", words=BEHAVIOUR, is_behaviour=True
                ),
                AgreementClause(
                    agreement=version, number=f"{number} (b)", heading="If this is broken", words=CONSEQUENCE, is_behaviour=True
                ),
            ]
        )
        found[code] = version
    return found


def properties(random: Random, count: int) -> list[Property]:
    """Return unsaved homes: streets of houses and blocks of flats in the six towns."""
    homes: list[Property] = []
    for number in range(count):
        town = TOWNS[number % len(TOWNS)]
        turn = number // len(TOWNS)
        street_number = turn // 25
        street = STREETS[(street_number * 7 + TOWNS.index(town) * 5) % len(STREETS)]
        door = turn % 25 + 1
        flat = street in BLOCKS
        homes.append(
            Property(
                uprn=f"9990{number:08d}",
                saon=f"Flat {door}" if flat else "",
                paon="1" if flat else str(door * 2 - (street_number % 2)),
                street=street,
                locality=town.localities[street_number % len(town.localities)],
                town=town.name,
                postcode=f"{town.district} {street_number % 9 + 1}{'ABDEFGHJLN'[street_number % 10]}{'PQRSTUWXYZ'[street_number // 10 % 10]}",
                latitude=f"{town.latitude + random.uniform(-0.01, 0.01):.6f}",
                longitude=f"{town.longitude + random.uniform(-0.01, 0.01):.6f}",
                patch=town.patch,
                council_code=town.council_code,
                holding=Holding.MANAGED if random.random() < 0.06 else Holding.OWNED,
                kind="flat" if flat else random.choice(("house", "house", "bungalow")),
            )
        )
    return homes


def settle(random: Random, homes: list[Property], versions: dict[str, AgreementVersion], at: datetime) -> list[Household]:
    """Let nearly every home and people it; returns the households."""
    today = at.date()
    tenancies = []
    for home in homes:
        if random.random() < 0.03:
            continue
        code = random.choices([c for c, _ in SHARES], [w for _, w in SHARES])[0]
        version = versions[code]
        last = min(version.in_use_to or today, today - timedelta(days=20))
        starts = version.in_use_from + timedelta(days=random.randrange(max(1, (last - version.in_use_from).days)))
        starter = code == "AST-2021" and (today - starts).days < 365
        tenancies.append(
            Tenancy(property=home, regime=version.regime, agreement=version, starts_on=starts, is_starter=starter)
        )
    Tenancy.objects.bulk_create(tenancies, batch_size=1000)
    households = [_household(random, tenancy, at) for tenancy in tenancies]
    _save_people(households)
    return households


def _household(random: Random, tenancy: Tenancy, at: datetime) -> Household:
    community = random.choices(COMMUNITIES, [c.weight for c in COMMUNITIES])[0]
    family = random.choice(community.family)
    household = Household(home=tenancy.property, tenancy=tenancy, community=community)
    first = Part.LEASEHOLDER if tenancy.regime == Regime.LEASEHOLD else Part.TENANT
    parts = [first]
    if random.random() < 0.35:
        parts.append(Part.JOINT_TENANT if first == Part.TENANT and random.random() < 0.6 else Part.MEMBER)
    parts += [Part.CHILD] * random.choices((0, 1, 2, 3), (62, 16, 15, 7))[0]
    for part in parts:
        age = random.randint(1, 16) if part == Part.CHILD else random.randint(20, 86)
        person = Person(
            sealing_key=SealingKey.fresh("person"),
            origin=Origin.REGISTER,
            name=f"{random.choice(community.given)} {family}",
            birth=str(at.year - age),
            telephone=f"07700 900{random.randrange(1000):03d}" if part != Part.CHILD and random.random() < 0.8 else None,
            created_at=at,
        )
        person.tokens = tokens_of(person.name, names=True)
        household.people.append((person, part))
    return household


def _save_people(households: list[Household]) -> None:
    people = [person for household in households for person, _ in household.people]
    SealingKey.objects.bulk_create([person.sealing_key for person in people], batch_size=2000)
    for person in people:
        person.sealing_key_id = person.sealing_key.pk
    Person.objects.bulk_create(people, batch_size=1000)
    Occupancy.objects.bulk_create(
        [
            Occupancy(tenancy=h.tenancy, person=person, part=part, from_on=h.tenancy.starts_on)
            for h in households
            for person, part in h.people
        ],
        batch_size=2000,
    )
