"""Logs as JSON lines of events and ids: never instances, payloads, SQL parameters, query strings or cookies."""

import logging
import logging.config
import sys
import threading
import traceback
import warnings
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

LOUD = (
    "procrastinate.blueprints",
    "procrastinate.jobs",
    "procrastinate.periodic",
    "django.db.backends",
    "django.server",
    "urllib3",
    "asyncio",
    "PIL",
)


def configure(level: str) -> None:
    """Send what the standard library and structlog log through the same narrow door, to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _without_words,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": Lines}},
            "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines", "stream": sys.stderr}},
            "root": {"handlers": ["lines"], "level": level},
            "loggers": {name: {"level": "WARNING"} for name in LOUD},
        }
    )


def keep_hooks_narrow() -> None:
    """For servers: let neither a fault that nobody caught nor a warning write its message to standard error."""
    log = logging.getLogger("haven.fault")

    def uncaught(kind: type[BaseException], error: BaseException, trail: TracebackType | None) -> None:
        log.critical("uncaught", exc_info=(kind, error, trail), extra={"action": "uncaught"})

    def warned(
        message: Warning | str, category: type[Warning], filename: str, lineno: int, *rest: Any, **more: Any
    ) -> None:
        log.warning("warning", extra={"action": f"{category.__name__} at {Path(filename).name}:{lineno}"})

    sys.excepthook = uncaught
    threading.excepthook = lambda found: uncaught(
        found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback
    )
    warnings.showwarning = warned


def _without_words(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put an exception into a line of ours as its kind and place."""
    asked = event.pop("exc_info", None)
    error = asked if isinstance(asked, BaseException) else (sys.exc_info()[1] if asked else None)
    if error is not None:
        event["fault"] = fault(type(error), error, error.__traceback__)
    return event


class Lines(logging.Formatter):
    """One JSON line: when, how grave, which logger, which event, and the ids that came with it.

    A record of ours brings its event and ids through structlog. A record of anybody else brings only the
    pattern of its message: what would be filled in may be a person's words, so it is left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = dict(record.msg) if isinstance(record.msg, dict) else {"event": pattern_of(record)}
        line |= {"level": record.levelname.lower(), "logger": record.name}
        line.setdefault("at", self.formatTime(record))
        if status := getattr(record, "status_code", None):
            line["status"] = int(status)
        if record.exc_info and record.exc_info[0]:
            line["fault"] = fault(*record.exc_info)
        return str(structlog.processors.JSONRenderer(default=type_name)(None, "", line))


def pattern_of(record: logging.LogRecord) -> str:
    """What happened, without what it happened to: the message before anything was filled in.

    A message that arrives whole may have had words put into it already, so only its place in the code is given.
    """
    if action := getattr(record, "action", None):
        return str(action)
    if record.args and isinstance(record.msg, str):
        return record.msg
    return f"{record.module}.{record.funcName}:{record.lineno}"


def fault(kind: type[BaseException], error: BaseException | None, trail: TracebackType | None) -> dict[str, Any]:
    """An exception as its kind, its place and the database's own codes; its message is left out."""
    frames = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trail)]
    cause = error.__cause__ if error is not None else None
    found: dict[str, Any] = {"kind": f"{kind.__module__}.{kind.__qualname__}", "frames": frames[-12:]}
    diagnosis = getattr(error, "diag", None)
    for word in ("sqlstate", "table_name", "constraint_name"):
        if value := getattr(diagnosis, word, None):
            found[word] = value
    if cause is not None:
        found["cause"] = fault(type(cause), cause, cause.__traceback__)
    return found


def type_name(value: object) -> str:
    """What is logged of an object that is neither a word nor a number: its kind."""
    return type(value).__name__
