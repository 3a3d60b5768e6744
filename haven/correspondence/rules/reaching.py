"""The safe-contact gate: whether somebody may be reached in a way, at a time (clause 3.3.3, DOMAIN.md 2.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from haven.correspondence.choices import NotCounted, Result, Way
from haven.kernel.decision import Decision
from haven.people.choices import Method, Safe
from haven.people.times import Window
from haven.policy.register import guard

AT_ONCE = frozenset({Way.CALL, Way.VIDEO, Way.IN_PERSON, Way.TEXT, Way.EMAIL})
"""Ways that somebody beside the person may notice at the very time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """How somebody can be reached, by the newest version that they confirmed; nothing said is nothing safe."""

    asks_for_none: bool = False
    safe: frozenset[str] = frozenset()
    windows: tuple[Window, ...] = ()
    has_code: bool = False
    hours: str = field(default="", repr=False)

    @classmethod
    def of(cls, preferred: str, answers: dict[str, str], **more: object) -> Reachable:
        """Return what the answers way by way allow: only a clear yes is one."""
        safe = frozenset(way for way, said in answers.items() if said == Safe.YES)
        return cls(asks_for_none=preferred == Method.NONE, safe=safe, **more)  # type: ignore[arg-type]

    def may_use(self, way: str) -> bool:
        """Say whether a way is known to be safe; the code is the person's own to use, a video call rings like a call."""
        return self.has_code if way == Way.CODE else ("call" if way == Way.VIDEO else way) in self.safe

    @property
    def has_unread_times(self) -> bool:
        """Say whether they named safe times only in words of their own, which nothing can be held against."""
        return bool(self.hours) and not self.windows

    @property
    def ways(self) -> int:
        """Return how many ways there are at all."""
        return sum(self.may_use(way) for way in Way.values if way != Way.VIDEO)


@guard("3.3.3", "somebody is reached in a way or at a time that they have not said is safe")
def may_reach(known: Reachable, way: str, *, at: datetime) -> Decision:
    """Decide whether somebody may be reached in this way now; asked again at the moment of sending (clause 3.3.3)."""
    if known.asks_for_none and way != Way.CODE:
        return Decision.no(
            "They asked not to be contacted.",
            clause="3.3.3",
            remedy="Wait until they come to us, or leave a message behind their code.",
        )
    if not known.may_use(way):
        return Decision.no(
            "This way is not known to be safe.",
            clause="3.3.3",
            remedy="Use a way that they said is safe, or record that this one is once they have said so.",
        )
    if way in AT_ONCE and known.has_unread_times:
        return Decision.no(
            f"They said when it is safe ({known.hours}), but not yet in a way that Haven can heed.",
            clause="3.3.3",
            remedy="Write the safe times down with how to reach them, such as Mon-Fri 10:00-14:00.",
        )
    if is_unsafe_time(known, way, at=at):
        return Decision.no(
            f"They can be reached safely at other times: {known.hours}.",
            clause="3.3.3",
            remedy="Try again then.",
        )
    return Decision.yes(clause="3.3.3")


def is_unsafe_time(known: Reachable, way: str, *, at: datetime) -> bool:
    """Say whether they named safe times and this is none of them."""
    return way in AT_ONCE and bool(known.windows) and not any(window.holds(at) for window in known.windows)


def not_counted(
    known: Reachable, way: str, result: str, *, at: datetime, was_then: bool | None = None
) -> NotCounted:
    """Return why a try to reach somebody does not count, or that it does (DOMAIN.md 4.4, T19).

    Where the safe times are known only in their own words, `was_then` is what the member of staff says of it.
    """
    if known.asks_for_none and way != Way.CODE:
        return NotCounted.NO_CONTACT
    if not known.may_use(way):
        return NotCounted.WAY
    unsaid = way in AT_ONCE and known.has_unread_times and not was_then
    if unsaid or is_unsafe_time(known, way, at=at):
        return NotCounted.TIME
    if result == Result.VOICEMAIL and "voicemail" not in known.safe:
        return NotCounted.VOICEMAIL
    return NotCounted.NONE
