"""Properties, tenancies, and the agreements that govern them."""

from __future__ import annotations

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Upper

from haven.homes.choices import Holding, Regime


class Property(models.Model):
    """A home, block entrance or other place that the landlord owns or manages (BS 7666 address)."""

    uprn = models.CharField(max_length=12, unique=True, help_text="Unique Property Reference Number, as text.")
    saon = models.CharField(max_length=40, blank=True, help_text="Flat or sub-building.")
    paon = models.CharField(max_length=40, help_text="House number or name.")
    street = models.CharField(max_length=80)
    locality = models.CharField(max_length=60, blank=True)
    town = models.CharField(max_length=60)
    postcode = models.CharField(max_length=8)
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    longitude = models.DecimalField(max_digits=9, decimal_places=6)
    patch = models.CharField(max_length=20, db_index=True)
    council_code = models.CharField(max_length=9, help_text="ONS code of the council.")
    holding = models.CharField(max_length=10, choices=Holding.choices, default=Holding.OWNED)
    kind = models.CharField(max_length=20, default="house", help_text="house, flat, bungalow, communal …")

    class PersonalData:
        none = (
            "id", "uprn", "saon", "paon", "street", "locality", "town", "postcode", "latitude", "longitude", "patch",
            "council_code", "holding", "kind",
        )  # fmt: skip
        erasure = "keep"

    class Meta:
        verbose_name_plural = "properties"
        indexes = [
            models.Index(OpClass(Upper("postcode"), "varchar_pattern_ops"), name="property_postcode"),
            models.Index(OpClass(Upper("street"), "varchar_pattern_ops"), name="property_street"),
        ]

    def __str__(self) -> str:
        return f"UPRN {self.uprn}"

    @property
    def one_line(self) -> str:
        """Return the address on one line."""
        first = f"{self.saon}, {self.paon} {self.street}" if self.saon else f"{self.paon} {self.street}"
        return ", ".join(part for part in (first, self.locality, self.town, self.postcode) if part)


class AgreementVersion(models.Model):
    """A version of the tenancy agreement, lease or licence that the landlord has used."""

    code = models.CharField(max_length=20, unique=True)
    regime = models.CharField(max_length=24, choices=Regime.choices)
    title = models.CharField(max_length=120)
    in_use_from = models.DateField()
    in_use_to = models.DateField(null=True, blank=True)

    class PersonalData:
        none = ("id", "code", "regime", "title", "in_use_from", "in_use_to")
        erasure = "keep"

    def __str__(self) -> str:
        return self.code


class AgreementClause(models.Model):
    """A clause of one agreement version, with its words, so that a letter can only quote what is there."""

    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=12)
    heading = models.CharField(max_length=120)
    words = models.TextField()
    is_behaviour = models.BooleanField(default=False, help_text="Sets a standard of behaviour (clause 3.1.1).")

    class PersonalData:
        none = ("id", "agreement", "number", "heading", "words", "is_behaviour")
        erasure = "keep"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_clause_a_number")]

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.number}"


class Tenancy(models.Model):
    """The letting of one home under one regime and agreement version."""

    property = models.ForeignKey(Property, on_delete=models.PROTECT, related_name="tenancies")
    regime = models.CharField(max_length=24, choices=Regime.choices)
    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="tenancies")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_starter = models.BooleanField(default=False)

    class PersonalData:
        none = ("id", "property", "regime", "agreement", "starts_on", "ends_on", "is_starter")
        erasure = "keep"

    class Meta:
        verbose_name_plural = "tenancies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="tenancy_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["property"], condition=models.Q(ends_on__isnull=True), name="one_running_tenancy_a_home"
            ),
        ]

    def __str__(self) -> str:
        return f"tenancy {self.pk}"
