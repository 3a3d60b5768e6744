"""Assessments with their answers, judgements about them, and looks at the person responsible; all only ever added."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.homes.models import Property
from haven.kernel.fields import SealedJSONField, SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import append_only
from haven.people.models import Person
from haven.policy.bands import Band
from haven.risk.choices import BANDS, About, Answerer

CODE = 30
BAND = 10


class Assessment(models.Model):
    """How great the danger to a person or a household was found to be; a later one is added, never written over."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="risk_assessments")
    about = models.CharField(max_length=BAND, choices=About.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="risk_assessments")
    home = models.ForeignKey(Property, null=True, on_delete=models.PROTECT, related_name="risk_assessments")
    number = models.PositiveIntegerField(help_text="1 for the first of this person or household in the case.")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", help_text="Who signed it.")
    at = models.DateTimeField()
    questions = models.CharField(max_length=CODE, help_text="The name of the set of questions, such as HRA-1.")
    score = models.PositiveSmallIntegerField()
    score_band = models.CharField(max_length=BAND, choices=BANDS)
    provisional_band = models.CharField(max_length=BAND, choices=BANDS, help_text="One higher while incomplete.")
    floor = models.CharField(max_length=BAND, choices=BANDS, blank=True)
    override = models.CharField(max_length=BAND, choices=BANDS, blank=True)
    band = models.CharField(max_length=BAND, choices=BANDS, help_text="The greatest of the three, before judgement.")
    overrides = ArrayField(models.CharField(max_length=CODE), default=list)
    circumstances = ArrayField(models.CharField(max_length=CODE), default=list)
    gaps = ArrayField(models.CharField(max_length=CODE), default=list, help_text="Questions without an answer.")
    is_incomplete = models.BooleanField(help_text="More gaps than the landlord's questions bear.")
    explanation = SealedJSONField(help_text="How the band came about, in the landlord's words of that day.")
    policy_version = models.CharField(max_length=20)
    pack_fingerprint = models.CharField(max_length=64)

    class PersonalData:
        special = ("explanation", "overrides", "circumstances")
        none = (
            "id", "case", "about", "person", "home", "number", "by", "at", "questions", "score", "score_band",
            "provisional_band", "floor", "override", "band", "gaps", "is_incomplete", "policy_version",
            "pack_fingerprint",
        )  # fmt: skip
        erasure = "with the key of the person, or of the case for a household"

    class Meta:
        get_latest_by = "number"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(about=About.PERSON, person__isnull=False, home__isnull=True)
                | models.Q(about=About.HOUSEHOLD, person__isnull=True, home__isnull=False),
                name="risk_is_of_a_person_or_a_household",
            ),
            models.UniqueConstraint(fields=["case", "person", "number"], name="risk_of_a_person_is_numbered"),
            models.UniqueConstraint(fields=["case", "home", "number"], name="risk_of_a_household_is_numbered"),
        ]
        indexes = [models.Index(fields=["case", "person", "home", "-number"], name="risk_latest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"assessment {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the person's key, or the case's for a household."""
        return self.person.sealing_key if self.person else self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"

    @property
    def is_partial(self) -> bool:
        """Say whether any question was not asked or not answered."""
        return bool(self.gaps)

    @property
    def least(self) -> Band:
        """Return the band that its floor and overrides keep it at."""
        return Band.STANDARD.or_worse(_band(self.floor)).or_worse(_band(self.override))


def _band(written: str) -> Band | None:
    return Band(written) if written else None


class Answer(models.Model):
    """One question of an assessment: its answer or why there is none, what it scored, and who said so."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=CODE)
    value = models.CharField(max_length=CODE, help_text="An option's code, or NOT_ASKED, DECLINED, DONT_KNOW.")
    points = models.PositiveSmallIntegerField()
    answered_by = models.CharField(max_length=CODE, choices=Answerer.choices)
    note = SealedTextField(null=True)

    class PersonalData:
        special = ("value", "points", "note")
        none = ("id", "assessment", "question", "answered_by")
        erasure = "with the key of the person, or of the case for a household"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "question"], name="a_question_is_answered_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the assessment's key."""
        return self.assessment.sealing_key


class Judgement(models.Model):
    """That somebody raised or lowered the band of an assessment by professional judgement, and why."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="judgements")
    before = models.CharField(max_length=BAND, choices=BANDS)
    band = models.CharField(max_length=BAND, choices=BANDS)
    reasons = SealedTextField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class PersonalData:
        identity = ("reasons",)
        none = ("id", "assessment", "before", "band", "by", "at")
        erasure = "with the key of the person, or of the case for a household"

    class Meta:
        get_latest_by = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(before=models.F("band")), name="a_judgement_changes_the_band")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"judgement {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the assessment's key."""
        return self.assessment.sealing_key

    @property
    def case_id(self) -> int:
        """Return the case that the assessment is in."""
        return self.assessment.case_id

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return self.assessment.trail_chain


class SubjectLook(models.Model):
    """What is known of the life of the person responsible (alleged): help to offer, and never a score (3.4.5)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="subject_looks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="subject_looks")
    said = SealedJSONField(help_text="Each factor: yes, no or not known.")
    note = SealedTextField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class PersonalData:
        special = ("said", "note")
        none = ("id", "case", "person", "by", "at")
        erasure = "with the person's key"

    class Meta:
        get_latest_by = ["at", "pk"]
        indexes = [models.Index(fields=["case", "person", "-at"], name="look_latest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"look {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the person's key."""
        return self.person.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"
