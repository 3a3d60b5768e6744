"""Trail entries, the head of each chain, checkpoints, and how often each guard was asked."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from haven.kernel.triggers import append_only


class Chain(models.Model):
    """The latest link of one chain; locked while a link is added, so that links never fork."""

    name = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.BinaryField(max_length=32)

    class PersonalData:
        none = ("name", "length", "head")
        erasure = "keep"

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One thing that happened, in codes and ids; never a name or anybody's words."""

    chain = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    outcome = models.CharField(max_length=8, choices=[("done", "done"), ("refused", "refused"), ("seen", "seen")])
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    guards = models.JSONField(default=list, help_text="Names of the guards asked; the last one refused, if refused.")
    clause = models.CharField(max_length=12, blank=True)
    codes = models.JSONField(default=dict)
    before = models.BinaryField(max_length=32)
    link = models.BinaryField(max_length=32)

    class PersonalData:
        none = (
            "id", "chain", "seq", "at", "act", "outcome", "actor_kind", "actor_id", "subject_kind", "subject_id",
            "guards", "clause", "codes", "before", "link",
        )  # fmt: skip
        erasure = "keep"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="one_entry_a_link")]
        indexes = [
            models.Index(fields=["at"], name="trail_at"),
            models.Index(fields=["actor_kind", "actor_id", "-at"], name="trail_actor"),
            models.Index(fields=["act", "-id"], name="trail_act"),
            models.Index(fields=["-id"], condition=models.Q(outcome="refused"), name="trail_refused"),
            GinIndex(fields=["guards"], name="trail_guards"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}"


class Checkpoint(models.Model):
    """A seal over what was added since the checkpoint before, made with a key that is not in the database."""

    at = models.DateTimeField()
    last_entry_id = models.BigIntegerField()
    chains = models.BigIntegerField(help_text="Chains begun since the checkpoint before.")
    entries = models.BigIntegerField(help_text="Links added since the checkpoint before.")
    digest = models.BinaryField(max_length=32, help_text="Over the links added since the checkpoint before, in order.")
    seal = models.BinaryField(max_length=32, help_text="Keyed; binds the digest to the checkpoint before.")

    class PersonalData:
        none = ("id", "at", "last_entry_id", "chains", "entries", "digest", "seal")
        erasure = "keep"

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"checkpoint {self.pk}"


class GuardTally(models.Model):
    """How often one guard was asked on one day, and how often it refused, up to the latest checkpoint."""

    guard = models.CharField(max_length=100)
    day = models.DateField()
    asked = models.BigIntegerField()
    refused = models.BigIntegerField()

    class PersonalData:
        none = ("id", "guard", "day", "asked", "refused")
        erasure = "keep"

    class Meta:
        verbose_name_plural = "guard tallies"
        constraints = [models.UniqueConstraint(fields=["guard", "day"], name="one_tally_a_guard_a_day")]

    def __str__(self) -> str:
        return f"{self.guard} {self.day}"
