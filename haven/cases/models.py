"""Cases, the reports in them, people, incidents, findings, and who may see them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haven.accounts.models import Staff, Team
from haven.cases.choices import CaseState, Outcome, Part, Perceiver, Restriction, Source
from haven.homes.models import Property
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import append_only, kept
from haven.people.models import Person
from haven.reports.models import Report

CODE = 30


class Case(models.Model):
    """The landlord's work about one or more reports (clause 3.3)."""

    reference = models.CharField(max_length=12, unique=True)
    sealing_key = models.OneToOneField(SealingKey, on_delete=models.PROTECT, related_name="case")
    state = models.CharField(max_length=CODE, choices=CaseState.choices, default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    caseworker = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="cases")
    caseworker_since = models.DateTimeField(
        null=True, help_text="Since when there has been one without a break; meets the duty to name one."
    )
    stand_in = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    stand_in_since = models.DateTimeField(null=True, help_text="Since when there has been one without a break.")
    restriction = models.CharField(max_length=CODE, choices=Restriction.choices, default=Restriction.TEAM)
    home = models.ForeignKey(Property, null=True, on_delete=models.PROTECT, related_name="cases")
    strands = ArrayField(models.CharField(max_length=CODE), default=list)
    is_hate_related = models.BooleanField(default=False)
    is_harassment = models.BooleanField(default=False, help_text="A pattern of two or more occasions.")
    urgency = models.PositiveSmallIntegerField(default=5)
    summary = SealedTextField(null=True)
    policy_version = models.CharField(max_length=20)
    reopens = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reopened_as")
    version = models.PositiveIntegerField(default=1)

    class PersonalData:
        identity = ("summary",)
        special = ("strands",)
        none = (
            "id", "reference", "sealing_key", "state", "opened_at", "opened_by", "closed_at", "team", "caseworker",
            "caseworker_since", "stand_in", "stand_in_since", "restriction", "home", "is_hate_related", "is_harassment",
            "urgency", "policy_version", "reopens", "version",
        )  # fmt: skip
        erasure = "destroy the key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at__isnull=True)
                | models.Q(state="closed", closed_at__isnull=False),
                name="closed_case_has_a_closing_time",
            )
        ]
        indexes = [
            models.Index(fields=["team", "state", "-opened_at", "-id"], name="case_team"),
            models.Index(fields=["caseworker", "state", "-opened_at", "-id"], name="case_worker"),
            models.Index(fields=["stand_in", "state", "-opened_at", "-id"], name="case_stand_in"),
            models.Index(fields=["state", "-opened_at", "-id"], name="case_state"),
            models.Index(fields=["home", "-opened_at"], name="case_home"),
            models.Index(fields=["-opened_at"], name="case_opened"),
        ]
        triggers = kept("reference", "sealing_key_id", "opened_at")

    def __str__(self) -> str:
        return self.reference

    @property
    def trail_chain(self) -> str:
        """Return the chain of everything that happened in this case."""
        return f"case:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Say whether the landlord is still working on it."""
        return self.state == CaseState.OPEN


class CaseReport(models.Model):
    """That a report belongs to a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="report_links")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="case_links")
    at = models.DateTimeField()

    class PersonalData:
        none = ("id", "case", "report", "at")
        erasure = "keep"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "report"], name="a_report_is_in_a_case_once")]

    def __str__(self) -> str:
        return f"case report {self.pk}"


class TriageDecision(models.Model):
    """What was decided about a report, by whom and why; `neither` waits for somebody else's review."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=CODE, choices=Outcome.choices)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="decisions")
    reason = SealedTextField(null=True)
    shown = models.JSONField(default=dict, help_text="What the search before this decision showed: kinds and ids.")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    review_reason = SealedTextField(null=True)
    policy_version = models.CharField(max_length=20, help_text="The policy in force when this was decided (1.1).")

    class PersonalData:
        identity = ("reason", "review_reason")
        none = (
            "id", "report", "outcome", "case", "shown", "by", "at", "reviewed_by", "reviewed_at", "upheld",
            "policy_version",
        )  # fmt: skip
        erasure = "with the report's key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("by")),
                name="somebody_else_reviews",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="neither") | models.Q(reason__isnull=False), name="neither_has_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="neither") | models.Q(case__isnull=False), name="a_decision_names_its_case"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True, reviewed_at__isnull=True, upheld__isnull=True)
                | models.Q(
                    outcome="neither", reviewed_by__isnull=False, reviewed_at__isnull=False, upheld__isnull=False
                ),
                name="a_review_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at", "id"],
                condition=models.Q(outcome="neither", reviewed_at__isnull=True),
                name="decision_to_review",
            ),
            models.Index(fields=["report", "-at"], name="decision_of_report"),
        ]
        triggers = kept("report_id", "outcome", "case_id", "reason", "shown", "by_id", "at", "policy_version")

    def __str__(self) -> str:
        return f"triage decision {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the report's key."""
        return self.report.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the report's chain."""
        return f"report:{self.report_id}"


