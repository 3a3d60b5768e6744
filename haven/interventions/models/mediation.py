"""What mediation needs beside the rest: screening, and both sides agreeing freely (clause 3.5.2(c))."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haven.interventions.choices import Danger, Side
from haven.interventions.models.acts import CODE, PLAIN, Act
from haven.kernel.fields import SealedTextField
from haven.kernel.triggers import append_only
from haven.people.models import Person


class Screening(Act):
    """Whether mediation would harm somebody: what was found, by whom it would be led, and whether they would meet."""

    dangers = ArrayField(models.CharField(max_length=CODE, choices=Danger.choices), default=list)
    is_trained_in_hate = models.BooleanField(help_text="Whoever leads it is trained in hate.")
    is_shuttle = models.BooleanField(help_text="The mediator goes between them; they never meet.")
    words = SealedTextField()

    class PersonalData:
        special = ("dangers", "words")
        none = (*PLAIN, "is_trained_in_hate", "is_shuttle")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()


class Consent(Act):
    """That one side agrees freely, or does not; a no is held against nobody."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=CODE, choices=Side.choices)
    agrees = models.BooleanField()
    words = SealedTextField(null=True)

    class PersonalData:
        allegation = ("agrees", "words")
        none = (*PLAIN, "person", "side")
        erasure = "with the case's key"

    class Meta:
        triggers = append_only()
