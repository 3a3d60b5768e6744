"""An intervention: one step about the conduct of one person responsible in one case."""

from __future__ import annotations

from django.db import models

from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.interventions.choices import DONE, Ending, Served, State
from haven.interventions.models.gate import gate
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import kept
from haven.people.models import Person

CODE = 30
HASH = 64
WARNINGS = ("FIRST_WARNING", "FINAL_WARNING")


class Intervention(models.Model):
    """One step about somebody's conduct, from the proposal to its end (clause 3.5.2)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interventions")
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interventions")
    tool = models.CharField(max_length=CODE, help_text="A code of the pack's tools.")
    has_letter = models.BooleanField(help_text="As the pack said of the tool when it was proposed.")
    rests_on_agreement = models.BooleanField(help_text="As the pack said of the tool when it was proposed.")
    is_legal = models.BooleanField(help_text="As the pack said of the tool when it was proposed.")
    purpose = SealedTextField(help_text="What it is to achieve, and why this step and no other.")
    asked_for_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    asked_words = SealedTextField(null=True, help_text="How the person harmed asked for it, in their words.")
    state = models.CharField(max_length=CODE, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, help_text="Since when it waits for somebody's approval.")
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    text_hash = models.CharField(max_length=HASH, blank=True, help_text="Fixes the letter as it was written last.")
    executed_at = models.DateTimeField(null=True)
    executed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    served_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who took it there; not only who recorded it."
    )
    served = models.CharField(max_length=CODE, choices=Served.choices, blank=True)
    live_until = models.DateField(null=True, help_text="The last day on which it counts.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ended_as = models.CharField(max_length=CODE, choices=Ending.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    policy_version = models.CharField(max_length=20)

    class PersonalData:
        allegation = ("subject", "purpose", "asked_words")
        none = (
            "id", "case", "tool", "has_letter", "rests_on_agreement", "is_legal", "asked_for_by", "state", "proposed_by",
            "proposed_at", "waiting_since", "asked_by", "text_hash", "executed_at", "executed_by", "served_by", "served",
            "live_until", "ended_at", "ended_by", "ended_as", "version", "policy_version",
        )  # fmt: skip
        erasure = "with the case's key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(executed_at=None, executed_by=None, served_by=None, served="")
                | models.Q(executed_at__isnull=False, executed_by__isnull=False, served_by__isnull=False)
                & ~models.Q(served=""),
                name="carried_out_whole_or_not",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=list(DONE)) | models.Q(executed_at__isnull=False),
                name="what_counts_was_carried_out",
            ),
            models.CheckConstraint(
                condition=models.Q(executed_at__isnull=True) | models.Q(state__in=[*DONE, State.ENDED]),
                name="what_was_carried_out_says_so",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.ENDED, ended_at__isnull=False, ended_by__isnull=False)
                | ~models.Q(state=State.ENDED) & models.Q(ended_at__isnull=True, ended_by__isnull=True, ended_as=""),
                name="an_ended_step_has_an_end",
            ),
            models.CheckConstraint(
                condition=~models.Q(tool__in=WARNINGS) | models.Q(has_letter=True, rests_on_agreement=True),
                name="a_warning_is_a_letter_on_a_clause",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_for_by__isnull=True, asked_words__isnull=True)
                | models.Q(asked_for_by__isnull=False, asked_words__isnull=False),
                name="who_asked_and_how",
            ),
            models.UniqueConstraint(
                fields=["case", "subject", "tool"],
                condition=models.Q(ended_at__isnull=True, executed_at__isnull=True),
                name="one_step_in_preparation",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-proposed_at"], name="intervention_case"),
            models.Index(
                fields=["waiting_since", "id"],
                condition=models.Q(waiting_since__isnull=False),
                name="intervention_waiting",
            ),
        ]
        triggers = [
            *kept(
                "case_id", "subject_id", "tool", "has_letter", "rests_on_agreement", "is_legal", "proposed_by_id",
                "proposed_at", "purpose", "asked_for_by_id", "asked_words", "policy_version",
            ),
            *gate(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"intervention {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"

    @property
    def is_over(self) -> bool:
        """Say whether it has ended."""
        return self.ended_at is not None

    @property
    def is_done(self) -> bool:
        """Say whether it was carried out."""
        return self.executed_at is not None
