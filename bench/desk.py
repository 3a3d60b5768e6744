"""A member of staff at the desk: the queue, a case, a search by name, over real HTTP, with their size and queries."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import datetime
from statistics import median
from typing import Any

from bench.visitors import Timings, Visitor, quantile
from haven.demo.sign_in import PASSWORD, email_of
from haven.kernel.clock import LONDON

CASE = re.compile(r'href="(/desk/cases/HC-[0-9A-Z-]+)"')
REPORT = re.compile(r'href="(/desk/reports/HV-[0-9A-Z-]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CONTACT = re.compile(r'href="(/desk/cases/HC-[0-9A-Z-]+/contact/people/\d+)[?"]')
HIDDEN = {"csrfmiddlewaretoken": TOKEN, "draft": re.compile(r'name="draft" value="([^"]+)"')}
DONE = {"how": "by_others"}
TALK = {
    "way": "call", "began": "us", "result": "two_way", "still_safe": "confirmed", "police": "not_raised", "interview": "no",
    "covered": "news", "words": "How things stand.",
}  # fmt: skip
NAMES = ("Begum", "Mensah", "Kowalczuk", "Thirlwell", "Omar Haddadin", "Elena")


def measure(port: int, prepared: dict[str, Any], *, times: int = 40, rounds: int = 5) -> dict[str, Any]:
    """Return p50, p95 and bytes of each page of the desk for a manager: the median of rounds after one to warm up."""
    visitor = Visitor(port, Timings())
    _sign_in(visitor, "manager")
    duties = iter(prepared["duties"])
    cold, *warm = [_round(visitor, times, prepared["long case"], duties) for _ in range(rounds + 1)]
    return {
        page: {
            **row,
            "p50_ms": median(each[page]["p50_ms"] for each in warm),
            "p95_ms": median(each[page]["p95_ms"] for each in warm),
            "p95_ms_of_rounds": [each[page]["p95_ms"] for each in warm],
            "p95_ms_cold": row["p95_ms"],
        }
        for page, row in cold.items()
    }


def _round(visitor: Visitor, times: int, long_case: str, duties: Iterator[int]) -> dict[str, dict[str, Any]]:
    pages = {
        "needs me now": "/desk/",
        "the team": "/desk/team",
        "queue": "/desk/queue",
        "cases": "/desk/cases?whose=team",
        "a case with 500 entries": f"/desk/cases/{long_case}",
    }
    cases = CASE.findall(visitor.ask("GET", "/desk/cases?whose=team")[1])[:20]
    reports = REPORT.findall(visitor.ask("GET", "/desk/queue")[1])[:20]
    figures = {name: _timed(visitor, [path] * times) for name, path in pages.items()}
    figures["a case"] = _timed(visitor, (cases * times)[:times])
    figures["a report in triage"] = _timed(visitor, (reports * times)[:times])
    talks = [found[1] for case in cases if (found := CONTACT.search(visitor.ask("GET", f"{case}/contact")[1]))]
    figures["recording a contact"] = _recorded(visitor, (talks * times)[:times], TALK)
    due = [f"/desk/duties/{number}" for number, _ in zip(duties, range(times), strict=False)]
    figures["recording a done duty"] = _recorded(visitor, due, DONE)
    return {**figures, **_searched(visitor, times)}


def just_now() -> dict[str, str]:
    """Return the answers that say that something was just now."""
    now = datetime.now(LONDON)
    return {"day-day": str(now.day), "day-month": str(now.month), "day-year": str(now.year), "clock": f"{now:%H:%M}"}


def _recorded(visitor: Visitor, paths: list[str], said: dict[str, str]) -> dict[str, Any]:
    """Record something on each of these pages: the press alone is timed, not the page on which it is pressed."""
    typed, times = {**said, **just_now()}, []
    for path in paths:
        _, page, _ = visitor.ask("GET", path)
        hidden = [(name, found[1]) for name, pattern in HIDDEN.items() if (found := pattern.search(page))]
        body = [*hidden, *typed.items()]
        began = time.perf_counter()
        status, text, _ = visitor.ask("POST", path, body)
        times.append((time.perf_counter() - began) * 1000)
        if status not in (302, 303):
            raise RuntimeError(f"{path} answered {status}: {text[:2000]}")
    return _row(times or [0.0], 0)


def _sign_in(visitor: Visitor, who: str) -> None:
    _, page, _ = visitor.ask("GET", "/staff/sign-in")
    token = TOKEN.search(page)
    body = [("csrfmiddlewaretoken", token[1] if token else ""), ("login", email_of(who)), ("password", PASSWORD)]
    status, _, where = visitor.ask("POST", "/staff/sign-in", body)
    if status not in (302, 303):
        raise RuntimeError(f"signing in as {who} answered {status}")


def _timed(visitor: Visitor, paths: list[str]) -> dict[str, Any]:
    times, size = [], 0
    for path in paths:
        began = time.perf_counter()
        status, text, _ = visitor.ask("GET", path)
        times.append((time.perf_counter() - began) * 1000)
        size = len(text)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
    return _row(times, size)


def _searched(visitor: Visitor, times: int) -> dict[str, Any]:
    """Search: one request that keeps the words sealed, one that shows who was found."""
    kept, shown, size = [], [], 0
    for number in range(times):
        _, page, _ = visitor.ask("GET", "/desk/find")
        token = TOKEN.search(page)
        body = [("csrfmiddlewaretoken", token[1] if token else ""), ("words", NAMES[number % len(NAMES)])]
        began = time.perf_counter()
        status, text, where = visitor.ask("POST", "/desk/find", body)
        kept.append((time.perf_counter() - began) * 1000)
        if status not in (302, 303):
            raise RuntimeError(f"the search answered {status}")
        began = time.perf_counter()
        status, text, _ = visitor.ask("GET", where)
        shown.append((time.perf_counter() - began) * 1000)
        size = len(text)
        if status != 200:
            raise RuntimeError(f"what was found answered {status}")
    return {"search, asking": _row(kept, 0), "search by name": _row(shown, size)}


def _row(times: list[float], size: int) -> dict[str, Any]:
    return {"p50_ms": quantile(times, 0.5), "p95_ms": quantile(times, 0.95), "bytes": size, "asked": len(times)}
