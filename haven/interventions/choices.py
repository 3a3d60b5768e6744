"""Words about interventions (DOMAIN.md 6)."""

from django.db import models


class State(models.TextChoices):
    """How far an intervention has come."""

    PROPOSED = "proposed", "Proposed"
    CONSULTED = "consulted", "The person harmed was asked"
    ASSESSED = "assessed", "Ready for approval"
    APPROVED = "approved", "Approved"
    EXECUTED = "executed", "Carried out"
    MONITORED = "monitored", "Carried out and watched"
    BREACHED = "breached", "It was repeated"
    ENDED = "ended", "Ended"


DONE = (State.EXECUTED, State.MONITORED, State.BREACHED)
"""States of what has been carried out and counts."""


class Condition(models.TextChoices):
    """What must be there, and dated before, for an intervention to be carried out (DOMAIN.md 6.1)."""

    CONSULTED = "consulted", "Each person harmed was asked about this step"
    WISHES = "wishes", "Their wishes are followed, or a manager says why not"
    RISK = "risk", "What the step may do to them was looked at, and they are safe first"
    EVIDENCE = "evidence", "The evidence is chosen and is enough"
    PROPORTIONATE = "proportionate", "It is fair and no more than is needed"
    HEARD = "heard", "The person responsible was heard"
    SUPPORT = "support", "Help to change was offered"
    AGREED = "agreed", "Both agree freely, and nobody would be harmed by it"
    TENURE = "tenure", "It rests on the agreement that the household really has"
    LETTER = "letter", "The letter is written, in a language that is read"
    SHIELD = "shield", "The letter tells nobody who told"
    APPROVED = "approved", "Somebody else approved it"
    TOLD = "told", "The person harmed knows before it happens"


class Method(models.TextChoices):
    """How somebody was asked or told."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video call"
    MESSAGE = "message", "By a message that they answered"
    ADVOCATE = "advocate", "Through somebody they trust"


class View(models.TextChoices):
    """What a person harmed thinks of this step."""

    AGREES = "agrees", "They want it, or agree to it"
    ASKS = "asks", "They asked for it themselves"
    NO_VIEW = "no_view", "They leave it to us"
    AGAINST = "against", "They do not want it"


class Evidence(models.TextChoices):
    """What the step rests on."""

    RECORDING = "recording", "A recording"
    PICTURES = "pictures", "Pictures"
    WITNESS = "witness", "A witness’s account"
    STAFF_SAW = "staff_saw", "Somebody who works here saw or heard it"
    MESSAGES = "messages", "Letters, messages or posts"
    ADMITTED = "admitted", "They said that they did it"
    POLICE = "police", "What the police found"
    COURT = "court", "What a court decided"
    PATTERN = "pattern", "Several accounts that agree with one another"
    PERCEPTION = "perception", "What somebody believes the reason was"


class Hearing(models.TextChoices):
    """Whether the person responsible could say their side."""

    HEARD = "heard", "They were heard"
    OFFERED = "offered", "They could have been heard and did not want to"
    NOT_SAFE = "not_safe", "No: hearing them first would put somebody in danger"
    WITHOUT_NOTICE = "without_notice", "No: the step is taken without notice"


UNHEARD = (Hearing.NOT_SAFE, Hearing.WITHOUT_NOTICE)


class Help(models.TextChoices):
    """Help that may be offered to the person responsible (clauses 3.4.4, 3.4.5)."""

    EDUCATION = "education", "Learning about hate and its harm"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SUBSTANCES = "substances", "Drugs or alcohol"
    TENANCY = "tenancy", "Keeping a home"
    FAMILY = "family", "Parenting or family"
    SOCIAL_CARE = "social_care", "Care and support"
    ISOLATION = "isolation", "Loneliness and being left out"
    OTHER = "other", "Something else"


class Link(models.TextChoices):
    """How the person responsible belongs to the tenancy; the tenant answers for household and visitors."""

    TENANT = "tenant", "They hold it, alone or with others"
    HOUSEHOLD = "household", "They live in the household"
    VISITOR = "visitor", "They visit the household"


class Served(models.TextChoices):
    """How a step was carried out."""

    BY_HAND = "by_hand", "Put through the door or handed over"
    FIRST_CLASS = "first_class", "First class post"
    IN_PERSON = "in_person", "Given and explained in person"
    BEGUN = "begun", "Begun with both"


class Result(models.TextChoices):
    """What came of it."""

    REPLY = "reply", "They replied"
    COMPLIED = "complied", "It stopped"
    REPEATED = "repeated", "It was repeated"
    COUNTER = "counter", "They report something themselves"
    AGREEMENT = "agreement", "They came to an agreement"


class Ending(models.TextChoices):
    """How an intervention ended."""

    COMPLIED = "complied", "It stopped"
    EXPIRED = "expired", "Its time was over"
    REPLACED = "replaced", "Another step took its place"
    WITHDRAWN = "withdrawn", "It was withdrawn"
    NOT_TAKEN_UP = "not_taken_up", "It was not taken up"
    AGREED = "agreed", "They came to an agreement"


class Side(models.TextChoices):
    """Who agrees to something voluntary."""

    HARMED = "harmed", "Person harmed"
    RESPONSIBLE = "responsible", "Person responsible (alleged)"


class Danger(models.TextChoices):
    """What makes mediation wrong, asked before it."""

    FEAR = "fear", "Somebody would be afraid to take part in this form"
    COERCION = "coercion", "Somebody is pressed to take part"
    VIOLENCE = "violence", "There was violence between them"
    LIVE_THREAT = "live_threat", "A threat still stands"
    POWER = "power", "One has power over the other"


class Known(models.TextChoices):
    """What is known of a disability (Equality Act 2010)."""

    YES = "yes", "Known"
    SUSPECTED = "suspected", "Suspected"
    NO = "no", "Asked: none"
    NOT_ASKED = "not_asked", "Not asked yet"
