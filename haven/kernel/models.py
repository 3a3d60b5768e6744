"""Record keys."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from haven.kernel import sealing


class SealingKeyManager(models.Manager["SealingKey"]):
    """Makes keys."""

    def create_for(self, kind: str) -> SealingKey:
        """Create and save a fresh key for a record of that kind (report, case, person, partner)."""
        key = SealingKey.fresh(kind)
        key.save(force_insert=True)
        return key


class SealingKey(models.Model):
    """The wrapped key of one report, case or person."""

    kind = models.CharField(max_length=20)
    wrapped = models.BinaryField(null=True, help_text="Empty once the key has been destroyed.")
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = SealingKeyManager()

    class PersonalData:
        none = ("id", "kind", "wrapped", "created_at", "destroyed_at")
        erasure = "destroy"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="sealing_key_lives_or_is_destroyed",
            )
        ]

    def __str__(self) -> str:
        return f"key {self.pk}"

    @classmethod
    def fresh(cls, kind: str) -> SealingKey:
        """Return an unsaved key with new random bytes."""
        return cls(kind=kind, wrapped=sealing.wrap(sealing.new_record_key(), f"key/{kind}"))

    def record_key(self) -> bytes:
        """Return the 32 bytes, or raise Unreadable if the key was destroyed."""
        plain = self.__dict__.get("_plain")
        if plain is None:
            if self.wrapped is None:
                raise sealing.Unreadable("This record has been erased.")
            plain = self.__dict__["_plain"] = sealing.unwrap(bytes(self.wrapped), f"key/{self.kind}")
        return plain

    def destroy(self, *, at: datetime) -> None:
        """Make everything that was sealed with this key unreadable, for good; twice is once."""
        if self.wrapped is not None:
            self.wrapped, self.destroyed_at = None, at
            self.save(update_fields=["wrapped", "destroyed_at"])
        self.__dict__.pop("_plain", None)

    def rewrap(self) -> bool:
        """Wrap the same key under the deployment's newest wrapping key; say whether there was anything to do."""
        if self.wrapped is None or sealing.is_newest(bytes(self.wrapped), f"key/{self.kind}"):
            return False
        self.wrapped = sealing.wrap(self.record_key(), f"key/{self.kind}")
        self.save(update_fields=["wrapped"])
        return True
