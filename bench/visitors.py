"""People who report, over real HTTP with cookies and CSRF tokens; every step is timed."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

REFERENCE = re.compile(r"HV-[0-9A-Z]{4}-[0-9A-Z]{3}")
ACCOUNT = "They shouted at us on the stairs again last night and kicked the door. It is the third time this month."


class Form(HTMLParser):
    """The fields of a page's main form, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.choices: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep hidden fields, and what could be chosen or written."""
        found = dict(attrs)
        if tag == "form":
            self.inside = (found.get("method") or "").lower() == "post" and "main" in (found.get("class") or "main")
        if not self.inside or not (name := found.get("name")):
            return
        kind = found.get("type") or "text"
        if tag == "input" and kind == "hidden":
            self.fields.append((name, found.get("value") or ""))
        elif tag == "input" and kind in ("radio", "checkbox"):
            self.choices.setdefault(name, []).append(found.get("value") or "on")
        elif tag == "textarea" or (tag == "input" and kind in ("text", "tel", "email")):
            self.texts.append(name)


@dataclass
class Timings:
    """How long each step took, in milliseconds, and the references that were shown."""

    steps: dict[str, list[float]] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)


class Visitor:
    """One visitor with a connection that is kept open."""

    def __init__(self, port: int, timings: Timings) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.timings = timings

    def ask(self, method: str, path: str, body: list[tuple[str, str]] | None = None) -> tuple[int, str, str]:
        """Send one request and return status, text and where it redirects to."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        data = None
        if body is not None:
            data = urlencode(body)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        step = f"{method} {path}"
        self.timings.steps.setdefault(step, []).append((time.perf_counter() - began) * 1000)
        self.timings.sizes[step] = len(text)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, answer.headers.get("Location") or ""

    def report(self, *, whole: bool) -> str:
        """Send one anonymous report: the short way (danger, account, check, send) or through every page."""
        self.cookies.clear()
        for path in ("/", "/before"):
            self.ask("GET", path)
        at = "/p/1"
        for _ in range(60):
            status, text, _where = self.ask("GET", at)
            if status != 200:
                raise RuntimeError(f"GET {at} answered {status}")
            if at == "/done":
                return self._reference(text)
            status, text, where = self.ask("POST", at, list(answers(text, at, whole=whole)))
            if status not in (302, 303):
                raise RuntimeError(f"POST {at} answered {status}")
            at = where
        raise RuntimeError("the form never ended")

    def _reference(self, text: str) -> str:
        if not (found := REFERENCE.search(text)):
            raise RuntimeError("no reference on the receipt")
        return found[0]


def answers(page: str, at: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    form = Form()
    form.feed(page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    yield "csrfmiddlewaretoken", token[1] if token else ""
    yield from ((name, value) for name, value in form.fields if name != "csrfmiddlewaretoken")
    if at == "/check":
        return
    if "danger" in form.choices:
        yield "danger", "NONE"
    elif "account" in form.texts:
        yield "account", ACCOUNT
        if not whole:
            yield "go", "check"
    else:
        yield from ((name, values[0]) for name, values in form.choices.items() if name != "identity")
        if "identity" in form.choices:
            yield "identity", "anonymous"


def run(port: int, *, clients: int, reports: int, whole: bool = False, say: Callable[[str], None] = print) -> dict[str, object]:
    """Let `clients` people send `reports` reports in all, at once; return reports a second and times a step."""
    timings = [Timings() for _ in range(clients)]
    left = iter(range(reports))
    lock = threading.Lock()
    start = threading.Barrier(clients + 1)

    def one(mine: Timings) -> None:
        visitor = Visitor(port, mine)
        start.wait()
        while True:
            with lock:
                if next(left, None) is None:
                    return
            try:
                mine.references.append(visitor.report(whole=whole))
            except Exception as problem:
                mine.faults.append(str(problem))
                visitor = Visitor(port, mine)

    threads = [threading.Thread(target=one, args=(mine,)) for mine in timings]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    return _figures(timings, took, clients=clients, reports=reports, whole=whole)


def _figures(timings: list[Timings], took: float, *, clients: int, reports: int, whole: bool) -> dict[str, object]:
    steps: dict[str, list[float]] = {}
    for mine in timings:
        for step, times in mine.steps.items():
            steps.setdefault(step, []).extend(times)
    references = [reference for mine in timings for reference in mine.references]
    every = [one for times in steps.values() for one in times]
    return {
        "clients": clients,
        "way": "every page" if whole else "shortest",
        "asked": reports,
        "accepted": len(references),
        "different": len(set(references)),
        "faults": [fault for mine in timings for fault in mine.faults][:5],
        "reports_a_second": round(len(references) / took, 1),
        "step_p50_ms": quantile(every, 0.5),
        "step_p95_ms": quantile(every, 0.95),
        "bytes": {step: size for mine in timings[:1] for step, size in sorted(mine.sizes.items())},
        "steps": {step: [quantile(t, 0.5), quantile(t, 0.95)] for step, t in sorted(steps.items())},
        "references": references,
    }


def quantile(times: list[float], share: float) -> float:
    """Return the value below which that share of the times lies, in milliseconds."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1) if ordered else 0.0
