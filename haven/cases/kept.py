"""What the desk keeps beside the record: drafts of whoever types, and which press of which form has been done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haven.accounts.models import Staff
from haven.kernel.fields import SealedJSONField
from haven.kernel.models import SealingKey


class Draft(models.Model):
    """What a member of staff has typed into one form and not sent; nobody else ever sees it."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey("reports.Report", null=True, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=60, help_text="Which form, and of which person or duty.")
    address = models.CharField(max_length=200, help_text="Where the form stands; references and numbers, never a name.")
    typed = SealedJSONField()
    seen = models.CharField(max_length=40, blank=True, help_text="The version that whoever typed had in front of them.")
    at = models.DateTimeField()

    class PersonalData:
        identity = ("typed",)
        none = ("id", "staff", "case", "report", "form", "address", "seen", "at")
        erasure = "with the case's or report's key; deleted when sent, and a month after the last word"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "case", "report", "form"], nulls_distinct=False, name="one_draft_a_form"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True) ^ Q(report__isnull=True), name="a_draft_is_about_a_case_or_a_report"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="draft_at")]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the key of the case or report that it is about."""
        about = self.case or self.report
        assert about is not None
        return about.sealing_key


class Press(models.Model):
    """That one press of one form has been done, and what it made; a second press of the same finds it here."""

    key = models.CharField(max_length=64, primary_key=True, help_text="Keyed hash of the page and what was sent.")
    page = models.CharField(max_length=32, help_text="The page on which it was pressed.")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60, blank=True)
    made = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class PersonalData:
        none = ("key", "page", "staff", "kind", "made", "at")
        erasure = "deleted after a day"

    class Meta:
        verbose_name_plural = "presses"
        indexes = [models.Index(fields=["at"], name="press_at"), models.Index(fields=["page"], name="press_page")]

    def __str__(self) -> str:
        return f"press {self.key[:8]}"
