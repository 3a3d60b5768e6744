"""Words about reaching people: how, with what result, and what was spoken of."""

from django.db import models


class Way(models.TextChoices):
    """How somebody was reached, or was tried to be reached."""

    CALL = "call", "Telephone"
    VIDEO = "video", "Video call"
    IN_PERSON = "visit", "In person"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    CODE = "code", "Message behind their code"


class Result(models.TextChoices):
    """What came of it. Only the first is a contact; the others are tries."""

    TWO_WAY = "two_way", "We spoke or wrote with each other"
    NO_ANSWER = "no_answer", "Nobody answered"
    VOICEMAIL = "voicemail", "A voicemail was left"
    SENT = "sent", "It was sent; no answer yet"
    FAILED = "failed", "It could not be delivered"


class Began(models.TextChoices):
    """Who began it."""

    US = "us", "We did"
    THEM = "them", "They did"


class StillSafe(models.TextChoices):
    """Whether the ways in which the person is reached are still safe; asked at every contact."""

    CONFIRMED = "confirmed", "Yes, all of it still holds"
    CHANGED = "changed", "No, something has changed: I record it next"
    NOT_ASKED = "not_asked", "It could not be asked"


class PoliceTalk(models.TextChoices):
    """What came of speaking about the police; never pressed for (clause 3.2.3)."""

    WANTS = "wants", "Explained; they want the police told"
    DOES_NOT = "does_not", "Explained; they do not want it"
    UNDECIDED = "undecided", "Explained; they want to think about it"
    KNOW = "know", "The police know already"
    NOT_RAISED = "not_raised", "Not raised this time"


class Covered(models.TextChoices):
    """What was spoken of."""

    NEWS = "news", "How things stand"
    WISHES = "wishes", "What they want"
    SAFETY = "safety", "How to be safe now"
    ADVICE = "advice", "Advice and what we can do"
    SUPPORT = "support", "Support and who gives it"
    CHILDREN = "children", "Children in the home"
    PLAN = "plan", "The plan"
    REOPENING = "reopening", "How a closed case is opened again"
    COMPLAINT = "complaint", "How to complain, and the right to a case review"


class NotCounted(models.TextChoices):
    """Why a try does not count."""

    NONE = "", "It counts"
    WAY = "way", "This way is not known to be safe"
    TIME = "time", "This time is not known to be safe"
    VOICEMAIL = "voicemail", "Voicemail is not known to be safe"
    NO_CONTACT = "no_contact", "They asked not to be contacted"


class Welfare(models.TextChoices):
    """What was decided about somebody who cannot be reached."""

    POLICE = "police", "The police are asked to see whether they are safe"
    AGENCY = "agency", "A support agency that knows them is asked"
    VISIT = "visit", "We visit, where a visit is safe"
    NOT_NEEDED = "not_needed", "They are known to be safe"


class MailState(models.TextChoices):
    """What became of an e-mail."""

    WAITING = "waiting", "Waits to be sent"
    SENT = "sent", "The mail server took it"
    STOPPED = "stopped", "Stopped: it was not safe to send"
    FAILED = "failed", "The mail server would not take it"
    RETURNED = "returned", "It came back"
