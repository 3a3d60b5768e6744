"""Evidence: one row a file; the bytes lie sealed in the evidence store."""

from __future__ import annotations

from django.db import models

from haven.evidence.choices import Kind, Scan
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import original_is_kept


class Item(models.Model):
    """A file as it was given to us, sealed and hashed, and the copy that is safe to show."""

    sealing_key = models.ForeignKey(SealingKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    media_type = models.CharField(max_length=80, help_text="By content, never by name or by what the sender says.")
    given_name = SealedTextField(null=True, help_text="The file's name as given.")
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32, help_text="Of the original bytes.")
    stored_as = models.CharField(max_length=64, unique=True, help_text="Random name in the store; empty of meaning.")
    copy_as = models.CharField(max_length=64, blank=True, help_text="The re-encoded copy that may be shown.")
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.WAITING)
    received_at = models.DateTimeField()
    is_abusive = models.BooleanField(default=True, help_text="Masked until somebody asks to see it.")

    class PersonalData:
        identity = ("given_name",)
        special = ("stored_as", "copy_as", "sha256")
        none = ("id", "sealing_key", "kind", "media_type", "size", "scan", "received_at", "is_abusive")
        erasure = "destroy the key, remove the files"

    class Meta:
        triggers = [original_is_kept("sha256", "size", "stored_as", "received_at", "media_type", "given_name")]

    def __str__(self) -> str:
        return f"item {self.pk}"
