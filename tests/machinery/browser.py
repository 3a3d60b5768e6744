"""Debian's Chromium for the tests that need one; skipped only when HAVEN_TEST_BROWSER=0 says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""Debian's; the shell has no window frame to draw, and takes a third of the time."""
CHROMIUM = next((path for path in BROWSERS if Path(path).exists()), BROWSERS[0])
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@contextmanager
def running(*switches: str) -> Iterator[Any]:
    """Start Chromium and end it; to be ended with the module or package, not the session.

    While Playwright's event loop runs, Django refuses the database to later tests.
    """
    if os.environ.get("HAVEN_TEST_BROWSER") == "0":
        pytest.skip("HAVEN_TEST_BROWSER=0")
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: install Debian's package chromium, or set HAVEN_TEST_BROWSER=0.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, *switches])
        yield browser
        browser.close()
