"""Words about people and how to reach them (DOMAIN.md 2.3)."""

from django.db import models


class Origin(models.TextChoices):
    """Where we know a person from."""

    REGISTER = "register", "The landlord's register of tenants and households"
    TOLD = "told", "Named or described in a report"


class Part(models.TextChoices):
    """What somebody is in a household."""

    TENANT = "tenant", "Tenant"
    JOINT_TENANT = "joint", "Joint tenant"
    LEASEHOLDER = "leaseholder", "Leaseholder"
    MEMBER = "member", "Household member"
    CHILD = "child", "Child"


class Safe(models.TextChoices):
    """Whether a way of reaching somebody is safe; not known means do not use."""

    YES = "yes", "Safe"
    NO = "no", "Not safe"
    UNKNOWN = "unknown", "Not known"


class Method(models.TextChoices):
    """How somebody wants to be reached."""

    CALL = "call", "Telephone call"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    IN_PERSON = "in_person", "In person"
    ADVOCATE = "advocate", "Through somebody they trust"
    CODE_ONLY = "code", "Only here, with the code"
    NONE = "none", "Do not contact"
