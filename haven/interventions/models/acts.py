"""The acts by which each condition of the gate is met: who, when, and in which words; a later one is added."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haven.accounts.models import Staff
from haven.cases.models import Incident
from haven.evidence.models import Item
from haven.homes.models import AgreementVersion, Tenancy
from haven.interventions.choices import Evidence, Hearing, Help, Link, Method, Result, View
from haven.interventions.models.intervention import HASH, Intervention
from haven.kernel.fields import SealedJSONField, SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import append_only
from haven.people.models import Person

CODE = 30
PLAIN = ("id", "intervention", "by", "at", "press")


class Act(models.Model):
    """Something that was done for an intervention; `press` makes what is pressed twice happen once."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    press = models.UUIDField(null=True, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.intervention.case.sealing_key


class Consultation(Act):
    """That one person harmed was asked about this step: when, how, their wishes and fears, and how they were weighed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    how = models.CharField(max_length=CODE, choices=Method.choices)
    view = models.CharField(max_length=CODE, choices=View.choices)
    wishes = SealedTextField(help_text="In their words.")
    fears = SealedTextField(help_text="What they fear may come of it; that they fear nothing is an answer.")
    weighed = SealedTextField(help_text="How their wishes were weighed.")

    class PersonalData:
        identity = ("wishes", "fears", "weighed")
        none = (*PLAIN, "person", "asked_at", "how", "view")
        erasure = "with the case's key"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(asked_at__lte=models.F("at")), name="asked_before_written_down")
        ]
        triggers = append_only()


class AgainstWishes(Act):
    """That a manager goes against the wishes of a person harmed: why, what keeps them safe, and when they were told."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    safety_plan = SealedTextField()
    in_place = SealedTextField(help_text="What of the plan is in place already.")
    told_at = models.DateTimeField()

    class PersonalData:
        identity = ("reason", "safety_plan", "in_place")
        none = (*PLAIN, "person", "told_at")
        erasure = "with the case's key"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(told_at__lte=models.F("at")), name="told_before_written_down")
        ]
        triggers = append_only()


class RiskReview(Act):
    """What the step may do to the people harmed and to witnesses, and what keeps them safe before it."""

    may_do = SealedTextField()
    measures = SealedTextField()
    in_place_at = models.DateTimeField(null=True, help_text="When the measures were in place.")

    class PersonalData:
        identity = ("may_do", "measures")
        none = (*PLAIN, "in_place_at")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()


class EvidenceChosen(Act):
    """What the step rests on and why that is enough for it."""

    kinds = ArrayField(models.CharField(max_length=CODE, choices=Evidence.choices))
    why = SealedTextField()
    occasions = models.ManyToManyField(Incident, related_name="+")
    files = models.ManyToManyField(Item, related_name="+")

    class PersonalData:
        allegation = ("why",)
        none = (*PLAIN, "kinds", "occasions", "files")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()


class Proportionality(Act):
    """The look at equality and proportionality (DOMAIN.md 6.5); its answers by the names of the questions."""

    said = SealedJSONField()
    is_proportionate = models.BooleanField()

    class PersonalData:
        special = ("said",)
        none = (*PLAIN, "is_proportionate")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()


class HearingHeld(Act):
    """That the person responsible was heard, with what they said, or why not."""

    result = models.CharField(max_length=CODE, choices=Hearing.choices)
    words = SealedTextField()

    class PersonalData:
        allegation = ("words",)
        none = (*PLAIN, "result")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()


class SupportConsidered(Act):
    """Which help was offered to the person responsible, or why none was (clauses 3.4.4 and 3.4.5)."""

    kinds = ArrayField(models.CharField(max_length=CODE, choices=Help.choices), default=list)
    is_offered = models.BooleanField()
    words = SealedTextField()

    class PersonalData:
        special = ("kinds", "words")
        none = (*PLAIN, "is_offered")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()


class TenureFound(Act):
    """The tenancy and the version of the agreement that the step rests on, and who answers for the conduct."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    link = models.CharField(max_length=CODE, choices=Link.choices)
    words = SealedTextField(null=True, help_text="How we know that a visitor belongs to this household.")
    recipients = models.ManyToManyField(Person, related_name="+")

    class PersonalData:
        allegation = ("link", "words")
        none = (*PLAIN, "tenancy", "agreement", "recipients")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()


class Approval(Act):
    """That somebody approved the step with this very text, or sent it back and why."""

    approves = models.BooleanField()
    text_hash = models.CharField(max_length=HASH, blank=True)
    rank = models.PositiveSmallIntegerField(help_text="Of the role in which they approved: 0 caseworker to 2 head.")
    reason = SealedTextField(null=True)

    class PersonalData:
        identity = ("reason",)
        none = (*PLAIN, "approves", "text_hash", "rank")
        erasure = "with the case's key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approves=True) | models.Q(reason__isnull=False), name="sent_back_with_a_reason"
            )
        ]
        triggers = append_only()


class ToldBefore(Act):
    """That a person harmed was told when the step would be taken, or why telling them was not safe."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    words = SealedTextField(help_text="How they were told, or why it was not safe to tell them.")

    class PersonalData:
        identity = ("words",)
        none = (*PLAIN, "person", "told_at")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()


class Outcome(Act):
    """What came of the step after it was carried out."""

    kind = models.CharField(max_length=CODE, choices=Result.choices)
    words = SealedTextField()

    class PersonalData:
        allegation = ("kind", "words")
        none = PLAIN
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()
