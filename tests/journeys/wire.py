"""A visitor who sends bytes as they are: cookies and the form's secret, and whatever else a test wants on the wire."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from re import findall, sub
from urllib.parse import quote_from_bytes

FORM = "application/x-www-form-urlencoded"
Sent = list[tuple[str, bytes]]


class Controls(HTMLParser):
    """What the form of a page asks for, what stands in it, and what is said to be wrong."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.secret = ""
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.said = ""
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember controls, and where the summary points to."""
        found = {name: value or "" for name, value in attrs}
        name, kind = found.get("name", ""), found.get("type", "text")
        self.ids.add(found.get("id", ""))
        if name == "csrfmiddlewaretoken":
            self.secret = found["value"]
        elif tag == "textarea":
            self.inside = name
            self.texts[name] = ""
        elif tag == "input" and kind in ("radio", "checkbox"):
            self.choices.setdefault(name, []).append(found.get("value", "on"))
        elif tag == "input" and name and kind in ("text", "tel", "email"):
            self.texts[name] = found.get("value", "")
        elif tag == "select":
            self.choices[name] = []
        elif tag == "a" and found.get("href", "").startswith("#") and found["href"] != "#content":
            self.links.append(found["href"][1:])

    def handle_data(self, data: str) -> None:
        """Take what stands in a textarea; a parser of HTML drops its first line break."""
        if self.inside:
            self.texts[self.inside] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a textarea."""
        if tag == "textarea":
            self.texts[self.inside] = self.texts[self.inside].removeprefix("\r\n").removeprefix("\n")
            self.inside = ""


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: http.client.HTTPMessage

    @property
    def leads_to(self) -> str:
        """Where it leads."""
        return self.headers.get("Location") or ""

    @property
    def controls(self) -> Controls:
        """What its form asks for."""
        return Controls(self.text)

    @property
    def words(self) -> str:
        """What can be read on it."""
        return unescape(sub(r"\s+", " ", sub(r"<[^>]+>", " ", self.text)))


@dataclass
class Wire:
    """One visitor."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send one request as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {"Cookie": cookie, **headers})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for given in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, text, answer.headers)

    def see(self, path: str) -> Answer:
        """Open a page."""
        return self.ask("GET", path)

    def send(self, path: str, fields: Sent, secret: str | None = None) -> Answer:
        """Send a form; its secret is fetched unless it is given."""
        token = self.see("/code").controls.secret if secret is None else secret
        given = [*([("csrfmiddlewaretoken", token.encode())] if token else []), *fields]
        body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in given).encode()
        return self.ask("POST", path, body, **{"Content-Type": FORM})

    def tell(self) -> Wire:
        """Begin a report: the two answers that are needed, and those that open every other page."""
        for path, fields in OPENING:
            assert self.send(path, fields).status == 302, path
        return self

    def sent(self, account: str) -> tuple[str, str]:
        """Send a report with the two answers that are needed; return its reference and its code."""
        for path, fields in (("/p/1", [("danger", b"NONE")]), ("/p/3", [("account", account.encode())]), ("/check", [])):
            assert self.send(path, fields).status == 302, path
        reference, code = findall(r"data-receipt>([^<]+)<", self.see("/done").text)
        return reference, code


OPENING: list[tuple[str, Sent]] = [
    ("/p/1", [("danger", b"WEAPON")]),
    ("/p/3", [("account", b"They kicked our door.")]),
    ("/p/4", [("role", b"FOR_SOMEBODY")]),
    ("/p/6", [("when_kind", b"range")]),
    ("/p/8", [("place", b"HOME")]),
    ("/p/13", [("history", b"often")]),
    ("/p/15", [("responsible_kinds", b"NEIGHBOUR")]),
    ("/p/23", [("permission_POLICE", b"WITH_NAME")]),
    ("/p/26", [("identity", b"named")]),
    ("/p/28", [("preferred", b"call")]),
]