class CasePerson(models.Model):
    """Somebody in a case and their part in it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="in_cases")
    part = models.CharField(max_length=CODE, choices=Part.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class PersonalData:
        allegation = ("part",)
        none = ("id", "case", "person", "since", "until")
        erasure = "keep"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "part"], condition=models.Q(until__isnull=True), name="one_part_once"
            )
        ]
        triggers = kept("case_id", "person_id", "part", "since")

    def __str__(self) -> str:
        return f"case person {self.pk}"


class Incident(models.Model):
    """One occasion, as far as it can be told apart from the others."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="incidents")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="incidents")
    types = ArrayField(models.CharField(max_length=CODE), default=list)
    happened_from = models.DateTimeField(null=True)
    happened_to = models.DateTimeField(null=True)
    when_known = models.CharField(
        max_length=CODE, default="exact", help_text="exact, approximate, range, ongoing, unknown."
    )
    place = models.CharField(max_length=CODE, blank=True)
    home = models.ForeignKey(Property, null=True, on_delete=models.PROTECT, related_name="incidents")
    may_be_crime = models.BooleanField(null=True)
    summary = SealedTextField(null=True, help_text="The officer's, beside the words as told.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        identity = ("summary",)
        special = ("types",)
        none = (
            "id", "case", "report", "happened_from", "happened_to", "when_known", "place", "home", "may_be_crime",
            "recorded_at", "recorded_by",
        )  # fmt: skip
        erasure = "with the case's key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(happened_to__isnull=True)
                | models.Q(happened_from__isnull=True)
                | models.Q(happened_to__gte=models.F("happened_from")),
                name="incident_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["home", "-happened_from"], name="incident_home")]

    def __str__(self) -> str:
        return f"incident {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"


class IncidentPerson(models.Model):
    """Whom an occasion was aimed at; a pattern is counted person by person (PHA 1997 s.7(3))."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="harmed_links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="harmed_in")

    class PersonalData:
        none = ("id", "incident", "person")
        erasure = "keep"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="harmed_once_an_occasion")]

    def __str__(self) -> str:
        return f"incident person {self.pk}"


class IncidentStrand(models.Model):
    """That somebody believes a strand was the reason; a belief, never a finding."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="strand_links")
    strand = models.CharField(max_length=CODE)
    perceived_by = models.CharField(max_length=CODE, choices=Perceiver.choices)

    class PersonalData:
        special = ("strand",)
        none = ("id", "incident", "perceived_by")
        erasure = "keep"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "strand", "perceived_by"], name="a_belief_is_recorded_once")
        ]

    def __str__(self) -> str:
        return f"incident strand {self.pk}"


class Finding(models.Model):
    """One of four findings about a case; a later one of the same source is added, never written over."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    source = models.CharField(max_length=CODE, choices=Source.choices)
    value = models.CharField(max_length=CODE, help_text="hate, harassment, both, neither, not_recorded_by_police …")
    note = SealedTextField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        allegation = ("value", "note")
        none = ("id", "case", "source", "at", "by")
        erasure = "with the case's key"

    class Meta:
        get_latest_by = ["at", "pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"finding {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"


class CaseAccess(models.Model):
    """That a member of staff is let into a restricted case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="let_in")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class PersonalData:
        none = ("id", "case", "staff", "since", "until")
        erasure = "keep"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "staff"], condition=models.Q(until__isnull=True), name="let_in_once"
            )
        ]

    def __str__(self) -> str:
        return f"case access {self.pk}"


class Conflict(models.Model):
    """That a member of staff must not know of a case or report: party, relative, neighbour, friend."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="conflicts")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="conflicts")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="conflicts")
    reason = models.CharField(max_length=CODE, help_text="party, relative, neighbour, friend, other.")
    declared_at = models.DateTimeField()

    class PersonalData:
        none = ("id", "case", "report", "staff", "reason", "declared_at")
        erasure = "keep"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=False) | models.Q(report__isnull=False),
                name="a_conflict_is_about_something",
            ),
            models.UniqueConstraint(fields=["case", "staff"], name="one_conflict_a_case"),
            models.UniqueConstraint(fields=["report", "staff"], name="one_conflict_a_report"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"conflict {self.pk}"


class Search(models.Model):
    """What a member of staff looked for by name or address, so that the words need not stand in an address bar."""

    id = models.CharField(max_length=24, primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed = models.BinaryField(help_text="The words, sealed under the deployment's key for searches.")

    class PersonalData:
        identity = ("sealed",)
        none = ("id", "staff", "at")
        erasure = "deleted after a day"

    class Meta:
        indexes = [models.Index(fields=["at"], name="search_at")]

    def __str__(self) -> str:
        return f"search of staff {self.staff_id}"
