"""Evidence: one row a file; the bytes lie sealed in the evidence store."""

from __future__ import annotations

from django.db import models

from haven.evidence.choices import Copying, Kind, Scan, Size, Trouble
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import original_is_kept

_AS_GIVEN = (
    "sealing_key_id", "kind", "media_type", "is_mixed", "given_name", "size", "sha256", "stored_as", "received_at",
)  # fmt: skip


class Item(models.Model):
    """A file as it was given to us, sealed and hashed, and what is known of it."""

    sealing_key = models.ForeignKey(SealingKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    media_type = models.CharField(max_length=80, help_text="By content, never by name or by what the sender says.")
    is_mixed = models.BooleanField(default=False, help_text="Holds the marks of another type as well: never trusted.")
    given_name = SealedTextField(null=True, help_text="The file's name as given, tidied.")
    size = models.PositiveBigIntegerField(help_text="Bytes of the original.")
    sha256 = models.BinaryField(max_length=32, help_text="Of the original bytes.")
    stored_as = models.CharField(max_length=64, unique=True, help_text="Random name in the store; empty of meaning.")
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.WAITING)
    scanned_at = models.DateTimeField(null=True, blank=True)
    copying = models.CharField(max_length=10, choices=Copying.choices, default=Copying.NONE)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True)
    received_at = models.DateTimeField()
    is_abusive = models.BooleanField(default=True, help_text="Masked until somebody asks to see it.")

    class PersonalData:
        identity = ("given_name",)
        special = ("stored_as", "sha256")
        none = (
            "id", "sealing_key", "kind", "media_type", "is_mixed", "size", "scan", "scanned_at", "copying", "trouble",
            "received_at", "is_abusive",
        )  # fmt: skip
        erasure = "destroy the key, remove the files"

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(scan="waiting") | models.Q(copying="waiting"),
                name="item_not_ready",
            )
        ]
        triggers = [original_is_kept(*_AS_GIVEN)]

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def trail_chain(self) -> str:
        """Return the chain of what Haven itself did with this file; who opened it is in its report's chain."""
        return f"item:{self.pk}"


class Copy(models.Model):
    """A picture made again from its pixels, which may be shown on a page."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="copies")
    size = models.CharField(max_length=10, choices=Size.choices)
    stored_as = models.CharField(max_length=64, unique=True, help_text="Random name in the store.")
    sha256 = models.BinaryField(max_length=32, help_text="Of the copy's bytes.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class PersonalData:
        special = ("stored_as", "sha256")
        none = ("id", "item", "size", "width", "height")
        erasure = "destroy the key, remove the files"

    class Meta:
        verbose_name_plural = "copies"
        constraints = [models.UniqueConstraint(fields=["item", "size"], name="one_copy_a_size")]

    def __str__(self) -> str:
        return f"copy {self.pk}"
