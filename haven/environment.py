"""The one place that reads environment variables: strict, typed, and plain about what is wrong."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

T = TypeVar("T")

WHERE = "Set it in the environment of the program (docs/reference/environment.md)."


class Misconfigured(Exception):
    """Some environment variables cannot be used; the message says which, why and where to set them."""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mail is handed over: SMTP, with TLS from the start (smtps) or from STARTTLS on (smtp)."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    is_tls: bool
    is_plain: bool


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the environment says, read and checked."""

    host: str
    port: int
    data: Path
    key_file: Path
    public_url: str
    web_processes: int
    web_threads: int
    proxies: int
    visit_minutes: int
    database_pool: int
    database_url: str | None
    database_owner_url: str | None
    database_admin_url: str | None
    clamd: str | None
    smtp: MailServer | None
    mail_from: str
    pack: Path | None
    log_level: str
    demonstration: bool
    test_browser: bool
    test_scanner: bool
    unknown: tuple[str, ...]

    @property
    def is_https(self) -> bool:
        """Say whether people reach Haven over TLS."""
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        """The host name by which people reach Haven."""
        return host_of(self.public_url)


def default_data(environ: Mapping[str, str]) -> Path:
    """The folder `haven` in the user's data directory (XDG base directories)."""
    home = Path(environ.get("HOME") or "~").expanduser()
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "haven"


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """Read every variable at once; refuse with every problem named, not only the first."""
    source = os.environ if environ is None else environ
    reader = _Reader(source)
    host = reader.text("HAVEN_HOST", "127.0.0.1")
    port = reader.number("HAVEN_PORT", 8000, 1, 65535)
    data = reader.folder("HAVEN_DATA", default_data(source))
    public_url = reader.web_address("HAVEN_PUBLIC_URL", _local_address(host, port))
    found = Environment(
        host=host,
        port=port,
        data=data,
        key_file=reader.folder("HAVEN_KEY_FILE", data / "keys" / "deployment.key"),
        public_url=public_url,
        web_processes=reader.number("HAVEN_WEB_PROCESSES", 2, 1, 256),
        web_threads=reader.number("HAVEN_WEB_THREADS", 8, 1, 256),
        proxies=reader.number("HAVEN_PROXIES", 0, 0, 5),
        visit_minutes=reader.number("HAVEN_VISIT_MINUTES", 60, 5, 240),
        database_pool=reader.number("HAVEN_DATABASE_POOL", 12, 0, 1000),
        database_url=reader.database("DATABASE_URL"),
        database_owner_url=reader.database("DATABASE_OWNER_URL"),
        database_admin_url=reader.database("DATABASE_ADMIN_URL"),
        clamd=reader.scanner("HAVEN_CLAMD"),
        smtp=reader.mail_server("HAVEN_SMTP"),
        mail_from=reader.mail_address("HAVEN_MAIL_FROM", f"haven@{host_of(public_url)}"),
        pack=reader.existing_folder("HAVEN_PACK"),
        log_level=reader.choice("HAVEN_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
        demonstration=reader.switch("HAVEN_DEMONSTRATION", False),
        test_browser=reader.switch("HAVEN_TEST_BROWSER", True),
        test_scanner=reader.switch("HAVEN_TEST_SCANNER", True),
        unknown=reader.unknown(),
    )
    reader.refuse_problems()
    return found


def host_of(address: str) -> str:
    """Return the name of the machine in a web address."""
    return urlsplit(address).hostname or "localhost"


def _local_address(host: str, port: int) -> str:
    name = "localhost" if host in ("0.0.0.0", "::", "", "127.0.0.1", "::1") else host  # passkeys need a name
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


class _Reader:
    """Reads single variables, and remembers what was asked for and what was wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.asked: list[str] = []
        self.problems: list[str] = []

    def _parsed(self, name: str, default: T, parse: Callable[[str], T]) -> T:
        self.asked.append(name)
        value = self.environ.get(name, "").strip()
        if not value:
            return default
        try:
            return parse(value)
        except ValueError as problem:
            self.problems.append(f"{name}: {problem}")
            return default

    def text(self, name: str, default: str) -> str:
        return self._parsed(name, default, str)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        def parse(value: str) -> int:
            if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
                raise ValueError(f"must be a whole number from {least} to {most}, not {value!r}.")
            return int(value)

        return self._parsed(name, default, parse)

    def switch(self, name: str, default: bool) -> bool:
        def parse(value: str) -> bool:
            if value not in ("0", "1"):
                raise ValueError(f"must be 1 (on) or 0 (off), not {value!r}.")
            return value == "1"

        return self._parsed(name, default, parse)

    def choice(self, name: str, default: str, words: tuple[str, ...]) -> str:
        def parse(value: str) -> str:
            if value.upper() not in words:
                raise ValueError(f"must be one of {', '.join(words)}, not {value!r}.")
            return value.upper()

        return self._parsed(name, default, parse)

    def folder(self, name: str, default: Path) -> Path:
        def parse(value: str) -> Path:
            path = Path(value).expanduser()
            if not path.is_absolute():
                raise ValueError(f"must be a full path that begins with /, not {value!r}.")
            return path

        return self._parsed(name, default, parse)

    def existing_folder(self, name: str) -> Path | None:
        def parse(value: str) -> Path | None:
            path = Path(value).expanduser()
            if not path.is_dir():
                raise ValueError(f"must be a folder that is there, not {value!r}.")
            return path

        return self._parsed(name, None, parse)

    def web_address(self, name: str, default: str) -> str:
        def parse(value: str) -> str:
            parts = urlsplit(value)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
                raise ValueError(f"must look like https://haven.example, not {value!r}.")
            return value.rstrip("/")

        return self._parsed(name, default, parse)

    def database(self, name: str) -> str | None:
        def parse(value: str) -> str | None:
            try:
                parts = conninfo_to_dict(value)
            except ProgrammingError:
                parts = {}
            if not parts.get("dbname") or not value.startswith(("postgres://", "postgresql://")):
                raise ValueError("must look like postgresql://role:password@machine:5432/database.")
            return value

        return self._parsed(name, None, parse)

    def scanner(self, name: str) -> str | None:
        def parse(value: str) -> str:
            machine, _, port = value.rpartition(":")
            if value.startswith("unix:/") or (machine and port.isascii() and port.isdigit() and 0 < int(port) < 65536):
                return value
            raise ValueError(f"must be unix:/path/of/socket or machine:port, not {value!r}.")

        return self._parsed(name, None, parse)

    def mail_server(self, name: str) -> MailServer | None:
        def parse(value: str) -> MailServer:
            parts = urlsplit(value)
            if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/"):
                raise ValueError("must look like smtp://user:password@machine:587 or smtps://machine.")
            is_plain = parts.query == "tls=no"
            if parts.query and not is_plain:
                raise ValueError("takes no option but tls=no, for a mail server on this machine.")
            if is_plain and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
                raise ValueError("must use TLS to another machine; tls=no is for a mail server on this one.")
            return MailServer(
                host=parts.hostname,
                port=parts.port or (465 if parts.scheme == "smtps" else 587),
                user=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
                is_tls=parts.scheme == "smtps",
                is_plain=is_plain,
            )

        return self._parsed(name, None, parse)

    def mail_address(self, name: str, default: str) -> str:
        def parse(value: str) -> str:
            before, _, after = value.rpartition("@")
            if not before or not after or any(letter.isspace() or letter in "<>," for letter in value):
                raise ValueError(f"must be a mail address, not {value!r}.")
            return value

        return self._parsed(name, default, parse)

    def unknown(self) -> tuple[str, ...]:
        """Name each HAVEN_ variable that nothing reads, with the one that was probably meant."""
        strangers = sorted(name for name in self.environ if name.startswith("HAVEN_") and name not in self.asked)
        return tuple(self._stranger(name) for name in strangers)

    def _stranger(self, name: str) -> str:
        near = get_close_matches(name, self.asked, n=1)
        return f"{name} is not read by Haven." + (f" Did you mean {near[0]}?" if near else "")

    def refuse_problems(self) -> None:
        if self.problems:
            raise Misconfigured("\n".join([*self.problems, WHERE]))
