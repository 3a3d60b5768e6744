"""Fill an empty database with many invented cases, by COPY, with every sealed field really sealed.

Each case has a report, two persons, an incident and its duties' facts. The rows are made from the models themselves, so
that a change of the schema is met here as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connections, models
from psycopg import Binary

from haven.accounts.models import Team
from haven.cases.models import Case, CasePerson, CaseReport, Incident, IncidentStrand, TriageDecision
from haven.demo import homes as invented
from haven.demo import staff
from haven.demo.names import COMMUNITIES
from haven.demo.voices import VOICES
from haven.homes.models import Property
from haven.kernel.models import SealingKey
from haven.kernel.references import new_reference
from haven.kernel.sealing import keyed_hash
from haven.kernel.words import tokens_of
from haven.people.models import Person
from haven.reports.models import Report, ReportPerson

CHUNK = 5_000
UNDECIDED = 0.005
"""The share of reports that nobody has decided on yet; at most `MOST_UNDECIDED`."""
MOST_UNDECIDED = 2_000
OPEN = 0.1
"""The share of cases still open, at most `MOST_OPEN`: what a landlord works on at once does not grow with its archive."""
MOST_OPEN = 10_000
CASE_TABLES: tuple[type[models.Model], ...] = (
    SealingKey, Person, Report, ReportPerson, Case, CaseReport, CasePerson, Incident, IncidentStrand, TriageDecision,
)  # fmt: skip


def fill(size: int, *, at: datetime, all_open: bool = False, say: Callable[[str], None] = print) -> None:
    """Fill the empty database with `size` cases, up to `at`, through the connection `admin` (a superuser)."""
    random = Random(size)
    who = staff.hire()
    staff.agencies()
    homes = invented.properties(random, 18_000)
    Property.objects.bulk_create(homes, batch_size=2000)
    teams = {patch: team for team in Team.objects.all() for patch in team.patches}
    maker = Maker(random, homes, teams, [w for w in who.values() if "caseworker" in w.roles], at, size, all_open)
    with connections["admin"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        dropped = _drop_indexes(cursor)
        try:
            numbers = iter(range(size))
            while chunk := list(islice(numbers, CHUNK)):
                _copy_chunk(cursor, maker, chunk)
                say(f"  {chunk[-1] + 1:,} cases")
        finally:
            for statement in dropped:
                cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")
        for model in CASE_TABLES:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table}))"
            )
        cursor.execute("ANALYZE")


def _copy_chunk(cursor: Any, maker: Maker, numbers: list[int]) -> None:
    rows: dict[type[models.Model], list[models.Model]] = {model: [] for model in CASE_TABLES}
    for number in numbers:
        for row in maker.case(number):
            rows[type(row)].append(row)
    for model in CASE_TABLES:
        _copy(cursor, model, rows[model])


def _copy(cursor: Any, model: type[models.Model], rows: Iterable[models.Model]) -> None:
    fields = list(model._meta.concrete_fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    connection = connections["admin"]
    with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_plain(field.get_db_prep_save(field.pre_save(row, True), connection)) for field in fields])


def _plain(value: Any) -> Any:
    return bytes(value.obj) if isinstance(value, Binary) else value


def _drop_indexes(cursor: Any) -> list[str]:
    tables = tuple(model._meta.db_table for model in CASE_TABLES)
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " JOIN pg_class t ON t.oid = i.indrelid WHERE t.relname = ANY(%s) AND NOT i.indisunique",
        [list(tables)],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]


class Maker:
    """Makes the rows of one case after the other; the same size makes the same rows but for keys and references."""

    def __init__(
        self, random: Random, homes: list[Property], teams: dict[str, Team], workers: list[Any], at: datetime, size: int,
        all_open: bool,
    ) -> None:  # fmt: skip
        self.random, self.homes, self.teams, self.workers = random, homes, teams, workers
        self.at, self.size, self.all_open = at, size, all_open
        self.undecided = min(int(size * UNDECIDED) or 20, MOST_UNDECIDED)
        self.open = size if all_open else min(int(size * OPEN) or 50, MOST_OPEN)
        self.spans = timedelta(days=6 * 365) / size
        self.references: set[str] = set()
        self.name_tokens: dict[str, list[int]] = {}
        self.word_tokens = [tokens_of(voice.words) for voice in VOICES]

    def case(self, number: int) -> Iterator[models.Model]:
        """Give the rows of case `number`; the highest numbers are the newest."""
        base = number + 1
        age = self.size - number
        received = self.at - self.spans * age
        voice = VOICES[number % len(VOICES)]
        home = self.homes[self.random.randrange(len(self.homes))]
        team = self.teams[home.patch]
        worker = self.random.choice([w for w in self.workers if w.team_id == team.pk])
        keys = [SealingKey.fresh(kind) for kind in ("report", "case", "person", "person")]
        for offset, key in enumerate(keys):
            key.pk = number * 4 + offset + 1
            key.created_at = received
        people = [self._person(base * 2 - 1, keys[2], received), self._person(base * 2, keys[3], received)]
        report = self._report(base, voice, number, home, team, received, keys[0], people, undecided=age <= self.undecided)
        yield from keys
        yield from people
        yield report
        for offset, (person, part) in enumerate(zip(people, ("reporter", "responsible"), strict=True)):
            yield ReportPerson(pk=base * 2 - 1 + offset, report=report, person=person, part=part)
        if report.state != "decided":
            return
        yield from self._worked(base, report, team, worker, keys[1], people, received, is_open=age <= self.open)

    def _reference(self, prefix: str) -> str:
        """Return a reference that no other row bears, as the acts themselves do by trying again."""
        while (reference := new_reference(prefix)) in self.references:
            pass
        self.references.add(reference)
        return reference

    def _person(self, pk: int, key: SealingKey, at: datetime) -> Person:
        community = COMMUNITIES[self.random.randrange(len(COMMUNITIES))]
        name = f"{self.random.choice(community.given)} {self.random.choice(community.family)}"
        if name not in self.name_tokens:
            self.name_tokens[name] = tokens_of(name, names=True)
        return Person(
            pk=pk, sealing_key=key, origin="told", name=name, tokens=self.name_tokens[name], created_at=at,
            telephone=f"07700 900{pk % 1000:03d}",
        )  # fmt: skip

    def _report(
        self, pk: int, voice: Any, number: int, home: Property, team: Team, received: datetime, key: SealingKey,
        people: list[Person], *, undecided: bool,
    ) -> Report:  # fmt: skip
        names = {token for person in people for token in person.tokens}
        return Report(
            pk=pk, reference=self._reference("HV"), sealing_key=key, channel=voice.channel, language=voice.language,
            received_at=received, logged_at=received, role=voice.role, identity=voice.identity,
            danger=list(voice.danger), is_danger=bool(voice.danger), strands=list(voice.strands),
            incident_types=list(voice.types), happened_from=received.date(), happened_to=received.date(),
            place=voice.place, home=home, account=voice.words, answers={"account": voice.words, "place": voice.place},
            code_hash=keyed_hash("bench", str(pk)), tokens=sorted(names | set(self.word_tokens[number % len(VOICES)])),
            pack_version="bench", state="received" if undecided else "decided", urgency=0 if voice.danger else 3,
            triage_due_at=received + timedelta(hours=1), team=team,
        )  # fmt: skip

    def _worked(
        self, pk: int, report: Report, team: Team, worker: Any, key: SealingKey, people: list[Person], at: datetime, *,
        is_open: bool,
    ) -> Iterator[models.Model]:  # fmt: skip
        opened = at + timedelta(hours=2)
        case = Case(
            pk=pk, reference=self._reference("HC"), sealing_key=key, state="open" if is_open else "closed", opened_at=opened,
            opened_by=worker, closed_at=None if is_open else opened + timedelta(days=60), team=team, caseworker=worker,
            home=report.home, strands=report.strands, is_hate_related=bool(report.strands), urgency=report.urgency,
            summary="Invented for measuring.", policy_version="bench",
        )  # fmt: skip
        yield case
        yield CaseReport(pk=pk, case=case, report=report, at=opened)
        for offset, (person, part) in enumerate(zip(people, ("harmed", "responsible"), strict=True)):
            yield CasePerson(pk=pk * 2 - 1 + offset, case=case, person=person, part=part, since=opened)
        incident = Incident(
            pk=pk, case=case, report=report, types=report.incident_types, happened_from=at, happened_to=at,
            place=report.place, home=report.home, recorded_at=opened, recorded_by=worker,
        )  # fmt: skip
        yield incident
        for offset, strand in enumerate(report.strands[:1]):
            yield IncidentStrand(pk=pk + offset, incident=incident, strand=strand, perceived_by="victim")
        yield TriageDecision(
            pk=pk, report=report, outcome="open", case=case, reason="Invented for measuring.", shown={}, by=worker, at=opened
        )
