"""What may be kept, and what may be opened; the words of a report are accepted whatever is decided here.

The reasons are fixed sentences, so that public pages can say them in every language.
"""

from __future__ import annotations

from dataclasses import dataclass

from haven.evidence import limits
from haven.evidence.choices import Copying, Kind, Scan
from haven.kernel.decision import Decision
from haven.policy.register import guard


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues of the public pages."""
    return sentence


ONLINE = "3.2.2(d)"
CONFIDENCE = "3.3.3"

ELSEWHERE = _("Your words are kept all the same. You can also show it to us when we speak.")
SMALLER = _("Send a shorter or smaller copy, or several parts. Your words are kept all the same.")
ANOTHER_TIME = _("Send the others afterwards, with your code. Your words are kept all the same.")
AS_PICTURE = _(
    "Take a picture of it with your phone, or save it as a PDF. We can keep pictures, sound and video recordings, PDF, "
    "Word, Excel and text files. Your words are kept all the same."
)


@dataclass(frozen=True, slots=True)
class Given:
    """A file that somebody gives us, as far as it can be judged without trusting it."""

    kind: Kind | None
    size: int
    pixels: int = 0
    unpacked: int = 0
    files_before: int = 0
    bytes_before: int = 0


@guard(ONLINE, "A file that cannot be kept or read safely; never the words that it came with")
def may_keep(given: Given) -> Decision:
    """Decide whether a file may be kept with a report, case or person (clause 3.2.2(d))."""
    if given.size == 0:
        return Decision.no(_("There is nothing in this file."), clause=ONLINE, remedy=ELSEWHERE)
    if given.size > limits.FILE_BYTES:
        return too_large()
    if given.files_before >= limits.RECORD_FILES or given.bytes_before + given.size > limits.RECORD_BYTES:
        return Decision.no(_("There are already as many files as we can keep here."), clause=ONLINE, remedy=ELSEWHERE)
    if given.kind is None:
        return Decision.no(_("We cannot keep this type of file."), clause=ONLINE, remedy=AS_PICTURE)
    return _is_bounded(given)


def _is_bounded(given: Given) -> Decision:
    if given.pixels > limits.PICTURE_PIXELS:
        return Decision.no(
            _("This picture has too many pixels to be opened safely."),
            clause=ONLINE,
            remedy=_("Take a picture of the screen and send that. Your words are kept all the same."),
        )
    if given.unpacked > min(limits.UNPACKED_BYTES, max(limits.UNPACKED_TIMES * given.size, 10 * limits.MB)):
        return Decision.no(_("This document would unpack to far more than it seems."), clause=ONLINE, remedy=AS_PICTURE)
    return Decision.yes(clause=ONLINE)


def too_large() -> Decision:
    """Refuse one file that is larger than `limits.FILE_BYTES` (clause 3.2.2(d))."""
    return Decision.no(_("This file is larger than 50 MB."), clause=ONLINE, remedy=SMALLER)


def too_much_at_once() -> Decision:
    """Refuse what goes beyond `limits.SENDING_BYTES` in one sending (clause 3.2.2(d))."""
    return Decision.no(_("These files are larger than 150 MB together."), clause=ONLINE, remedy=ANOTHER_TIME)


def too_many_at_once() -> Decision:
    """Refuse what goes beyond `limits.SENDING_FILES` in one sending (clause 3.2.2(d))."""
    return Decision.no(_("We can take 10 files at a time."), clause=ONLINE, remedy=ANOTHER_TIME)


def no_room_just_now() -> Decision:
    """Refuse a file that cannot be taken at this moment: memory or disk is full (clause 3.2.2(d))."""
    return Decision.no(
        _("We could not take this file just now."),
        clause=ONLINE,
        remedy=_("Try it again in a few minutes. Your words are kept all the same."),
    )


@guard(CONFIDENCE, "An original handed out that no scanner has passed, or that is no longer what was given to us")
def may_open_original(*, scan: Scan | str, trouble: str) -> Decision:
    """Decide whether the original may leave the store as an attachment (clause 3.3.3)."""
    if trouble:
        return Decision.no(
            "The stored file is missing or is not the one that was given to us.",
            clause=CONFIDENCE,
            remedy="Ask whoever looks after Haven to bring it back from a backup.",
        )
    if scan == Scan.CLEAN:
        return Decision.yes(clause=CONFIDENCE)
    reasons = {
        Scan.WAITING: ("It has not been checked for anything harmful yet.", "Wait until it has been checked."),
        Scan.INFECTED: ("The scanner found something harmful in it.", "Ask whoever looks after Haven."),
    }
    otherwise = ("It could not be checked for anything harmful.", "Ask whoever looks after Haven to set up a scanner.")
    reason, remedy = reasons.get(Scan(scan), otherwise)
    return Decision.no(reason, clause=CONFIDENCE, remedy=remedy)


@guard(CONFIDENCE, "What somebody sent shown itself, in place of a copy made again from its pixels")
def may_show_copy(*, copying: Copying | str) -> Decision:
    """Decide whether there is something that a page may show (clause 3.3.3)."""
    if copying == Copying.MADE:
        return Decision.yes(clause=CONFIDENCE)
    if copying == Copying.WAITING:
        return Decision.no("The copy is still being made.", clause=CONFIDENCE, remedy="Wait a minute.")
    if copying == Copying.IMPOSSIBLE:
        return Decision.no(
            "No copy could be made of this picture.", clause=CONFIDENCE, remedy="Download the original instead."
        )
    return Decision.no("Only pictures are shown on a page.", clause=CONFIDENCE, remedy="Download the original instead.")
