"""What was counted, when: so that pages of a large landlord read a row instead of counting a million."""

from __future__ import annotations

from django.db import models


class Snapshot(models.Model):
    """All records and figures as they were counted at one time; codes and numbers, never people."""

    at = models.DateTimeField(db_index=True)
    records = models.JSONField()
    figures = models.JSONField()

    class PersonalData:
        none = ("id", "at", "records", "figures")
        erasure = "keep"

    class Meta:
        get_latest_by = "at"

    def __str__(self) -> str:
        return f"snapshot {self.pk}"
