"""Possession regimes (DOMAIN.md 1.3)."""

from django.db import models


class Regime(models.TextChoices):
    """Which law governs possession of a home; decides tools, notices and forms."""

    SOCIAL_ASSURED_OLD = "SOCIAL_ASSURED_OLD", "Assured (social, before the 2025 Act)"
    NONSOCIAL_ASSURED_RRA = "NONSOCIAL_ASSURED_RRA", "Assured (market rent, 2025 Act)"
    SECURE_1985 = "SECURE_1985", "Secure (Housing Act 1985)"
    LEASEHOLD = "LEASEHOLD", "Leasehold or shared ownership"
    LICENCE = "LICENCE", "Licence"
    SOCIAL_ASSURED_RRA = "SOCIAL_ASSURED_RRA", "Assured (social, 2025 Act)"


class Holding(models.TextChoices):
    """How the landlord holds the home."""

    OWNED = "owned", "Owned"
    MANAGED = "managed", "Managed for another"
