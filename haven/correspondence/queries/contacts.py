"""Contacts, tries and e-mail about one matter, and how far the tries with somebody go."""

from __future__ import annotations

from django.db.models import QuerySet

from haven.cases.models import Case
from haven.correspondence.choices import Began, MailState, Result, Way
from haven.correspondence.models import Contact, Mail, Message, WelfareDecision
from haven.correspondence.queries.reach import reachable
from haven.correspondence.rules import Tried, Try, tried
from haven.people.models import Person
from haven.reports.models import Report


def about(matter: Case | Report) -> dict[str, object]:
    """Return the column that names a matter, for a row of this part."""
    return {"case": matter, "report": None} if isinstance(matter, Case) else {"case": None, "report": matter}


def contacts_of(matter: Case | Report) -> QuerySet[Contact]:
    """Return every contact and try about a case or report, newest first."""
    rows = Contact.objects.filter(**_of(matter)).select_related(
        "case__sealing_key", "report__sealing_key", "person__sealing_key", "by", "taken_back_by"
    )
    return rows.defer("case__summary", "report__account", "report__answers", "report__tokens").order_by(
        "-happened_at", "-pk"
    )


def mails_of(matter: Case | Report) -> QuerySet[Mail]:
    """Return every e-mail about a case or report, newest first."""
    rows = Mail.objects.filter(**_of(matter)).select_related(
        "case__sealing_key", "report__sealing_key", "person__sealing_key", "by"
    )
    return rows.order_by("-at", "-pk")


def welfare_of(case: Case) -> QuerySet[WelfareDecision]:
    """Return what was decided about people in a case who cannot be reached, newest first."""
    rows = WelfareDecision.objects.filter(case=case).select_related("case__sealing_key", "person__sealing_key", "by")
    return rows.order_by("-at", "-pk")


def tried_with(case: Case, person: Person) -> Tried:
    """Return how far the tries to reach somebody go since they were last heard from in this case."""
    rows = list(Contact.objects.filter(case=case, person=person, taken_back_at=None).order_by("happened_at", "pk"))
    heard = max((each.happened_at for each in rows if each.result == Result.TWO_WAY), default=None)
    tries = [
        Try(way=each.way, at=each.happened_at, counts=not each.not_counted)
        for each in rows
        if each.began == Began.US and each.result != Result.TWO_WAY and each.result != Result.FAILED
    ]
    mails = Mail.objects.filter(case=case, person=person, state=MailState.SENT).values_list("settled_at", flat=True)
    tries += [Try(way=Way.EMAIL, at=at, counts=True) for at in mails if at]
    told = Message.objects.filter(
        report__case_links__case=case, report__persons__person=person, report__persons__part="reporter"
    )
    for kind, at, read_at in told.values_list("kind", "at", "read_at"):
        if kind == "answer":
            heard = max(heard, at) if heard else at
        elif read_at is not None:
            heard = max(heard, read_at) if heard else read_at
        else:
            tries.append(Try(way=Way.CODE, at=at, counts=True))
    return tried([each for each in tries if heard is None or each.at > heard], reachable(person))


def _of(matter: Case | Report) -> dict[str, object]:
    return {"case": matter} if isinstance(matter, Case) else {"report": matter}
