"""Database addresses: from the environment to Django's words and back."""

from typing import Any
from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict

PLANNING = " ".join(
    f"-c {setting}"
    for setting in ("jit=off", "random_page_cost=1.1", "join_collapse_limit=4", "from_collapse_limit=4")
)
"""Every query here is answered from indexes within a millisecond or two: compiling it, or weighing every order in which
the eight tables beside one case can be joined, takes longer than that (8.9 ms of planning became 1.1)."""

PREPARED = {"server_side_binding": True, "prepare_threshold": 2}
"""What a connection asks for again is parsed once, and planned once where a plan fits all that is asked (ADR 13)."""


def as_django(url: str | None, pool: int = 0) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address; without one, a backend that refuses every query."""
    if url is None:
        return {"ENGINE": "django.db.backends.dummy"}
    parts = conninfo_to_dict(url)
    known = {key: str(parts.pop(word, "")) for key, word in WORDS.items()}
    options: dict[str, Any] = {"connect_timeout": 10, "options": PLANNING, **PREPARED, **parts}
    if pool:
        options["pool"] = {"min_size": 0, "max_size": pool, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **known,
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


WORDS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def address(url: str, **changes: str) -> str:
    """The same address with another role, password or database."""
    parts = {**conninfo_to_dict(url), **changes}
    return address_of(**{key: str(value) for key, value in parts.items()})


def address_of(*, dbname: str, user: str = "", password: str = "", **rest: str) -> str:
    """A postgresql:// address; the machine or socket folder travels in the query, so that any path fits."""
    who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    return f"postgresql://{who}/{quote(dbname, safe='')}" + (f"?{urlencode(rest)}" if rest else "")
