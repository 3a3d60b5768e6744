"""Persons, who lives where, safe contact and needs."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from haven.homes.models import Tenancy
from haven.kernel.fields import SealedJSONField, SealedTextField, TokensField
from haven.kernel.models import SealingKey
from haven.kernel.words import tokens_of
from haven.people.choices import Method, Origin, Part, Safe


class Person(models.Model):
    """Somebody we know of, sealed with a key of their own."""

    sealing_key = models.OneToOneField(SealingKey, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    name = SealedTextField(null=True)
    also_known_as = SealedTextField(null=True)
    birth = SealedTextField(null=True, help_text="A date, a year or an age band, as told.")
    telephone = SealedTextField(null=True)
    email = SealedTextField(null=True)
    description = SealedTextField(null=True, help_text="Of somebody whose name is not known.")
    tokens = TokensField()
    created_at = models.DateTimeField()
    same_as = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="also",
        help_text="The record that stands for this person, once somebody has confirmed that they are one.",
    )

    class PersonalData:
        identity = ("name", "also_known_as", "birth", "description")
        contact = ("telephone", "email")
        none = ("id", "sealing_key", "origin", "tokens", "created_at", "same_as")
        erasure = "destroy the key, empty the tokens"

    class Meta:
        indexes = [GinIndex(fields=["tokens"], name="person_tokens", fastupdate=False)]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(same_as__isnull=True) | ~models.Q(same_as=models.F("id")),
                name="nobody_is_only_like_themselves",
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save with the search tokens that follow from the names."""
        if "name" in self.__dict__ or self.pk is None:
            names = " ".join(part for part in (self.name, self.also_known_as) if part)
            self.tokens = tokens_of(names, names=True)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def trail_chain(self) -> str:
        """Return the chain of what happened to this person's record."""
        return f"person:{self.pk}"

    @property
    def one_person(self) -> int:
        """Return the id under which every record of this person is counted."""
        return self.same_as_id or self.pk


class Occupancy(models.Model):
    """That somebody lives in a home under a tenancy, and as what."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="occupancies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="occupancies")
    part = models.CharField(max_length=12, choices=Part.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class PersonalData:
        none = ("id", "tenancy", "person", "part", "from_on", "to_on")
        erasure = "keep"

    class Meta:
        verbose_name_plural = "occupancies"

    def __str__(self) -> str:
        return f"occupancy {self.pk}"


class SafeContact(models.Model):
    """How to reach somebody without harm; a new version is added, an old one never changed (DOMAIN.md 2.3)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    at = models.DateTimeField(help_text="When the person told us.")
    preferred = models.CharField(max_length=10, choices=Method.choices, default=Method.NONE)
    call = models.CharField(max_length=7, choices=Safe.choices, default=Safe.UNKNOWN)
    text = models.CharField(max_length=7, choices=Safe.choices, default=Safe.UNKNOWN)
    email = models.CharField(max_length=7, choices=Safe.choices, default=Safe.UNKNOWN)
    letter = models.CharField(max_length=7, choices=Safe.choices, default=Safe.UNKNOWN)
    visit = models.CharField(max_length=7, choices=Safe.choices, default=Safe.UNKNOWN)
    voicemail = models.CharField(max_length=7, choices=Safe.choices, default=Safe.UNKNOWN)
    withheld_number = models.CharField(max_length=7, choices=Safe.choices, default=Safe.UNKNOWN)
    details = SealedJSONField(
        null=True,
        help_text="number, email, address, hours, times, who_else_sees, name_to_use, code_word, venue, advocate, notes.",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class PersonalData:
        contact = ("details",)
        none = (
            "id", "person", "at", "preferred", "call", "text", "email", "letter", "visit", "voicemail",
            "withheld_number", "confirmed_at",
        )  # fmt: skip
        erasure = "with the person's key"

    class Meta:
        get_latest_by = ["at", "pk"]
        indexes = [models.Index(fields=["person", "-at"], name="safe_contact_latest")]

    def __str__(self) -> str:
        return f"safe contact {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the person's key."""
        return self.person.sealing_key


class Needs(models.Model):
    """What somebody needs so that they can be heard: language, format, access; versions are added."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    at = models.DateTimeField()
    spoken = models.CharField(max_length=12, blank=True, help_text="BCP 47 tag, or bfi for BSL.")
    written = models.CharField(max_length=12, blank=True)
    interpreter = models.CharField(max_length=10, blank=True, help_text="yes, no, or empty when not asked.")
    formats = ArrayField(models.CharField(max_length=20), default=list)
    interviewer = SealedTextField(null=True, help_text="Whom they would rather speak with, in their words (3.4.3(a)).")
    other = SealedTextField(null=True)

    class PersonalData:
        special = ("interviewer", "other", "formats")
        none = ("id", "person", "at", "spoken", "written", "interpreter")
        erasure = "with the person's key"

    class Meta:
        verbose_name_plural = "needs"
        get_latest_by = ["at", "pk"]

    def __str__(self) -> str:
        return f"needs {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the person's key."""
        return self.person.sealing_key
