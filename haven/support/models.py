"""Plans with their steps, what became of each, and developments; an agreed version is never changed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import append_only, never_truncated
from haven.people.models import Person
from haven.support.choices import (
    SPOKEN,
    Answers,
    CopyFormat,
    CopyWay,
    Covers,
    Development,
    Doer,
    Ended,
    Kind,
    Through,
    Told,
)

CODE = 30
TAG = 12
NOTHING_OF_THEIRS = """
IF NEW.agreed_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM support_planitem step WHERE step.plan_id = NEW.id AND step.is_tailored AND step.why IS NOT NULL
) THEN
    RAISE EXCEPTION 'haven: a plan with nothing of theirs in it cannot be agreed';
END IF;
RETURN NEW;
"""
OF_AN_AGREED_PLAN = """
IF EXISTS (
    SELECT 1 FROM support_plan plan WHERE plan.id = ANY(ARRAY[{rows}]) AND plan.agreed_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'haven: steps of an agreed plan stay as they are';
END IF;
RETURN {answer};
"""


def _fixed(name: str, operation: pgtrigger.Operation, rows: str, answer: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=OF_AN_AGREED_PLAN.format(rows=rows, answer=answer),
    )


class Plan(models.Model):
    """One version of what is planned with a person harmed; agreed with them in conversation, or still a draft (3.3.1)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField(help_text="1 for the first of this person in the case.")
    covers = models.CharField(max_length=CODE, choices=Covers.choices, default=Covers.WHOLE)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, help_text="When the person agreed to it.")
    agreed_by = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who agreed it with them."
    )
    recorded_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=CODE, choices=Told.choices, blank=True)
    language = models.CharField(max_length=TAG, blank=True, help_text="In which it was talked through.")
    through = models.CharField(max_length=CODE, choices=Through.choices, blank=True)
    copy_language = models.CharField(max_length=TAG, blank=True)
    copy_format = models.CharField(max_length=CODE, choices=CopyFormat.choices, blank=True)
    copy_way = models.CharField(max_length=CODE, choices=CopyWay.choices, blank=True)
    copy_as_needed = models.BooleanField(null=True, help_text="In the language and format that they need.")
    copy_wish = SealedTextField(null=True, help_text="Why they wanted the copy otherwise, in their words.")

    class PersonalData:
        identity = ("copy_wish",)
        special = ("language", "copy_language", "copy_format")
        none = (
            "id", "case", "person", "number", "covers", "drafted_at", "drafted_by", "agreed_at", "agreed_by",
            "recorded_at", "told", "through", "copy_way", "copy_as_needed",
        )  # fmt: skip
        erasure = "with the person's key"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person", "number"], name="versions_of_a_plan_are_numbered"),
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(agreed_at__isnull=True), name="one_draft_of_a_plan_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True, told="", copy_as_needed__isnull=True)
                | Q(
                    agreed_at__isnull=False,
                    agreed_by__isnull=False,
                    recorded_at__gte=models.F("agreed_at"),
                    copy_as_needed__isnull=False,
                    told__in=SPOKEN,
                )
                & ~Q(language="")
                & ~Q(through="")
                & ~Q(copy_way=""),
                name="a_plan_is_agreed_in_conversation",
            ),
            models.CheckConstraint(
                condition=~Q(copy_as_needed=False) | Q(copy_wish__isnull=False),
                name="a_copy_is_as_needed_or_as_wished",
            ),
            models.CheckConstraint(condition=~Q(through=Through.FAMILY), name="relatives_do_not_interpret_a_plan"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="agreed_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.agreed_at IS NOT NULL"),  # type: ignore[no-untyped-call]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="nothing_of_theirs",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NOTHING_OF_THEIRS,
            ),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def is_agreed(self) -> bool:
        """Say whether the person has agreed to this version."""
        return self.agreed_at is not None

    @property
    def sealing_key(self) -> SealingKey:
        """Return the person's key."""
        return self.person.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"


class PlanItem(models.Model):
    """One step of a plan: what, who, by when, and which need, wish or fear of this person it answers."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    template = models.CharField(max_length=CODE, blank=True, help_text="The landlord's words it came from.")
    words = SealedTextField(help_text="As the person reads it, on paper and on their page.")
    kind = models.CharField(max_length=CODE, choices=Kind.choices)
    doer = models.CharField(max_length=CODE, choices=Doer.choices)
    due_on = models.DateField(null=True)
    answers = models.CharField(max_length=CODE, choices=Answers.choices, blank=True)
    why = SealedTextField(null=True, help_text="The need, wish or fear, in their words.")
    is_tailored = models.BooleanField(default=False, help_text="It names something of theirs in words of its own.")
    carries = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="carried_by", help_text="The step of the version before."
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        identity = ("words", "why")
        none = (
            "id", "plan", "template", "kind", "doer", "due_on", "answers", "is_tailored", "carries", "written_at",
            "written_by",
        )  # fmt: skip
        erasure = "with the person's key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(doer__in=[Doer.STAFF, Doer.TEAM]) | Q(due_on__isnull=False),
                name="what_we_promise_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(is_tailored=False) | (Q(why__isnull=False) & ~Q(answers="")),
                name="what_is_tailored_says_to_what",
            ),
        ]
        triggers = [
            _fixed("none_added_when_agreed", pgtrigger.Insert, "NEW.plan_id", "NEW"),
            _fixed("fixed_when_agreed", pgtrigger.Update, "OLD.plan_id, NEW.plan_id", "NEW"),
            _fixed("kept_when_agreed", pgtrigger.Delete, "OLD.plan_id", "OLD"),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"plan item {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the person's key."""
        return self.plan.sealing_key

    @property
    def case_id(self) -> int:
        """Return the case that the plan is in."""
        return self.plan.case_id

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return self.plan.trail_chain


class ItemOutcome(models.Model):
    """What became of a step: done, not done, or no longer wanted; the latest holds and the earlier ones stay."""

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=CODE, choices=Ended.choices)
    ended_at = models.DateTimeField(help_text="The end of the day on which it was done, or when it was recorded if sooner.")
    reason = SealedTextField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        identity = ("reason",)
        none = ("id", "item", "outcome", "ended_at", "at", "by")
        erasure = "with the person's key"

    class Meta:
        get_latest_by = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Ended.DONE) | Q(reason__isnull=False), name="what_was_not_done_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(ended_at__lte=models.F("at")), name="a_step_has_ended_when_recorded"),
        ]
        indexes = [models.Index(fields=["item", "-at", "-id"], name="outcome_latest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"item outcome {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the person's key."""
        return self.item.sealing_key

    @property
    def case_id(self) -> int:
        """Return the case that the plan is in."""
        return self.item.case_id

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return self.item.trail_chain


class DevelopmentRecord(models.Model):
    """Something that happened in the matter; clocks run from when we learnt of it (clause 3.4.1)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="developments")
    kind = models.CharField(max_length=CODE, choices=Development.choices)
    learnt_at = models.DateTimeField()
    note = SealedTextField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        identity = ("note",)
        allegation = ("kind",)
        none = ("id", "case", "learnt_at", "at", "by")
        erasure = "with the case's key"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(learnt_at__lte=models.F("at")), name="a_development_is_recorded_once_learnt")
        ]
        indexes = [models.Index(fields=["case", "-learnt_at"], name="development_latest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"development {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"
