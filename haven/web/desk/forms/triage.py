"""The forms of triage: what becomes of a report, the second look, a conflict of interest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing

from haven.accounts.choices import CASE_ROLES, Role
from haven.accounts.models import Staff, Team
from haven.cases import access
from haven.cases.actions import Seen
from haven.cases.choices import Outcome
from haven.cases.models import Case
from haven.cases.rules.casework import CONFLICTS
from haven.kernel.references import read_reference
from haven.reports.models import Report
from haven.web.components.widgets import Radios
from haven.web.desk.forms.offering import by_name, offer, offer_rows

SALT = "desk.shown"
OTHER = "other"
OUTCOMES = [
    (Outcome.OPEN, "Open a case"),
    (Outcome.JOIN, "It belongs to a case that is open"),
    (Outcome.LINK, "It goes on from a case that is closed"),
    (Outcome.NEITHER, "No case"),
]


class DecideForm(forms.Form):
    """Open a case, join one, go on from a closed one, or none of these with a reason."""

    outcome = forms.ChoiceField(
        label="What becomes of this report",
        choices=OUTCOMES,
        widget=Radios(
            hints={
                Outcome.LINK: "A new case is opened that takes the people over; the closed one stays as it is.",
                Outcome.NEITHER: "Somebody else looks at this decision again.",
            },
            reveals={
                Outcome.OPEN: ["team", "caseworker", "summary"],
                Outcome.JOIN: ["join", "join_reference"],
                Outcome.LINK: ["link", "link_reference"],
                Outcome.NEITHER: ["reason"],
            },
        ),
        error_messages={"required": "Choose what becomes of this report"},
    )
    team = forms.ModelChoiceField(label="Which team", queryset=Team.objects.none(), required=False, empty_label=None)
    caseworker = forms.ModelChoiceField(
        label="Caseworker", queryset=Staff.objects.none(), required=False, empty_label="Nobody yet"
    )
    summary = forms.CharField(
        label="What it is about, in a sentence",
        help_text="For colleagues. The person's own words stay as they are.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    join = forms.ChoiceField(label="Which open case", required=False, widget=Radios)
    join_reference = forms.CharField(label="Its reference, where it is another", required=False, max_length=20)
    link = forms.ChoiceField(label="Which closed case", required=False, widget=Radios)
    link_reference = forms.CharField(label="Its reference, where it is another", required=False, max_length=20)
    reason = forms.CharField(
        label="Why there is no case",
        help_text="Write so that a colleague who has not read the report understands it.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    refusal = None

    def __init__(self, *args: Any, viewer: Staff, report: Report, cases: list[Case], **more: Any) -> None:
        super().__init__(*args, **more)
        self.viewer, self.report = viewer, report
        offer_rows(self, "team", Team.objects.order_by("name"), by_name, initial=report.team_id or viewer.team_id)
        offer_rows(self, "caseworker", may_be_given_to(viewer), by_name)
        offer(self, "join", _known(cases, is_open=True))
        offer(self, "link", _known(cases, is_open=False))
        if report.state == "decided" and not self.is_bound:
            offer(self, "outcome", OUTCOMES[:3])

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen outcome needs."""
        given = super().clean() or {}
        outcome = given.get("outcome")
        if outcome in (Outcome.JOIN, Outcome.LINK):
            given["case"] = self._case(outcome.lower(), given)
        if outcome == Outcome.NEITHER and not (given.get("reason") or "").strip():
            self.add_error("reason", "Write why there is no case")
        if outcome in (Outcome.OPEN, Outcome.LINK) and not given.get("team"):
            given["team"] = self.report.team or self.viewer.team or Team.objects.order_by("pk").first()
        return given

    def _case(self, name: str, given: Mapping[str, Any]) -> Case | None:
        typed = (given.get(f"{name}_reference") or "").strip()
        chosen = given.get(name) or ""
        if typed or chosen == OTHER:
            return self._referred(f"{name}_reference", typed)
        if not chosen:
            self.add_error(name, "Choose the case, or write its reference")
            return None
        return self._referred(name, chosen)

    def _referred(self, name: str, reference: str) -> Case | None:
        wanted = read_reference(reference)
        if wanted is None:
            self.add_error(name, "Write the reference as it stands on the case, such as HC-7K2M-94T")
            return None
        found = access.visible_cases(self.viewer).filter(reference=wanted).first()
        if found is None:
            self.add_error(name, "There is no case with this reference that you can see")
        return found

    def seen(self) -> Seen:
        """Return what this person had in front of them: the version of the report, and what the search showed."""
        try:
            signed = signing.loads(self.cleaned_data.get("shown") or "", salt=SALT)
        except signing.BadSignature:
            signed = {}
        shown = signed.get("shown") if signed.get("report") == self.report.pk else None
        return Seen(version=self.cleaned_data.get("version") or 0, shown=shown)


def sign_shown(report: Report, known: access.Known) -> str:
    """Return what the search showed, signed, so that the decision can say what it was made on."""
    return signing.dumps({"report": report.pk, "shown": known.as_shown()}, salt=SALT, compress=True)


def may_be_given_to(viewer: Staff) -> Any:
    """Return the staff to whom this viewer may give a case: managers to their team, caseworkers to themselves."""
    here = Staff.objects.filter(is_active=True, roles__overlap=sorted(CASE_ROLES)).order_by("name", "pk")
    if viewer.has(Role.HEAD_OF_SERVICE):
        return here
    if viewer.has(Role.TEAM_MANAGER):
        return here.filter(team=viewer.team_id)
    return here.filter(pk=viewer.pk)


class ReviewForm(forms.Form):
    """Uphold that a report made no case, or put it back in the queue."""

    answer = forms.ChoiceField(
        label="Is it right that this report makes no case?",
        choices=[("uphold", "Yes, I agree"), ("overturn", "No, it goes back into the queue")],
        widget=Radios,
        error_messages={"required": "Choose whether you agree"},
    )
    reason = forms.CharField(
        label="Why",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why, in a few words"},
    )
    refusal = None


class ConflictForm(forms.Form):
    """Lock a member of staff out of a matter."""

    staff = forms.ModelChoiceField(label="Who must not see this", queryset=Staff.objects.none(), empty_label=None)
    reason = forms.ChoiceField(
        label="What the conflict is",
        choices=CONFLICTS,
        widget=Radios,
        error_messages={"required": "Choose what the conflict is"},
    )
    refusal = None

    def __init__(self, *args: Any, viewer: Staff, **more: Any) -> None:
        super().__init__(*args, **more)
        here = Staff.objects.filter(is_active=True).order_by("name", "pk")
        allowed = here if viewer.has(Role.HEAD_OF_SERVICE) else here.filter(pk=viewer.pk)
        if viewer.has(Role.TEAM_MANAGER) and not viewer.has(Role.HEAD_OF_SERVICE):
            allowed = here.filter(team=viewer.team_id) | here.filter(pk=viewer.pk)
        offer_rows(self, "staff", allowed, lambda who: "Me" if who == viewer else str(who.name), initial=viewer.pk)


def _known(cases: list[Case], *, is_open: bool) -> list[tuple[str, str]]:
    found = [(case.reference, case.reference) for case in cases if case.is_open == is_open]
    return [*found, (OTHER, "Another case" if found else "A case that I know the reference of")]
