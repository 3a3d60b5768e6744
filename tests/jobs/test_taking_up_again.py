"""What a killed worker had in hand is taken up again; nothing that was asked for is lost."""

import asyncio

import pytest
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from haven.jobs.tasks import keeping

IN_HAND = """
INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, lock, args, status, attempts, worker_id)
VALUES ('default', 'duties.fold', %s, %s, '{}', %s, %s, %s) RETURNING id
"""
WORKER = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id"


@pytest.fixture
def worker(fresh_database):
    def make(silent_for):
        return fresh_database(WORKER, silent_for)

    return make


@pytest.fixture
def fresh_database(fresh_database):
    """Ask the fresh database for one value, and change it."""
    from django.db import connection

    def ask(order, *values):
        with connection.cursor() as cursor:
            cursor.execute(order, values)
            return cursor.fetchone()[0]

    return ask


@pytest.fixture
def job(fresh_database):
    def make(worker, *, status="doing", attempts=0, queueing_lock=None, lock=None):
        return fresh_database(IN_HAND, queueing_lock, lock, status, attempts, worker)

    return make


@pytest.fixture
def state(fresh_database):
    def read(job):
        return fresh_database("SELECT status FROM procrastinate_jobs WHERE id = %s", job)

    return read


def take_up():
    async def run():
        connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=2)
        with app.replace_connector(connector):
            async with app.open_async():
                await keeping.take_up_again.func(timestamp=0)

    asyncio.run(run())


def test_a_job_of_a_worker_that_fell_silent_waits_for_the_next_worker(worker, job, state):
    left, held = job(worker("1 minute"), lock="one at a time"), job(worker("5 seconds"))
    take_up()
    assert (state(left), state(held)) == ("todo", "doing")


def test_a_job_that_has_ended_five_workers_is_given_up(worker, job, state):
    poison = job(worker("1 minute"), attempts=keeping.MOST_ATTEMPTS)
    take_up()
    assert state(poison) == "aborted"


def test_a_job_that_is_asked_for_again_meanwhile_is_not_there_twice(worker, job, state):
    left = job(worker("1 minute"), queueing_lock="alarms.call:1")
    asked_again = job(None, status="todo", queueing_lock="alarms.call:1")
    take_up()
    assert (state(left), state(asked_again)) == ("aborted", "todo")
