"""A plan with a mother: what she is afraid of, and what was promised to her."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from haven.support import actions
from haven.support.rules import Agreeing, Copy, ItemSaid
from tests.cases import cast
from tests.risk.cast import mother

TODAY = cast.AT.date()
FRIDAY = date(2026, 11, 27)
OURS = ItemSaid(
    words="We fit a second lock.",
    kind="home",
    doer="team",
    due_on=FRIDAY,
    answers="fear",
    why="She lies awake because he has tried the handle at night",
)
THEIRS = ItemSaid(words="She keeps a diary.", kind="other", doer="person")


def agreeing(**more) -> Agreeing:
    """That she agreed on the telephone, directly and in English, and was handed a printed copy."""
    said = {"agreed_at": cast.AT + cast.HOUR, "told": "telephone", "language": "en", "through": "directly"}
    return Agreeing(**{**said, "copy": Copy(language="en"), **more})


def plan(case, by, *items, covers="whole", person=None, at=cast.AT):
    """A draft with these steps."""
    made = actions.begin_plan(case=case, person=person or mother(case), covers=covers, by=by, at=at)
    for said in items:
        actions.write_item(plan=made, said=said, by=by, at=at)
    return made


def agreed(case, by, *items, at=cast.AT, **more):
    """A plan with these steps, or one of ours, to which she agreed an hour later."""
    made = plan(case, by, *(items or (OURS,)), at=at, **more)
    said = agreeing(agreed_at=at + cast.HOUR)
    return actions.agree_plan(plan=made, agreeing=said, by=by, at=at + cast.HOUR)


def by_day(day: date) -> ItemSaid:
    return replace(OURS, due_on=day)


def days(count: int) -> timedelta:
    return timedelta(days=count)
