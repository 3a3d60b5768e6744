"""Words about cases."""

from django.db import models


class CaseState(models.TextChoices):
    """Whether the landlord is still working on it."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Restriction(models.TextChoices):
    """Who may see a case beyond its caseworker (clause 3.3.3)."""

    TEAM = "team", "The team"
    NAMED = "named", "Named people only"
    SEALED = "sealed", "The sealed team (staff or contractor responsible)"


class Part(models.TextChoices):
    """What somebody is in a case."""

    HARMED = "harmed", "Person harmed"
    HOUSEHOLD = "household", "In the household of the person harmed"
    REPORTER = "reporter", "Person who reported"
    WITNESS = "witness", "Witness"
    RESPONSIBLE = "responsible", "Person responsible (alleged)"
    ADVOCATE = "advocate", "Advocate"
    PROFESSIONAL = "professional", "Professional"


class Outcome(models.TextChoices):
    """What triage decided about a report."""

    OPEN = "open", "Open a case"
    JOIN = "join", "Join an open case"
    LINK = "link", "Link to a closed case and open a new one"
    NEITHER = "neither", "No case, with a reason that somebody else reviews"


class Source(models.TextChoices):
    """Four findings side by side, never overwritten by one another."""

    PERCEIVED = "perceived", "What the person harmed or anyone else believes"
    LANDLORD = "landlord", "What the landlord found"
    POLICE = "police", "What the police recorded"
    COURT = "court", "What a court decided"


class Perceiver(models.TextChoices):
    """Who believes that a strand was the reason."""

    VICTIM = "victim", "Person harmed"
    WITNESS = "witness", "Witness"
    STAFF = "staff", "Staff"
    POLICE = "police", "Police"
    OTHER = "other", "Somebody else"
