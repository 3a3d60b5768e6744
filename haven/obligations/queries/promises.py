"""What the person who reported was promised, and whether it was kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from haven.obligations.models import Duty
from haven.obligations.rules import Standing, standing
from haven.policy.pack import pack
from haven.reports.models import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that the person who reported was told would be done."""

    key: str
    words: str
    due_at: datetime
    kept_at: datetime | None
    ended_at: datetime | None = None

    def standing(self, at: datetime) -> Standing:
        """Say whether it was kept, in time or late, whether it was missed, or whether it is still due."""
        return standing(due_at=self.due_at, met_at=self.kept_at, ended_at=self.ended_at, at=at)

    @property
    def is_lapsed(self) -> bool:
        """Say whether nobody owed it any more before it fell due."""
        return self.kept_at is None and self.ended_at is not None and self.ended_at <= self.due_at


def promises_for(report: Report, language: str = "en") -> list[Promise]:
    """Return what the person who holds this report's code was promised, first due first; one query.

    Each promise once: the latest of one that repeats; of one that several cases share, the one not yet kept.
    """
    found = defaultdict[str, list[Promise]](list)
    for duty in Duty.objects.filter(report=report, is_promise=True).order_by("-starts_at", "pk"):
        standard = pack().standards.get(duty.key)
        if standard is None or (standard.repeats and found[duty.key]):
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
    each_once = (min(several, key=_not_kept_first) for several in found.values() if several)
    return sorted((one for one in each_once if not one.is_lapsed), key=lambda one: (one.due_at, one.key))


def _not_kept_first(promise: Promise) -> tuple[bool, bool]:
    return promise.is_lapsed, promise.kept_at is not None
