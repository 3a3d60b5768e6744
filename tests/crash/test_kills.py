"""Fifty times kill -9, of the web processes and of the database, while people send: what was shown exists, once, whole."""

import contextlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from haven.jobs.leftovers import working_in
from tests.crash.client import Client, GaveUp, Told
from tests.jobs.test_up import database_of
from tests.machinery import cluster
from tests.machinery.trial import Trial, command_line, is_alive, parents_of_all

pytestmark = pytest.mark.slow
CLIENTS = 6
KILLS = {"web worker": 33, "web master": 2, "database backend": 9, "database": 6}
EVERY = sum(KILLS.values())
EXPECTED_PEOPLE = {True: [["reporter", "Reporter {mark}", 1]], False: []}


class Senders:
    """People who report one after the other until they are told to stop; each remembers all that it was ever shown."""

    def __init__(self, port: int) -> None:
        self.clients = [Client(port) for _ in range(CLIENTS)]
        self.told: list[list[Told]] = [[] for _ in self.clients]
        self.faults: list[str] = []
        self.about_to_send = threading.Event()
        for client in self.clients:
            client.about_to_send = self.about_to_send
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._report, args=(number,)) for number in range(CLIENTS)]

    def start(self) -> None:
        """Let everybody begin."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish what they are writing, and wait for them."""
        self.ended.set()
        for thread in self.threads:
            thread.join()
        for client in self.clients:
            client.close()

    def _report(self, number: int) -> None:
        client, mine = self.clients[number], self.told[number]
        for turn in itertools.count():
            if self.ended.is_set():
                return
            told = Told(f"mark {number}-{turn}", turn % 3 == 0, turn % 4 == number % 4, turn % 2 == 0)
            mine.append(told)
            try:
                client.write(told)
                client.send(told)
                client.look(told)
            except GaveUp as problem:
                self.faults.append(f"{told.mark}: {problem}")
                return

    @property
    def answered(self) -> int:
        """How many requests were answered so far."""
        return sum(client.answered for client in self.clients)

    @property
    def every(self) -> list[Told]:
        """Everything that anybody began to tell."""
        return [told for mine in self.told for told in mine]


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """A real Haven on a database of its own that writes to the disk for certain, with nothing in it."""
    made = Trial(tmp_path_factory.mktemp("crash") / "data", HAVEN_WEB_PROCESSES="2")
    try:
        yield made.start().ready()
    finally:
        made.clear()


def children_of(parent):
    """The processes directly below one."""
    return [pid for pid, above in parents_of_all().items() if above == parent and is_alive(pid)]


def victim(trial, what, chance):
    """A process of this kind that is there now, or None."""
    with contextlib.suppress(StopIteration, IndexError):
        if what == "database":
            return postmaster(trial)
        if what == "database backend":
            return chance.choice([pid for pid in children_of(postmaster(trial)) if "haven_web" in command_line(pid)])
        master = trial.child("gunicorn: master")
        return master if what == "web master" else chance.choice(children_of(master))
    return None


def postmaster(trial):
    """The first process of PostgreSQL, which started all the others."""
    ours = set(working_in(trial.data / "postgres"))
    parents = parents_of_all()
    return next(pid for pid in sorted(ours) if parents.get(pid) not in ours)


def kill(trial, what, chance, senders):
    """Kill one process of this kind once pages are answered again, half of the time while somebody presses send."""
    before = senders.answered
    trial.wait_for(lambda: senders.answered > before + CLIENTS or senders.faults, patience=60)
    trial.wait_for(lambda: victim(trial, what, chance) is not None, patience=60)
    if chance.random() < 0.5:
        senders.about_to_send.clear()
        senders.about_to_send.wait(20)
    time.sleep(chance.uniform(0, 0.05))
    found = victim(trial, what, chance)
    if found is None:
        return kill(trial, what, chance, senders)
    os.kill(found, signal.SIGKILL)
    return what


@pytest.fixture(scope="module")
def aftermath(trial):
    """Kill fifty times while people send, then let them finish; what they were shown, and what there is."""
    chance = random.Random(50)
    plan = [what for what, times in KILLS.items() for _ in range(times)]
    chance.shuffle(plan)
    senders = Senders(trial.port)
    senders.start()
    killed = []
    try:
        for what in plan:
            if senders.faults:
                break
            killed.append(kill(trial, what, chance, senders))
    finally:
        trial.wait_for(lambda: trial.status("/healthz") == 200, patience=60)
        senders.stop()
    there = look_at(trial)
    return {
        "killed": killed,
        "told": senders.every,
        "faults": senders.faults,
        "there": there,
        "clients": senders.clients,
    }


def look_at(trial):
    """What lies in the database and in the store, read by a process in the surroundings of this Haven."""
    surroundings = {**trial.environment, "DATABASE_URL": database_of(trial), "DJANGO_SETTINGS_MODULE": "haven.settings"}
    order = [sys.executable, "-m", "tests.crash.looking"]
    done = subprocess.run(order, env=surroundings, cwd=cluster.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_fifty_were_killed_while_people_sent(aftermath):
    assert len(aftermath["killed"]) == EVERY >= 50
    assert aftermath["faults"] == []
    assert sum(len(told.shown) > 0 for told in aftermath["told"]) > EVERY
    assert sum(client.unanswered for client in aftermath["clients"]) >= EVERY / 2
    assert sum(told.sends > 1 for told in aftermath["told"]) > 0


def test_every_reference_that_was_ever_shown_exists_exactly_once(aftermath):
    there = [one["reference"] for one in aftermath["there"]["reports"]]
    shown = {reference for told in aftermath["told"] for reference, _code in told.shown}
    assert sorted(shown - set(there)) == []
    assert len(there) == len(set(there))


def test_nothing_that_was_told_is_there_twice(aftermath):
    marks = [one["mark"] for one in aftermath["there"]["reports"]]
    assert len(marks) == len(set(marks))
    assert {told.mark for told in aftermath["told"] if told.shown} <= set(marks)


def test_whoever_sent_again_was_shown_the_same_receipt(aftermath):
    by_mark = {one["mark"]: one["reference"] for one in aftermath["there"]["reports"]}
    for told in aftermath["told"]:
        assert len(set(told.shown)) <= 1, told
        assert all(reference == by_mark[told.mark] for reference, _code in told.shown)


def test_no_report_is_half_there(aftermath):
    told = {one.mark: one for one in aftermath["told"]}
    for report in aftermath["there"]["reports"]:
        said = told[report["mark"]]
        people = [[part, name.format(mark=said.mark), ways] for part, name, ways in EXPECTED_PEOPLE[said.is_named]]
        assert report["people"] == people, report
        assert report["permissions"] == [["COUNCIL", "no"], ["POLICE", "with_name"]], report
        assert (report["is_danger"], report["alarms"]) == (said.is_danger, int(said.is_danger)), report
        assert report["entries"] == 1, report
        assert report["duties"] >= 1, report
        assert bool(report["files"]) == said.has_file, report
        assert all(report["files"]), report


def test_nothing_is_left_that_belongs_to_nothing(aftermath):
    assert {what: count for what, count in aftermath["there"]["half"].items() if count} == {}


def test_the_trail_verifies_after_every_crash(aftermath):
    assert aftermath["there"]["trail"] == []
