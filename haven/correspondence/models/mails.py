"""E-mail to people, from the queue through the gate to what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.correspondence.choices import MailState
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import kept
from haven.people.models import Person
from haven.reports.models import Report

CODE = 12


class Mail(models.Model):
    """One e-mail to somebody; whether it may go is asked at the moment of sending, and a stop is final."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="mails")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="mails")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mails")
    words = SealedTextField(null=True, help_text="What was written; none for the notice that something waits.")
    language = models.CharField(max_length=12)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    not_before = models.DateTimeField(help_text="The first safe moment.")
    state = models.CharField(max_length=CODE, choices=MailState.choices, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=60, blank=True, help_text="Why it was stopped or failed: a code, never words.")

    class PersonalData:
        identity = ("words",)
        none = (
            "id", "case", "report", "person", "language", "by", "at", "not_before", "state", "tries", "settled_at",
            "why",
        )  # fmt: skip
        erasure = "with the case's or report's key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, report__isnull=True) | Q(case__isnull=True, report__isnull=False),
                name="a_mail_is_about_one_matter",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.WAITING, settled_at__isnull=True)
                | (~Q(state=MailState.WAITING) & Q(settled_at__isnull=False)),
                name="a_settled_mail_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state=MailState.WAITING), name="mail_waiting"),
            models.Index(fields=["case", "-at"], name="mail_case"),
            models.Index(fields=["report", "-at"], name="mail_report"),
        ]
        triggers = kept("case_id", "report_id", "person_id", "words", "language", "by_id", "at")

    def __str__(self) -> str:
        return f"mail {self.pk}"

    @property
    def matter(self) -> Case | Report:
        """Return the case or report that it is about."""
        found = self.case or self.report
        assert found is not None
        return found

    @property
    def sealing_key(self) -> SealingKey:
        """Return the key of the case or report."""
        return self.matter.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the chain of the case or report."""
        return f"case:{self.case_id}" if self.case_id else f"report:{self.report_id}"
