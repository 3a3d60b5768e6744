"""What reaches the logs: events, ids and places in the code, never a person's words."""

import io
import json
import logging
import sys
import warnings

import pytest
import structlog
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from haven.jobs import logs

SECRET = "Her name is Ngozi Example"


def breaks(request):
    words = f"{SECRET} and more"
    raise ValueError(words)


def breaks_the_database(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [SECRET])


def doubles_a_row(request):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told (words text CONSTRAINT once PRIMARY KEY) ON COMMIT DROP")
        cursor.execute("INSERT INTO told VALUES (%s), (%s)", [SECRET, SECRET])


def logs_it_whole(request):
    logging.getLogger("some.package").error(f"Could not send {SECRET}")
    logging.getLogger("some.package").error("Could not send %s", SECRET)
    structlog.get_logger("haven.reports").info("report.received", report=7, thing=object())
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        structlog.get_logger("haven.reports").exception("report.unreadable", report=8)
    return HttpResponse("done")


urlpatterns = [
    path("breaks", breaks),
    path("breaks-the-database", breaks_the_database),
    path("doubles-a-row", doubles_a_row),
    path("logs-it-whole", logs_it_whole),
]


@pytest.fixture
def written():
    """Everything that the root logger writes meanwhile, as Haven writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = "tests.jobs.test_logs"
    return Client(raise_request_exception=False)


def lines(stream: io.StringIO) -> list[dict]:
    """Each line, which must be JSON."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["breaks", "breaks-the-database"])
def test_a_fault_is_logged_without_what_it_was_about(page, visitor, written, capfd):
    answer = visitor.post(f"/{page}?name={SECRET}", {"words": SECRET}, headers={"cookie": f"visit={SECRET}"})
    assert answer.status_code == 500
    faults = [line["fault"] for line in lines(written) if "fault" in line]
    assert faults, "the fault was not logged at all"
    assert any("test_logs.py" in frame for frame in faults[0]["frames"])
    assert "Ngozi" not in written.getvalue() + "".join(capfd.readouterr())


@pytest.mark.django_db
def test_a_broken_constraint_is_named_and_its_row_is_not(visitor, written):
    assert visitor.get("/doubles-a-row").status_code in (404, 500)
    fault = next(line["fault"] for line in lines(written) if "fault" in line)
    codes = {**fault, **fault.get("cause", {})}
    assert codes["sqlstate"] in ("23505", "42501")
    assert "Ngozi" not in written.getvalue()


def test_other_packages_messages_lose_what_was_filled_in(visitor, written):
    assert visitor.get("/logs-it-whole").status_code == 200
    found = lines(written)
    assert "Could not send %s" in [line["event"] for line in found]
    assert "Ngozi" not in written.getvalue()


def test_our_own_events_keep_their_ids_and_lose_objects(visitor, written):
    visitor.get("/logs-it-whole")
    ours = {line["event"]: line for line in lines(written) if line["logger"] == "haven.reports"}
    assert ours["report.received"]["report"] == 7
    assert ours["report.received"]["thing"] == "object"
    assert ours["report.unreadable"]["fault"]["kind"] == "builtins.RuntimeError"


def test_addresses_that_are_not_there_are_logged_without_the_address(visitor, written):
    assert visitor.get(f"/nothing/{SECRET}?q={SECRET}").status_code == 404
    assert [line["status"] for line in lines(written)] == [404]
    assert "Ngozi" not in written.getvalue()


def test_what_nobody_caught_is_narrow_too(written, monkeypatch):
    for owner, name in ((sys, "excepthook"), (warnings, "showwarning"), (logs.threading, "excepthook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    logs.keep_hooks_narrow()
    error = ValueError(SECRET)
    sys.excepthook(ValueError, error, None)
    warnings.showwarning(SECRET, RuntimeWarning, "models.py", 3)
    assert [line["event"] for line in lines(written)] == ["uncaught", "RuntimeWarning at models.py:3"]
    assert "Ngozi" not in written.getvalue()
