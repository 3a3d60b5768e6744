"""Acts: every change to the record is one function, one transaction and one trail entry.

The order inside an act is fixed: the function, its trail entry, the projections that higher parts registered. Acts may
call acts; the outermost owns the transaction, and each leaves its own entry.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import transaction

from haven.kernel.decision import Decision, Refused

P = ParamSpec("P")
R = TypeVar("R")


class Actor(Protocol):
    """Whoever acts: a member of staff, the person who holds a code, a partner, or Haven itself."""

    @property
    def actor_kind(self) -> str:
        """Return staff, reporter, partner or system."""

    @property
    def actor_id(self) -> int | None:
        """Return the row's id, where there is one."""


@dataclass(frozen=True, slots=True)
class System:
    """Haven itself, acting by a schedule or a rule."""

    actor_kind: str = "system"
    actor_id: int | None = None


SYSTEM = System()


@dataclass(slots=True)
class Act:
    """What is known of an act while it runs, for its trail entry."""

    name: str
    at: datetime
    by: Actor
    codes: dict[str, Any] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    subjects: list[Any] = field(default_factory=list)


Recorder = Callable[[Act, Any, "Decision | None"], None]
Projection = Callable[[list[Any], datetime], None]

_running: ContextVar[tuple[Act, ...]] = ContextVar("running_acts", default=())
_recorders: list[Recorder] = []
_projections: list[Projection] = []
ACTS: dict[str, Callable[..., Any]] = {}


def record_with(recorder: Recorder) -> None:
    """Register the function that writes trail entries (the trail does, at start)."""
    if recorder not in _recorders:
        _recorders.append(recorder)


def project_with(projection: Projection) -> None:
    """Register a projection; it is given every subject that the outermost act touched, and the time."""
    if projection not in _projections:
        _projections.append(projection)


def heard(decision: Decision) -> None:
    """Keep a decision that the running act asked for, so that its entry names the guard."""
    acts = _running.get()
    if acts:
        acts[-1].decisions.append(decision)


def note(**codes: Any) -> None:
    """Add codes and ids (never names, never words of the person) to the running act's entry."""
    acts = _running.get()
    if not acts:
        raise RuntimeError("note() belongs inside an act")
    acts[-1].codes.update(codes)


def touch(*subjects: Any) -> None:
    """Say that the running act changed further subjects, so that their projections are refreshed."""
    acts = _running.get()
    if not acts:
        raise RuntimeError("touch() belongs inside an act")
    acts[-1].subjects.extend(subjects)


def action(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function with `by` and `at` an act, with the past-tense `name` its trail entry bears.

    The entry's subject is what the function returns when that has a `trail_chain`, otherwise the first argument that
    has one. A Refused that leaves the outermost act rolls everything back and is then recorded by itself.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        parameters = signature.parameters
        if any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()) or not {"by", "at"} <= set(parameters):
            raise TypeError(f"{function.__qualname__} must take keywords only, with by and at")
        if name in ACTS:
            raise TypeError(f"the act {name} exists twice")

        @functools.wraps(function)
        def perform(*args: P.args, **kwargs: P.kwargs) -> R:
            signature.bind(*args, **kwargs)
            act = Act(name=name, at=kwargs["at"], by=kwargs["by"])  # type: ignore[arg-type]
            subject = next((v for v in kwargs.values() if hasattr(v, "trail_chain")), None)
            outermost = not _running.get()
            try:
                with _running_act(act), transaction.atomic(durable=False):
                    result = function(*args, **kwargs)
                    subject = result if hasattr(result, "trail_chain") else subject
                    _finish(act, subject, outermost=outermost)
                    return result
            except Refused as refusal:
                if outermost:
                    _record_refusal(act, subject, refusal.decision)
                raise

        ACTS[name] = perform
        return perform

    return decorate


@contextmanager
def _running_act(act: Act) -> Iterator[None]:
    token = _running.set((*_running.get(), act))
    try:
        yield
    finally:
        _running.reset(token)


def _finish(act: Act, subject: Any, *, outermost: bool) -> None:
    if subject is not None:
        act.subjects.append(subject)
    for recorder in _recorders:
        recorder(act, subject, None)
    if not outermost:
        _running.get()[-2].subjects.extend(act.subjects)
        return
    subjects = list({(type(s), getattr(s, "pk", None) or id(s)): s for s in act.subjects}.values())
    for projection in _projections:
        projection(subjects, act.at)


def _record_refusal(act: Act, subject: Any, decision: Decision) -> None:
    saved = subject if getattr(subject, "pk", None) else None
    with transaction.atomic():
        for recorder in _recorders:
            recorder(act, saved, decision)
