"""Somebody who can sign in, what the trail says of them, and Chromium in front of a Haven that is no demonstration."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.machinery import browser, cluster, live


@pytest.fixture
def caseworker():
    """A caseworker with a password and no second factor."""
    from haven.accounts.choices import Role
    from tests.machinery.staff import with_password

    return with_password(Role.CASEWORKER, email="amal@landlord.example")


@pytest.fixture
def administrator():
    """An administrator with a password."""
    from haven.accounts.choices import Role
    from tests.machinery.staff import with_password

    return with_password(Role.ADMINISTRATOR, email="admin@landlord.example")


@pytest.fixture
def acts():
    """The acts on somebody's chain, or on the system's, with their codes."""
    from haven.trail.models import Entry

    def listed(staff=None):
        chain = f"staff:{staff.pk}" if staff else "system"
        return list(Entry.objects.filter(chain=chain).order_by("seq").values_list("act", "codes"))

    return listed


@pytest.fixture(scope="module")
def haven(live_haven):
    from haven.web.assets.build import build

    build()
    return live_haven()


@pytest.fixture(scope="module")
def link_for(haven):
    """Let somebody in at the command line; returns the path of their set-up link."""

    def let_in(email, role="caseworker"):
        done = subprocess.run(
            [sys.executable, "-m", "haven.jobs.cli", "staff", "add", "--email", email, "--name", "Amal", "--role", role],
            env=live.surroundings(haven.place, HAVEN_KEY_FILE=str(Path(haven.place.folder, "haven/keys/deployment.key"))),
            cwd=cluster.ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return urlsplit(done.stdout.strip()).path

    return let_in


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium."""
    with browser.running() as started:
        yield started


@pytest.fixture
def browse(chromium, haven):
    """Open a page of a browser of its own; complaints and requests to other hosts fail the test at its end."""
    opened, trouble = [], []

    def start(**more):
        context = chromium.new_context(base_url=f"http://localhost:{haven.port}", **more)
        context.set_default_timeout(40_000)
        page = context.new_page()
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: trouble.append(str(fault)))
        page.on(
            "request", lambda asked: trouble.append(asked.url) if urlsplit(asked.url).hostname != "localhost" else 0
        )
        page.on("response", lambda came: trouble.append(f"{came.status} {came.url}") if came.status >= 500 else None)
        opened.append(context)
        return page

    yield start
    for context in opened:
        context.close()
    assert [words for words in trouble if "410 (Gone)" not in words and "404 (Not Found)" not in words] == []
