"""Words about risk."""

from django.db import models

from haven.policy.bands import Band


class NonAnswer(models.TextChoices):
    """What stands in the place of an answer; the first two are gaps."""

    DONT_KNOW = "DONT_KNOW", "They don’t know"
    DECLINED = "DECLINED", "They would rather not say"
    NOT_ASKED = "NOT_ASKED", "Not asked"


class About(models.TextChoices):
    """Whose risk is assessed: each person's and each household's, never the case's once (DOMAIN 3.2)."""

    PERSON = "person", "Person harmed"
    HOUSEHOLD = "household", "Household"


class Answerer(models.TextChoices):
    """Who gave an answer."""

    PERSON = "person", "The person themselves"
    PARENT = "parent", "A parent or carer"
    SUPPORTER = "supporter", "Somebody who supports them"
    PROFESSIONAL = "professional", "A professional, such as the police or a doctor"
    OFFICER = "officer", "Nobody: the officer saw it, or it is on record"


class Said(models.TextChoices):
    """What is known of a factor in somebody's life."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class Factor(models.TextChoices):
    """What is looked at in the life of the person responsible (alleged), without a score (clause 3.4.5)."""

    DISABILITY = "disability", "Disability"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SUBSTANCE_USE = "substance_use", "Drugs or alcohol"
    AGE = "age", "Under 18, or old and frail"
    CARE_NEEDS = "care_needs", "Care and support needs"
    COMMUNICATION = "communication", "Needs in speaking, reading or understanding"
    DOMESTIC_ABUSE = "domestic_abuse", "Harmed by domestic abuse"
    HOUSING_RISK = "housing_risk", "At risk of losing their home"


BANDS = [(band.value, band.value.capitalize()) for band in Band]
"""The four bands with their words, from the least to the greatest."""
