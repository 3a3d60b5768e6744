"""The latest derivation of duties; drop it, rebuild it, and it is the same."""

from __future__ import annotations

from django.db import models

from haven.accounts.models import Staff, Team
from haven.cases.models import Case
from haven.reports.models import Report


class Duty(models.Model):
    """Something the policy requires of somebody by a time, worked out from facts."""

    key = models.CharField(max_length=30)
    clause = models.CharField(max_length=12)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="duties")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="duties")
    occasion = models.CharField(max_length=40, default="", help_text="Tells repeats of one duty apart.")
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    is_promise = models.BooleanField(default=False, help_text="Told to the person who reported.")
    urgency = models.PositiveSmallIntegerField(default=5)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        none = (
            "id", "key", "clause", "report", "case", "occasion", "starts_at", "due_at", "met_at", "is_promise",
            "urgency", "team", "staff",
        )  # fmt: skip
        erasure = "rebuilt"

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "report", "case", "occasion"], nulls_distinct=False, name="one_duty_an_occasion"
            ),
            models.CheckConstraint(
                condition=models.Q(report__isnull=False) | models.Q(case__isnull=False), name="a_duty_is_about_something"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "due_at"], condition=models.Q(met_at__isnull=True), name="duty_team_open"),
            models.Index(fields=["staff", "due_at"], condition=models.Q(met_at__isnull=True), name="duty_staff_open"),
            models.Index(fields=["key", "met_at"], name="duty_key"),
        ]

    def __str__(self) -> str:
        return f"duty {self.key} {self.pk}"
