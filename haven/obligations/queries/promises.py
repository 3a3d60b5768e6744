"""What the person who reported was promised, and whether it was kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from haven.obligations.models import Duty
from haven.obligations.rules import Standing, standing
from haven.policy.pack import pack
from haven.reports.models import Report
from haven.support.choices import Ended
from haven.support.queries import Step, promised_to

PLANNED = "plan_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that the person who reported was told would be done.

    `is_own`: agreed in their plan, in words written for them. `is_broken`: we have said that we will not do it.
    """

    key: str
    words: str
    due_at: datetime
    kept_at: datetime | None
    ended_at: datetime | None = None
    is_broken: bool = False
    is_own: bool = False

    def standing(self, at: datetime) -> Standing:
        """Say whether it was kept, in time or late, whether it was missed, or whether it is still due."""
        return standing(due_at=self.due_at, met_at=self.kept_at, ended_at=self.ended_at, at=at)

    @property
    def is_lapsed(self) -> bool:
        """Say whether nobody owed it any more before it fell due."""
        if self.kept_at is not None or self.is_broken or self.ended_at is None:
            return False
        return self.ended_at <= self.due_at


def promises_for(report: Report, language: str = "en") -> list[Promise]:
    """Return what the person who holds this report's code was promised, first due first; a fixed number of queries.

    Each promise once: the latest of one that repeats; of one that several cases share, the one not yet kept. What was
    agreed in their own plans stands in the words of the plan.
    """
    found = defaultdict[str, list[Promise]](list)
    for duty in Duty.objects.filter(report=report, is_promise=True).order_by("-starts_at", "pk"):
        standard = pack().standards.get(duty.key)
        if standard is None or duty.key == PLANNED or (standard.repeats and found[duty.key]):
            continue
        found[duty.key].append(
            Promise(
                key=duty.key,
                words=standard.promise_for(language),
                due_at=duty.due_at,
                kept_at=duty.met_at,
                ended_at=duty.ended_at,
            )
        )
    each_once = [min(several, key=_not_kept_first) for several in found.values() if several]
    each_once += [_of_plan(step) for step in promised_to(report)]
    return sorted((one for one in each_once if not one.is_lapsed), key=lambda one: (one.due_at, one.key))


def _not_kept_first(promise: Promise) -> tuple[bool, bool]:
    return promise.is_lapsed, promise.kept_at is not None


def _of_plan(step: Step) -> Promise:
    """Return a step of the person's plan that we promised, as it stands."""
    outcome, due_at = step.outcome, step.due_at
    assert due_at is not None
    ended = {each: outcome.ended_at for each in Ended if outcome is not None and outcome.outcome == each}
    return Promise(
        key=PLANNED,
        words=step.item.words,
        due_at=due_at,
        kept_at=ended.get(Ended.DONE),
        ended_at=ended.get(Ended.NOT_WANTED) or step.replaced_at,
        is_broken=Ended.NOT_DONE in ended,
        is_own=True,
    )
