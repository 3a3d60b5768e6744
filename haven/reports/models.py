"""Reports as told, what was added later, permissions, drafts, alarms."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from haven.accounts.models import Staff, Team
from haven.evidence.models import Item
from haven.homes.models import Property
from haven.kernel.fields import SealedJSONField, SealedTextField, TokensField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import append_only, kept
from haven.people.models import Person
from haven.reports.choices import CallOutcome, Identity, Role, Scope, State

CODE = 30


class Report(models.Model):
    """A statement, kept as told: verbatim, in its language, immutable (clause 3.2)."""

    reference = models.CharField(max_length=12, unique=True)
    sealing_key = models.OneToOneField(SealingKey, on_delete=models.PROTECT, related_name="report")
    channel = models.CharField(max_length=CODE)
    language = models.CharField(max_length=12, help_text="BCP 47 tag of the words as told.")
    received_at = models.DateTimeField(help_text="When it reached the organisation; every clock starts here.")
    logged_at = models.DateTimeField(help_text="When it was written down in Haven.")
    logged_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    role = models.CharField(max_length=CODE, choices=Role.choices, blank=True)
    identity = models.CharField(max_length=CODE, choices=Identity.choices)
    harmed_knows = models.CharField(max_length=CODE, blank=True)
    danger = ArrayField(models.CharField(max_length=CODE), default=list)
    is_danger = models.BooleanField(default=False)
    concerns_staff = models.BooleanField(
        default=False, help_text="Somebody who works for the landlord may be responsible: past the teams (3.3.3)."
    )
    strands = ArrayField(models.CharField(max_length=CODE), default=list)
    incident_types = ArrayField(models.CharField(max_length=CODE), default=list)
    needs = ArrayField(models.CharField(max_length=CODE), default=list)
    wants = ArrayField(models.CharField(max_length=CODE), default=list)
    happened_from = models.DateField(null=True)
    happened_to = models.DateField(null=True)
    is_ongoing = models.BooleanField(default=False)
    place = models.CharField(max_length=CODE, blank=True)
    home = models.ForeignKey(Property, null=True, on_delete=models.PROTECT, related_name="reports")

    account = SealedTextField(help_text="What happened, verbatim.")
    answers = SealedJSONField(help_text="Every other answer, by question code; see questions.py.")

    code_hash = models.BinaryField(max_length=32, null=True, unique=True, help_text="Keyed hash of the 16 digits.")
    tokens = TokensField()
    pack_version = models.CharField(max_length=20)

    state = models.CharField(max_length=CODE, choices=State.choices, default=State.RECEIVED)
    urgency = models.PositiveSmallIntegerField(default=5, help_text="0 most urgent; the first key of the queue.")
    triage_due_at = models.DateTimeField(help_text="The second key of the queue.")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="reports")
    read_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, help_text="Rises with every change of state.")

    items = models.ManyToManyField(Item, through="Attachment", related_name="reports")

    class PersonalData:
        identity = ("account", "answers", "tokens", "code_hash")
        special = ("strands", "incident_types", "harmed_knows", "needs", "wants")
        none = (
            "id", "reference", "sealing_key", "channel", "language", "received_at", "logged_at", "logged_by", "role",
            "identity", "danger", "is_danger", "concerns_staff", "happened_from", "happened_to", "is_ongoing", "place", "home",
            "pack_version", "state", "urgency", "triage_due_at", "team", "read_by", "read_at", "version", "items",
        )  # fmt: skip
        erasure = "destroy the key, empty the tokens"

    class Meta:
        indexes = [
            models.Index(
                fields=["urgency", "triage_due_at", "id"], condition=~models.Q(state="decided"), name="report_queue"
            ),
            models.Index(fields=["home", "-received_at"], name="report_home"),
            models.Index(fields=["-received_at"], name="report_received"),
            GinIndex(fields=["tokens"], name="report_tokens", fastupdate=False),
        ]
        triggers = kept(
            "reference", "sealing_key_id", "channel", "language", "received_at", "logged_at", "role", "danger",
            "account", "answers", "happened_from", "happened_to",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def trail_chain(self) -> str:
        """Return the chain of everything that happened to this report."""
        return f"report:{self.pk}"

    @property
    def actor_kind(self) -> str:
        """Say that who acts through a report is the person who holds its code."""
        return "reporter"

    @property
    def actor_id(self) -> int | None:
        """Return the report's row id."""
        return self.pk


class ReportPerson(models.Model):
    """Somebody whom a report names or describes, and as what."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="told_in")
    part = models.CharField(max_length=CODE, help_text="reporter, harmed, responsible, witness.")

    class PersonalData:
        allegation = ("part",)
        none = ("id", "report", "person")
        erasure = "keep"

    def __str__(self) -> str:
        return f"report person {self.pk}"


class Attachment(models.Model):
    """A file that came with a report or was added later."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT)
    item = models.OneToOneField(Item, on_delete=models.PROTECT)
    addition = models.ForeignKey("Addition", null=True, on_delete=models.PROTECT, related_name="attachments")

    class PersonalData:
        none = ("id", "report", "item", "addition")
        erasure = "keep"

    def __str__(self) -> str:
        return f"attachment {self.pk}"


class Addition(models.Model):
    """Further words from the person who holds the code; never edits what was told before."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="additions")
    at = models.DateTimeField()
    language = models.CharField(max_length=12)
    words = SealedTextField()
    danger = ArrayField(models.CharField(max_length=CODE), default=list)

    class PersonalData:
        identity = ("words",)
        none = ("id", "report", "at", "language", "danger")
        erasure = "with the report's key"

    class Meta:
        ordering = ["at", "pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"addition {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the report's key."""
        return self.report.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the report's chain."""
        return f"report:{self.report_id}"


