"""Letters: every version that was ever written, sealed."""

from __future__ import annotations

from django.db import models

from haven.homes.models import AgreementClause
from haven.interventions.models.acts import PLAIN, Act
from haven.interventions.models.intervention import HASH
from haven.kernel.fields import SealedJSONField, SealedTextField
from haven.kernel.triggers import append_only


class Letter(Act):
    """One version of a letter: its parts, the language of each, and the clauses that it quotes."""

    number = models.PositiveIntegerField()
    language = models.CharField(max_length=12, help_text="BCP 47 tag of the text that is sent.")
    content = SealedJSONField(help_text="Whom it is to, its parts, and for a translation the English parts too.")
    text_hash = models.CharField(max_length=HASH)
    clauses = models.ManyToManyField(AgreementClause, related_name="+")
    agreed_language = SealedTextField(
        null=True, help_text="How the person agreed to a letter in a language that is not theirs (3.4.3(c))."
    )

    class PersonalData:
        allegation = ("content", "agreed_language")
        none = (*PLAIN, "number", "language", "text_hash", "clauses")
        erasure = "with the case's key"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intervention", "number"], name="a_letter_is_numbered")]
        triggers = append_only()
