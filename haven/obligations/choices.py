"""Words about closing a case."""

from django.db import models


class View(models.TextChoices):
    """What somebody harmed says about closing; silence is none of it."""

    CONTENT = "content", "They are content that it is closed"
    WANTS_OPEN = "wants_open", "They want it to stay open"
    NOT_REACHED = "not_reached", "They could not be reached, and everything was tried"


class Reason(models.TextChoices):
    """Why a case may be closed. Those in NEVER_ALONE are facts that may stand beside a reason and never are one."""

    STOPPED = "stopped", "It has stopped, and stayed so"
    RESOLVED = "resolved", "What we did has worked"
    SAFE_ELSEWHERE = "safe_elsewhere", "They are safe where they live now, and say so"
    THEY_ASK = "they_ask", "They ask us to close it"
    NOTHING_MORE = "nothing_more", "Everything that can be done has been done, and they were told so"
    POLICE_NO_ACTION = "police_no_action", "The police are taking no action"
    DENIED = "denied", "The other side denies it"
    MOVED = "moved", "The person harmed has moved away"
    NO_REPLY = "no_reply", "We had no reply"
    COUNTER = "counter", "The other side says it was done to them"


NEVER_ALONE = tuple(sorted({Reason.POLICE_NO_ACTION, Reason.DENIED, Reason.MOVED, Reason.NO_REPLY, Reason.COUNTER}))
"""Facts that are never a reason by themselves, nor all of them together."""


class LetterBy(models.TextChoices):
    """How the letter about closing goes."""

    CODE = "code", "A message behind their code"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "A letter by post, written and posted by us"
    VISIT = "visit", "Given to them in person"
    NONE = "none", "Not in writing: no way is safe"


class ClosingState(models.TextChoices):
    """Where a proposal to close stands."""

    PROPOSED = "proposed", "Proposed"
    SENT_BACK = "sent_back", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CLOSED = "closed", "Closed"
    BROUGHT_OVER = "brought_over", "Closed before Haven was there"
