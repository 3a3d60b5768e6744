"""Messages between the landlord and the person who holds a report's code."""

from __future__ import annotations

from django.db import models

from haven.accounts.models import Staff
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import kept
from haven.reports.models import Report


class Message(models.Model):
    """One update, question or answer; read with the code and nowhere else."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(
        max_length=10, choices=[("update", "Update"), ("question", "Question"), ("answer", "Answer")]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField()
    language = models.CharField(max_length=12)
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    read_at = models.DateTimeField(null=True, help_text="When the person first saw it.")

    class PersonalData:
        identity = ("words",)
        none = ("id", "report", "kind", "at", "by", "language", "answers", "read_at")
        erasure = "with the report's key"

    class Meta:
        ordering = ["at", "pk"]
        triggers = kept("words", "kind", "at", "by_id", "report_id")

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the report's key."""
        return self.report.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the report's chain."""
        return f"report:{self.report_id}"
