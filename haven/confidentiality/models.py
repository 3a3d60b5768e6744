"""Checks of a text by the identity shield, fixed to that very text, and what a second person cleared."""

from __future__ import annotations

import pgtrigger
from django.db import models

from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.kernel.fields import SealedJSONField, SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import append_only

HASH = 64
NEVER_THE_WRITER = """
IF EXISTS (SELECT 1 FROM confidentiality_check c WHERE c.id = NEW.check_id AND c.written_by_id = NEW.by_id) THEN
    RAISE EXCEPTION 'haven: 3.3.3: whoever wrote a text does not clear what the shield found in it';
END IF;
RETURN NEW;
"""


class Check(models.Model):
    """What the shield found in one text; another text, be it by a letter, needs a check of its own (3.3.3)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shield_checks")
    text_hash = models.CharField(max_length=HASH, help_text="Keyed with the case's key; fixes the text.")
    version = models.PositiveSmallIntegerField(help_text="Of the shield.")
    found = models.PositiveIntegerField(help_text="How many findings.")
    findings = SealedJSONField(help_text="Each: part of the text, start, end, kind, words, why.")
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class PersonalData:
        identity = ("findings",)
        none = ("id", "case", "text_hash", "version", "found", "written_by", "by", "at")
        erasure = "with the case's key"

    class Meta:
        indexes = [models.Index(fields=["case", "text_hash", "-at"], name="shield_check_latest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"check {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"


class Clearing(models.Model):
    """That one finding of a check may stay, and why; never by whoever wrote the text."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="clearings", db_column="check_id")
    number = models.PositiveIntegerField(help_text="Which finding of the check, from 0.")
    reason = SealedTextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class PersonalData:
        identity = ("reason",)
        none = ("id", "check_of", "number", "by", "at")
        erasure = "with the case's key"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "number"], name="a_finding_is_cleared_once")]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="never_the_writer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=NEVER_THE_WRITER,
            ),
        ]

    def __str__(self) -> str:
        return f"clearing {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.check_of.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.check_of.case_id}"
