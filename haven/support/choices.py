"""Words about the plan."""

from django.db import models


class Covers(models.TextChoices):
    """How much a version of the plan is about: safety at once, or everything (clauses 3.3.1 and 3.3.4 to 3.3.7)."""

    SAFETY = "safety", "Keeping safe, for now"
    WHOLE = "whole", "The whole plan"


class Kind(models.TextChoices):
    """What an item of the plan is about."""

    SAFETY = "safety", "Keeping safe"
    HOME = "home", "The home"
    CONTACT = "contact", "Keeping in touch"
    POLICE = "police", "The police"
    SUPPORT = "support", "Support"
    CHILDREN = "children", "Children"
    OTHER = "other", "Something else"


class Doer(models.TextChoices):
    """Who does it."""

    STAFF = "staff", "We do: a member of staff"
    TEAM = "team", "We do: another team"
    AGENCY = "agency", "Another agency"
    PERSON = "person", "The person themselves"


OURS = (Doer.STAFF, Doer.TEAM)
"""Those whose items are our promises."""


class Answers(models.TextChoices):
    """What of theirs an item answers."""

    NEED = "need", "A need"
    WISH = "wish", "A wish"
    FEAR = "fear", "A fear"


class Told(models.TextChoices):
    """How the plan was talked through; only a conversation agrees it (clause 3.4.1)."""

    IN_PERSON = "in_person", "Face to face"
    TELEPHONE = "telephone", "By telephone, and we spoke"
    VIDEO = "video", "By video"
    SENT = "sent", "Sent to them, and they have not answered"
    VOICEMAIL = "voicemail", "A voicemail or an unanswered call"


SPOKEN = (Told.IN_PERSON, Told.TELEPHONE, Told.VIDEO)
"""Ways in which two people speak with each other."""


class Through(models.TextChoices):
    """How the two understood each other (clause 3.4.3(b))."""

    DIRECTLY = "directly", "Directly, in this language"
    INTERPRETER = "interpreter", "With a professional interpreter or signer"
    FAMILY = "family", "Through a relative, a child or a friend"


class CopyFormat(models.TextChoices):
    """In which format a copy was given."""

    PRINT = "print", "Print"
    LARGE_PRINT = "large_print", "Large print"
    EASY_READ = "easy_read", "Easy read"
    AUDIO = "audio", "Audio"
    BRAILLE = "braille", "Braille"
    BSL = "bsl", "Signed, on video"
    EMAIL = "email", "Electronic text"


class CopyWay(models.TextChoices):
    """How the copy reached them."""

    HANDED = "handed", "Handed over"
    LETTER = "letter", "By letter"
    EMAIL = "email", "By e-mail"
    NONE = "none", "They want no copy"


class Ended(models.TextChoices):
    """What became of an item."""

    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done"
    NOT_WANTED = "not_wanted", "No longer wanted by the person"


class Development(models.TextChoices):
    """What may happen in the matter besides what we do ourselves (DOMAIN 3.3 and 4.2)."""

    ARREST = "arrest", "Somebody was arrested"
    RELEASE = "release", "Somebody was released, or their bail changed"
    HEARING = "hearing", "A hearing had a result"
    POLICE_STEP = "police_step", "The police took or decided something"
    ORDER = "order", "An order was made, changed, breached or ran out"
    DECISION = "decision", "We decided something"
    VISIT = "visit", "Somebody from us visited the person responsible"
    WHEREABOUTS = "whereabouts", "The person responsible moved, came back or changed their home"
    HOUSEHOLD = "household", "The household of the person harmed changed"
    EVIDENCE = "evidence_told", "New evidence that is not a file in Haven"
    LOCAL = "local", "Something happened locally that may raise the danger"
    SAFEGUARDING = "safeguarding", "A safeguarding enquiry had an outcome"
    ASKED = "asked", "The person asked us to look at the danger again"
