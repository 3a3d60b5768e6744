"""Somebody who reports over real HTTP and does not give up: what got no answer is asked again, as people do."""

from __future__ import annotations

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from tests.journeys.everything import PICTURE

REFERENCE = re.compile(r"data-receipt>(HV-[0-9A-Z]{4}-[0-9A-Z]{3})<")
CODE = re.compile(r"data-receipt>([0-9 ]{19})<")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BETWEEN = "a-line-between-the-parts"
Fields = list[tuple[str, str]]


@dataclass
class Told:
    """One report as its client knows it: its mark, what was said, and every receipt that was ever shown."""

    mark: str
    is_danger: bool
    has_file: bool
    is_named: bool
    shown: list[tuple[str, str]] = field(default_factory=list)
    sends: int = 0


class GaveUp(Exception):
    """The server did not come back in time, or answered what it never may."""


class Client:
    """One browser without a script: cookies, forms with their secret, and patience."""

    def __init__(self, port: int, patience: float = 60) -> None:
        self.port, self.patience = port, patience
        self.cookies: dict[str, str] = {}
        self.connection: http.client.HTTPConnection | None = None
        self.about_to_send = threading.Event()
        self.answered = 0
        self.unanswered = 0

    def once(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        """Send one request; return status, text and where it leads; raises OSError or HTTPException."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, answer.headers.get("Location") or ""

    def close(self) -> None:
        """Let go of the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        """Send one request until it is answered by a server that is well."""
        until, last = time.monotonic() + self.patience, "nothing"
        while time.monotonic() < until:
            try:
                answer = self.once(method, path, body, kind)
            except (OSError, http.client.HTTPException) as problem:
                self.unanswered += 1
                last = repr(problem)
            else:
                if answer[0] < 500:
                    self.answered += 1
                    return answer
                self.unanswered += 1
                last = f"{answer[0]} {re.sub('<[^>]+>', ' ', answer[1])[-300:]}"
            time.sleep(0.05)
        raise GaveUp(f"{method} {path} was not answered: {last}")

    def fill(self, path: str, fields: Fields, file: bytes | None = None) -> str:
        """Open a page, fill in its form and send it; return where it leads."""
        status, page, where = self.ask("GET", path)
        if status != 200:
            raise GaveUp(f"GET {path}: {status} {where}")
        token = TOKEN.search(page)
        if token is None:
            raise GaveUp(f"GET {path} has no form: {re.sub('<[^>]+>', ' ', page)[-300:]}")
        given = [("csrfmiddlewaretoken", token[1]), *fields]
        body, kind = (
            (_parts(given, file), f"multipart/form-data; boundary={BETWEEN}") if file else (_encoded(given), "")
        )
        status, page, where = self.ask("POST", path, body, kind)
        if status not in (302, 303):
            raise GaveUp(f"POST {path}: {status} {re.sub('<[^>]+>', ' ', page)[-300:]}")
        return where

    def write(self, told: Told) -> None:
        """Write a report, up to the check page."""
        self.cookies.clear()
        self.fill("/p/1", [("danger", "HOME_NOT_SECURE" if told.is_danger else "NONE")])
        self.fill("/p/3", [("account", f"{told.mark}: they kicked our door again.")])
        self.fill("/p/23", [("permission_POLICE", "WITH_NAME"), ("permission_COUNCIL", "NO")])
        if told.has_file:
            self.fill("/p/20", [], PICTURE)
        if told.is_named:
            self.fill("/p/26", [("identity", "named")])
            self.fill("/p/27", [("name", f"Reporter {told.mark}")])
            self.fill("/p/28", [("preferred", "call")])
            self.fill("/p/29", [("number", "07700 900555")])

    def send(self, told: Told) -> None:
        """Press send, again and again until it is answered, and look at the receipt."""
        before = self.unanswered
        self.about_to_send.set()
        where = self.fill("/check", [])
        told.sends += 1 + self.unanswered - before
        if where != "/done":
            raise GaveUp(f"sending led to {where}")
        self.look(told)

    def look(self, told: Told) -> None:
        """Look at the receipt once more, and remember what it shows."""
        status, page, where = self.ask("GET", "/done")
        reference, code = REFERENCE.search(page), CODE.search(page)
        if status != 200 or reference is None or code is None:
            raise GaveUp(f"no receipt: {status} {where} {unescape(re.sub('<[^>]+>', ' ', page))[-300:]}")
        told.shown.append((reference[1], code[1].replace(" ", "")))


def _encoded(fields: Fields) -> bytes:
    return urlencode(fields).encode()


def _parts(fields: Fields, file: bytes) -> bytes:
    lines = [
        f'--{BETWEEN}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields
    ]
    head = f'--{BETWEEN}\r\nContent-Disposition: form-data; name="files"; filename="door.png"\r\n'
    return (
        "".join([*lines, head, "Content-Type: image/png\r\n\r\n"]).encode() + file + f"\r\n--{BETWEEN}--\r\n".encode()
    )
