"""Agencies: police, councils, support services."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Agency(models.Model):
    """An organisation that the landlord works with (clauses 2.0(e), 3.6)."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, help_text="police, council, fire, support, legal, health …")
    council_codes = ArrayField(models.CharField(max_length=9), default=list, help_text="Areas that it serves.")
    strands = ArrayField(models.CharField(max_length=30), default=list, help_text="Strands that it knows about.")
    languages = ArrayField(models.CharField(max_length=12), default=list)
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    open_when = models.CharField(max_length=120, blank=True)
    is_live = models.BooleanField(default=True)

    class PersonalData:
        none = (
            "id", "name", "kind", "council_codes", "strands", "languages", "telephone", "email", "open_when", "is_live",
        )  # fmt: skip
        erasure = "keep"

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return f"agency {self.pk}"
