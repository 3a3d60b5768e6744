"""`/healthz` and `/readyz`: alive, ready, and what is missing; nothing else."""

import http.client
import json
import signal
import time

import psycopg
import pytest
from django.db import connection
from django.test import Client

from haven.jobs import roles


@pytest.fixture
def visitor():
    """Somebody who has no account, such as a load balancer."""
    return Client()


def beat(seconds_ago: int) -> None:
    """Let a worker have given a sign of life so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_alive_needs_nothing(visitor):
    answer = visitor.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


@pytest.mark.django_db
def test_ready_when_everything_is_there(visitor):
    beat(5)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "missing": []})


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [None, 31, 3600])
def test_not_ready_without_a_fresh_sign_of_life_from_a_worker(visitor, seconds):
    if seconds:
        beat(seconds)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "missing": ["queue"]})


@pytest.mark.django_db
def test_not_ready_when_the_key_cannot_be_read(visitor, settings, tmp_path):
    beat(5)
    settings.HAVEN_KEY_FILE = tmp_path / "gone"
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["keys"])


@pytest.mark.parametrize("page", ["/healthz", "/readyz"])
def test_only_asking_is_allowed_and_nothing_is_cached(visitor, page, db):
    assert visitor.post(page).status_code == 405
    assert "no-store" in visitor.get(page).headers["Cache-Control"]


@pytest.mark.slow
def test_real_processes_are_ready_lose_their_database_and_find_it_again(live_haven, fresh_database):
    haven = live_haven(place=fresh_database, worker=True)
    haven.wait("/readyz")
    with psycopg.connect(fresh_database.admin, autocommit=True) as administrator:
        administrator.execute(f"ALTER DATABASE {fresh_database.database} ALLOW_CONNECTIONS false")
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [fresh_database.database]
        )
        status, missing = ask(haven, "/readyz")
        assert (status, missing["missing"]) == (503, ["database"])
        assert ask(haven, "/healthz") == (200, {"alive": True})
        administrator.execute(f"ALTER DATABASE {fresh_database.database} ALLOW_CONNECTIONS true")
    until = time.monotonic() + 30
    while "database" in ask(haven, "/readyz")[1]["missing"]:
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.mark.slow
def test_a_stopped_worker_is_missed(live_haven, fresh_database):
    haven = live_haven(place=fresh_database, worker=True)
    haven.wait("/readyz")
    haven.processes["worker"].send_signal(signal.SIGTERM)
    haven.processes["worker"].wait(15)
    assert ask(haven, "/readyz") == (503, {"ready": False, "missing": ["queue"]})


def ask(haven, page) -> tuple[int, dict]:
    """Status and JSON of a page of real processes."""
    visit = http.client.HTTPConnection("127.0.0.1", haven.port, timeout=20)
    visit.request("GET", page)
    answer = visit.getresponse()
    said = answer.status, json.loads(answer.read())
    visit.close()
    return said


def test_a_fresh_database_is_committed_to_and_seen_by_other_roles(fresh_database):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == (roles.WEB, fresh_database.database)
    beat(0)
    with psycopg.connect(fresh_database.addresses.owner) as owner:
        assert owner.execute("SELECT count(*) FROM procrastinate_workers").fetchone() == (1,)
