"""What is derived of duties and of open cases (drop it, rebuild it, and it is the same), and what was said of duties."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haven.accounts.models import Staff, Team
from haven.cases.models import Case
from haven.correspondence.models import AllTried, Contact, WelfareDecision
from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.triggers import append_only, kept
from haven.obligations.choices import NEVER_ALONE, ClosingState, LetterBy, Reason, View
from haven.people.models import Person
from haven.reports.choices import CallOutcome
from haven.reports.models import Report

OPEN = Q(met_at__isnull=True, ended_at__isnull=True)
FAILED = Q(met_at__gt=F("due_at")) | Q(ended_at__gt=F("due_at"))


class Duty(models.Model):
    """Something the policy requires of somebody by a time, worked out from facts.

    That its report, case, team and staff exist holds by those facts, whose own rows are held; to have the database look
    again for each row took an eighth of the time of a rebuild.
    """

    key = models.CharField(max_length=30)
    clause = models.CharField(max_length=12)
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="duties", db_index=False, db_constraint=False
    )
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="duties", db_constraint=False)
    occasion = models.CharField(max_length=40, default="", help_text="Tells repeats of one duty apart.")
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Since when nobody owes it any more, if it was not met.")
    is_promise = models.BooleanField(default=False, help_text="Told to the person who reported.")
    urgency = models.PositiveSmallIntegerField(default=5)
    team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    staff = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class PersonalData:
        none = (
            "id", "key", "clause", "report", "case", "occasion", "starts_at", "due_at", "met_at", "ended_at",
            "is_promise", "urgency", "team", "staff",
        )  # fmt: skip
        erasure = "rebuilt"

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key", "case", "occasion"], nulls_distinct=False, name="one_duty_an_occasion"
            ),
            models.CheckConstraint(condition=Q(met_at__isnull=True) | Q(ended_at__isnull=True), name="met_or_ended"),
        ]
        indexes = [
            models.Index(
                fields=["team", "urgency", "due_at", "id"], condition=OPEN & Q(staff=None), name="duty_untaken_open"
            ),
            models.Index(fields=["team", "urgency", "due_at", "id"], condition=OPEN, name="duty_team_open"),
            models.Index(fields=["staff", "urgency", "due_at", "id"], condition=OPEN, name="duty_staff_open"),
            models.Index(fields=["staff", "-due_at", "-id"], condition=FAILED, name="duty_staff_failed"),
            models.Index(fields=["key", "due_at", "id"], condition=OPEN, name="duty_key_open"),
            models.Index(fields=["key", "-due_at", "-id"], condition=~OPEN, name="duty_key_settled"),
            models.Index(
                fields=["key", "-due_at", "-id"],
                condition=FAILED,
                name="duty_key_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"duty {self.key} {self.pk}"


class Done(models.Model):
    """That somebody recorded a duty as done, or took that back (no time); the latest of its kind holds."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="done_duties", db_index=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=30)
    occasion = models.CharField(max_length=40, default="")
    done_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=12)
    note = SealedTextField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        identity = ("note",)
        none = ("id", "report", "case", "key", "occasion", "done_at", "how", "at", "by")
        erasure = "with the report's key"

    class Meta:
        verbose_name_plural = "done"
        indexes = [models.Index(fields=["report", "at"], name="done_report")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"done {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the report's key."""
        return self.report.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain, or the report's while there is no case."""
        return f"case:{self.case_id}" if self.case_id else f"report:{self.report_id}"


class CaseReview(models.Model):
    """That a manager looked at a case: what they looked at, and how it goes on (clause 3.5.1)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    looked_at = SealedTextField()
    decided = SealedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        identity = ("looked_at", "decided")
        none = ("id", "case", "at", "by")
        erasure = "with the case's key"

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="case_review_latest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"case review {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"


class DutyTally(models.Model):
    """How many more, or fewer, duties of one key stand in each way; the sum over a key is its count.

    Every refresh adds a row in its own transaction, so that counts are right at once and nobody waits for anybody; a
    task sums the rows up every hour.
    """

    key = models.CharField(max_length=30)
    open = models.BigIntegerField(default=0)
    met = models.BigIntegerField(default=0)
    met_late = models.BigIntegerField(default=0)
    missed = models.BigIntegerField(default=0)
    lapsed = models.BigIntegerField(default=0)

    class PersonalData:
        none = ("id", "key", "open", "met", "met_late", "missed", "lapsed")
        erasure = "rebuilt"

    class Meta:
        verbose_name_plural = "duty tallies"

    def __str__(self) -> str:
        return f"tally {self.key}"


class ClosingView(models.Model):
    """What somebody harmed says about closing: in a conversation, or not, although everything was tried (3.4.1)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closing_views")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="closing_views")
    view = models.CharField(max_length=12, choices=View.choices)
    words = SealedTextField(null=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    all_tried = models.ForeignKey(AllTried, null=True, on_delete=models.PROTECT, related_name="+")
    welfare = models.ForeignKey(WelfareDecision, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class PersonalData:
        identity = ("words",)
        none = ("id", "case", "person", "view", "contact", "all_tried", "welfare", "by", "at")
        erasure = "with the case's key"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(view=View.NOT_REACHED, all_tried__isnull=False, welfare__isnull=False)
                | (~Q(view=View.NOT_REACHED) & Q(contact__isnull=False, words__isnull=False)),
                name="a_view_was_said_or_everything_was_tried",
            )
        ]
        indexes = [models.Index(fields=["case", "person", "-at"], name="closing_view_latest")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"closing view {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"


class Closing(models.Model):
    """A proposal to close a case and what became of it; no case is closed without one (DOMAIN.md 4.4)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    state = models.CharField(max_length=12, choices=ClosingState.choices, default=ClosingState.PROPOSED)
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason.choices), default=list)
    words = SealedTextField(null=True, help_text="Why, for the file.")
    letter = SealedTextField(null=True, help_text="The letter to the person.")
    letter_language = models.CharField(max_length=12, blank=True)
    letter_by = models.CharField(max_length=12, blank=True, choices=LetterBy.choices)
    needs_sign_off = models.BooleanField(default=True)
    proposed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_why = SealedTextField(null=True)
    policy_version = models.CharField(max_length=20)

    class PersonalData:
        identity = ("words", "letter", "decided_why")
        none = (
            "id", "case", "state", "reasons", "letter_language", "letter_by", "needs_sign_off", "proposed_by",
            "proposed_at", "decided_by", "decided_at", "policy_version",
        )  # fmt: skip
        erasure = "with the case's key"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=ClosingState.PROPOSED), name="one_proposal_to_close_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=ClosingState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=ClosingState.PROPOSED) & Q(decided_at__isnull=False)),
                name="a_decided_closing_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClosingState.CLOSED)
                | Q(needs_sign_off=False)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="somebody_else_signs_a_closing_off",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClosingState.CLOSED) | ~Q(reasons__contained_by=list(NEVER_ALONE)),
                name="a_closing_has_a_reason_that_is_one",
            ),
        ]
        indexes = [models.Index(fields=["case", "-proposed_at"], name="closing_case")]
        triggers = kept("case_id", "reasons", "words", "letter", "proposed_by_id", "proposed_at", "policy_version")

    def __str__(self) -> str:
        return f"closing {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key."""
        return self.case.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain."""
        return f"case:{self.case_id}"
class LateReason(models.Model):
    """Why a duty was late, by whoever was asked; what was said before stays beside what is said after (2.0(b))."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="late_reasons", db_index=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=30)
    occasion = models.CharField(max_length=40, default="")
    code = models.CharField(max_length=30, help_text="A late reason of the policy pack.")
    words = SealedTextField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class PersonalData:
        identity = ("words",)
        none = ("id", "report", "case", "key", "occasion", "code", "at", "by")
        erasure = "with the case's key, or the report's while there is no case"

    class Meta:
        indexes = [
            models.Index(fields=["report", "key", "at"], name="late_reason_report"),
            models.Index(fields=["at", "code"], name="late_reason_at"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"late reason {self.pk}"

    @property
    def sealing_key(self) -> SealingKey:
        """Return the case's key, or the report's while there is no case."""
        return self.case.sealing_key if self.case is not None else self.report.sealing_key

    @property
    def trail_chain(self) -> str:
        """Return the case's chain, or the report's while there is no case."""
        return f"case:{self.case_id}" if self.case_id else f"report:{self.report_id}"


class Watch(models.Model):
    """From when an open case counts as one that nobody has, and as one that has gone quiet, if nothing more happens."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="watch", primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    urgency = models.PositiveSmallIntegerField()
    unowned_from = models.DateTimeField(null=True)
    unheard_from = models.DateTimeField(null=True, help_text="Nothing two-way with the person for too long.")
    idle_from = models.DateTimeField(help_text="Nobody here did anything for too long.")
    quiet_from = models.DateTimeField(help_text="The earlier of the two before.")

    class PersonalData:
        none = ("case", "team", "urgency", "unowned_from", "unheard_from", "idle_from", "quiet_from")
        erasure = "rebuilt"

    class Meta:
        verbose_name_plural = "watches"
        indexes = [
            models.Index(
                fields=["team", "urgency", "unowned_from", "case"],
                condition=Q(unowned_from__isnull=False),
                name="watch_unowned",
            ),
            models.Index(fields=["team", "urgency", "quiet_from", "case"], name="watch_quiet"),
            models.Index(fields=["unowned_from"], condition=Q(unowned_from__isnull=False), name="watch_unowned_from"),
            models.Index(fields=["quiet_from"], name="watch_quiet_from"),
        ]

    def __str__(self) -> str:
        return f"watch of case {self.case_id}"


class UpwardCall(models.Model):
    """That somebody above is told of a case which nobody has or which has gone quiet: once for each case and day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="upward_calls")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    why = models.CharField(max_length=10, choices=[("unowned", "Nobody has it"), ("quiet", "It has gone quiet")])
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=CallOutcome.choices, default=CallOutcome.SENDING)

    class PersonalData:
        none = ("id", "case", "staff", "day", "why", "at", "outcome")
        erasure = "keep"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff", "day"], name="told_once_a_case_and_day")]
        indexes = [
            models.Index(fields=["staff", "day"], condition=~Q(outcome=CallOutcome.SENT), name="upward_to_send"),
        ]
        triggers = kept("case_id", "staff_id", "day", "why", "at")

    def __str__(self) -> str:
        return f"upward call {self.pk}"
