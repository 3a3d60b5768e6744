"""Contacts with people and tries to reach them; what was decided about somebody who cannot be reached."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.correspondence.choices import Began, NotCounted, PoliceTalk, Result, StillSafe, Way, Welfare
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import append_only, kept
from haven.people.models import Person
from haven.reports.models import Report

CODE = 12


class Contact(models.Model):
    """That somebody was reached or tried to be reached, about a case or about a report that is in none yet."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="contacts")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    way = models.CharField(max_length=CODE, choices=Way.choices)
    began = models.CharField(max_length=CODE, choices=Began.choices, default=Began.US)
    result = models.CharField(max_length=CODE, choices=Result.choices)
    happened_at = models.DateTimeField()
    not_counted = models.CharField(
        max_length=CODE, blank=True, choices=NotCounted.choices, help_text="Why a try counts for nothing."
    )
    is_interview = models.BooleanField(default=False, help_text="The full talk of DOMAIN.md 4.2.")
    covered = ArrayField(models.CharField(max_length=CODE), default=list)
    still_safe = models.CharField(max_length=CODE, blank=True, choices=StillSafe.choices)
    police = models.CharField(max_length=CODE, blank=True, choices=PoliceTalk.choices)
    had_interpreter = models.BooleanField(null=True)
    words = SealedTextField(null=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="When it was recorded.")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_why = SealedTextField(null=True)

    class PersonalData:
        identity = ("words", "taken_back_why")
        none = (
            "id", "case", "report", "person", "way", "began", "result", "happened_at", "not_counted", "is_interview",
            "covered", "still_safe", "police", "had_interpreter", "by", "at", "taken_back_at", "taken_back_by",
        )  # fmt: skip
        erasure = "with the case's or report's key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, report__isnull=True) | Q(case__isnull=True, report__isnull=False),
                name="a_contact_is_about_one_matter",
            ),
            models.CheckConstraint(
                condition=Q(result=Result.TWO_WAY, not_counted="") | ~Q(result=Result.TWO_WAY),
                name="a_contact_always_counts",
            ),
            models.CheckConstraint(
                condition=Q(is_interview=False) | Q(result=Result.TWO_WAY), name="nobody_talks_alone"
            ),
            models.CheckConstraint(
                condition=~Q(result=Result.TWO_WAY) | Q(words__isnull=False, by__isnull=False) | Q(way=Way.CODE),
                name="a_contact_says_what_was_said",
            ),
            models.CheckConstraint(condition=Q(happened_at__lte=F("at")), name="a_contact_has_happened"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_why__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, taken_back_why__isnull=False),
                name="a_contact_is_taken_back_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-happened_at", "-id"], name="contact_case"),
            models.Index(fields=["report", "-happened_at", "-id"], name="contact_report"),
        ]
        triggers = kept(
            "case_id", "report_id", "person_id", "way", "began", "result", "happened_at", "not_counted",
            "is_interview", "covered", "still_safe", "police", "had_interpreter", "words", "by_id", "at",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def is_two_way(self) -> bool:
        """Say whether both sides heard each other, and nobody took that back."""
        return self.result == Result.TWO_WAY and self.taken_back_at is None

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


class AllTried(models.Model):
    """That everything was tried to reach somebody, with the last try; hearing from them begins anew (DOMAIN.md 4.4)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="all_tried")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="all_tried")
    at = models.DateTimeField()

    class PersonalData:
        none = ("id", "case", "person", "at")
        erasure = "keep"

    class Meta:
        verbose_name_plural = "all tried"
        constraints = [models.UniqueConstraint(fields=["case", "person", "at"], name="all_tried_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"all tried {self.pk}"


class WelfareDecision(models.Model):
    """What was decided about somebody who cannot be reached, and why (clause 3.3.3(a))."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="welfare_decisions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="welfare_decisions")
    decided = models.CharField(max_length=CODE, choices=Welfare.choices)
    reason = SealedTextField()
    after_all_tries = models.BooleanField(help_text="Whether everything had been tried that must be.")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class PersonalData:
        identity = ("reason",)
        none = ("id", "case", "person", "decided", "after_all_tries", "by", "at")
        erasure = "with the case's key"

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="welfare_case")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"welfare decision {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"