class Permission(models.Model):
    """What the person allows us to tell one recipient; a change adds a row, the latest holds (3.3.3, 3.6.1)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="permissions")
    recipient = models.CharField(max_length=CODE)
    scope = models.CharField(max_length=CODE, choices=Scope.choices)
    at = models.DateTimeField()
    how = models.CharField(max_length=CODE, help_text="form, code, telephone …")
    language = models.CharField(max_length=12)

    class PersonalData:
        none = ("id", "report", "recipient", "scope", "at", "how", "language")
        erasure = "keep"

    class Meta:
        get_latest_by = ["at", "pk"]
        indexes = [models.Index(fields=["report", "recipient", "-at"], name="permission_latest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"permission {self.pk}"

    @property
    def trail_chain(self) -> str:
        """Return the report's chain."""
        return f"report:{self.report_id}"


class Draft(models.Model):
    """Answers given so far, for the length of one visit; sealed with a key that only the visitor's cookie holds."""

    lookup = models.BinaryField(max_length=32, primary_key=True, help_text="Hash of the cookie's first half.")
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1, help_text="Rises with every saving: two tabs lose nothing.")
    touched_at = models.DateTimeField(db_index=True)
    sealing_key = models.OneToOneField(
        SealingKey, null=True, on_delete=models.PROTECT, related_name="+", help_text="The coming report's."
    )
    report = models.OneToOneField(Report, null=True, on_delete=models.PROTECT, related_name="draft")

    class PersonalData:
        identity = ("sealed",)
        none = ("lookup", "version", "touched_at", "sealing_key", "report")
        erasure = "deleted when the visit ends"

    def __str__(self) -> str:
        return "draft"


class DraftFile(models.Model):
    """A file given during a visit that has not been sent yet."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    item = models.OneToOneField(Item, on_delete=models.PROTECT)

    class PersonalData:
        none = ("id", "draft", "item")
        erasure = "deleted when the visit ends"

    def __str__(self) -> str:
        return f"draft file {self.pk}"


class EqualityMonitoring(models.Model):
    """Nine characteristics, voluntary, given after the report was sent and joined to nothing (5.1, DOMAIN 9.7)."""

    given_on = models.DateField(help_text="The month only: the first of it.")
    area = models.CharField(max_length=9, blank=True)
    age = models.CharField(max_length=CODE, blank=True)
    disability = models.CharField(max_length=CODE, blank=True)
    gender_reassignment = models.CharField(max_length=CODE, blank=True)
    marriage = models.CharField(max_length=CODE, blank=True)
    pregnancy = models.CharField(max_length=CODE, blank=True)
    race = models.CharField(max_length=CODE, blank=True)
    religion = models.CharField(max_length=CODE, blank=True)
    sex = models.CharField(max_length=CODE, blank=True)
    sexual_orientation = models.CharField(max_length=CODE, blank=True)

    class PersonalData:
        special = (
            "age", "disability", "gender_reassignment", "marriage", "pregnancy", "race", "religion", "sex",
            "sexual_orientation",
        )  # fmt: skip
        none = ("id", "given_on", "area")
        erasure = "aggregate at 12 months"

    def __str__(self) -> str:
        return f"monitoring {self.pk}"


class Alarm(models.Model):
    """Somebody said that there is danger; it rings until somebody takes it (DOMAIN.md 2.4)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="alarms")
    raised_at = models.DateTimeField()
    out_of_hours = models.BooleanField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        none = ("id", "report", "raised_at", "out_of_hours", "taken_at", "taken_by")
        erasure = "keep"

    class Meta:
        indexes = [models.Index(fields=["raised_at"], condition=models.Q(taken_at__isnull=True), name="alarm_ringing")]

    def __str__(self) -> str:
        return f"alarm {self.pk}"

    @property
    def trail_chain(self) -> str:
        """Return the report's chain."""
        return f"report:{self.report_id}"


class AlarmCall(models.Model):
    """One attempt to tell somebody of an alarm, and what became of it; `sending` for long was cut off (2.4)."""

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="calls")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    by_way_of = models.CharField(max_length=CODE, default="mail")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=CODE, choices=CallOutcome.choices, default=CallOutcome.SENDING)

    class PersonalData:
        none = ("id", "alarm", "staff", "by_way_of", "at", "outcome")
        erasure = "keep"

    def __str__(self) -> str:
        return f"alarm call {self.pk}"


class WrongCode(models.Model):
    """How often one visitor has tried a wrong code lately; holds a keyed hash of the address, never the address."""

    visitor = models.BinaryField(max_length=32, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    latest_at = models.DateTimeField()

    class PersonalData:
        contact = ("visitor",)
        none = ("tries", "latest_at")
        erasure = "deleted after a day"

    def __str__(self) -> str:
        return "wrong codes"


class CodeRequest(models.Model):
    """Somebody asks for a new code; a caseworker makes sure who asks, and issues one or not."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="code_requests")
    at = models.DateTimeField()
    with_code = models.BooleanField(help_text="Asked from inside, with the code that may have been seen by others.")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    issued = models.BooleanField(default=False)

    class PersonalData:
        none = ("id", "report", "at", "with_code", "settled_at", "settled_by", "issued")
        erasure = "keep"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(settled_at__isnull=True), name="one_open_code_request"
            )
        ]

    def __str__(self) -> str:
        return f"code request {self.pk}"

    @property
    def trail_chain(self) -> str:
        """Return the report's chain."""
        return f"report:{self.report_id}"
