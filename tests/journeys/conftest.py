"""One Haven with the fictional landlord, and one browser, for all journeys; and people who sit in front of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections

from tests.journeys.elsewhere import Elsewhere
from tests.journeys.people import Reporter, Watched, Worker
from tests.machinery import browser, cluster, live

HOMES, REPORTS = 300, 45


class Rows:
    """Asks the database of one Haven, in a thread of its own: Playwright's event loop owns the thread of the tests."""

    def __init__(self, place: live.Place, blocker: Any) -> None:
        self.blocker = blocker
        self.thread = ThreadPoolExecutor(1)
        self.thread.submit(self._look_at, place).result()

    def _look_at(self, place: live.Place) -> None:
        connections["default"].settings_dict = {**connections.settings["default"], "NAME": place.database}

    def ask(self, question: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """Return what a function that reads or writes rows returns."""
        with self.blocker.unblock():
            return self.thread.submit(question, *arguments, **more).result()

    def close(self) -> None:
        """Let go of the database."""
        self.ask(connections.close_all)
        self.thread.shutdown()


@pytest.fixture(scope="package")
def haven(place, clone_database, database_server, django_db_blocker, tmp_path_factory) -> Iterator[live.LiveHaven]:
    """A real Haven with the fictional landlord, whose staff may do without a second factor."""
    from haven.demo.load import load
    from haven.kernel import clock

    def fill(name: str) -> None:
        rows = Rows(replace(place, database=name), django_db_blocker)
        rows.ask(load, at=clock.now(), homes_count=HOMES, reports_count=REPORTS)
        rows.close()

    with clone_database(cluster.filled(database_server, place.folder, fill)) as own:
        log = tmp_path_factory.mktemp("journeys") / "log"
        started = live.LiveHaven(own, live.free_port(), log, more={"HAVEN_DEMONSTRATION": "1"})
        started.start("web")
        try:
            started.wait()
            yield started
        finally:
            started.stop()


@pytest.fixture(scope="package")
def rows(haven, django_db_blocker) -> Iterator[Rows]:
    """What lies in the database of that Haven."""
    made = Rows(haven.place, django_db_blocker)
    yield made
    made.close()


@pytest.fixture
def quiet(rows) -> None:
    """No alarm rings at first: somebody has taken those that other tests raised."""
    from haven.kernel import clock
    from haven.reports.models import Alarm

    rows.ask(lambda: Alarm.objects.filter(taken_at=None).update(taken_at=clock.now()))


@pytest.fixture(scope="package")
def elsewhere(tmp_path_factory) -> Iterator[Elsewhere]:
    """What every address that is not Haven's leads to."""
    made = Elsewhere(tmp_path_factory.mktemp("elsewhere"))
    yield made
    made.close()


@pytest.fixture(scope="package")
def chromium(elsewhere):
    """Debian's Chromium, for which every other site is one of ours."""
    from haven.web.assets.build import build

    build()
    with browser.running(*elsewhere.switches) as started:
        yield started


@pytest.fixture
def browse(chromium, haven) -> Iterator[Callable[..., Watched]]:
    """Open a browser of its own, with cookies of its own: browse(width=320, java_script_enabled=False, …)."""
    opened: list[Watched] = []

    def start(*, width: int = 1280, height: int = 900, **more: Any) -> Watched:
        opened.append(Watched(chromium, haven.url, width=width, height=height, **more))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


@pytest.fixture
def somebody(browse) -> Callable[..., Reporter]:
    """Somebody at the public pages: somebody(width=320, language="ar", java_script_enabled=False)."""

    def come(*, language: str = "en", **more: Any) -> Reporter:
        return Reporter(browse(**more), language)

    return come


@pytest.fixture(scope="package")
def signed_in(chromium, haven) -> Callable[[str], Any]:
    """The cookies of somebody who has signed in; each signs in once, and then works in as many browsers as they like."""
    kept: dict[str, Any] = {}

    def cookies(who: str) -> Any:
        if who not in kept:
            browser = Watched(chromium, haven.url, width=1280, height=900)
            Worker(browser, who).sign_in()
            kept[who] = browser.context.storage_state()
            browser.close()
        return kept[who]

    return cookies


@pytest.fixture
def colleague(browse, signed_in) -> Callable[..., Worker]:
    """Somebody who works for the landlord, signed in: colleague("caseworker")."""

    def come(who: str, **more: Any) -> Worker:
        return Worker(browse(storage_state=signed_in(who), **more), who)

    return come
