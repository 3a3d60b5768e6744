"""The words of a report that code decides by; lists that the landlord may change are in the policy pack."""

from django.db import models


class Role(models.TextChoices):
    """Who is telling us."""

    VICTIM = "victim", "It happened to them"
    WITNESS = "witness", "They saw or heard it"
    THIRD_PARTY = "third_party", "They tell us for somebody else"
    PROFESSIONAL = "professional", "They tell us as part of their work"
    STAFF = "staff", "A member of staff or a contractor"


class Identity(models.TextChoices):
    """Whether we know who is telling us, and who else may know (DOMAIN.md 2.2 item 3)."""

    NAMED = "named", "Named"
    CONFIDENTIAL = "confidential", "Confidential"
    ANONYMOUS = "anonymous", "Anonymous"


class State(models.TextChoices):
    """Where a report stands in triage."""

    RECEIVED = "received", "Waiting to be read"
    READING = "reading", "Being read"
    DECIDED = "decided", "Decided"


class Scope(models.TextChoices):
    """What somebody allows us to tell one recipient (clauses 3.3.3 and 3.6.1)."""

    WITH_NAME = "with_name", "Yes, with the name"
    WITHOUT_NAME = "without_name", "Yes, without the name"
    NO = "no", "No"
    NOT_YET = "not_yet", "Has not decided"
    NOT_ASKED = "not_asked", "Not asked yet"


class CallOutcome(models.TextChoices):
    """What became of one attempt to tell somebody of an alarm."""

    SENDING = "sending", "On its way"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"


class NonAnswer(models.TextChoices):
    """Three different things; a question that was never shown has none of them."""

    SKIPPED = "skipped", "Not answered"
    UNKNOWN = "unknown", "Does not know"
    DECLINED = "declined", "Prefers not to say"
