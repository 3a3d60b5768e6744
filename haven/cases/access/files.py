"""What one page of a case shows, in a fixed number of queries; whoever asks has come through a door already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from haven.accounts.models import Staff
from haven.cases.access.doors import visible_cases
from haven.cases.access.paging import SIZE, Page, key_of, page_from, page_of
from haven.cases.models import Case, CaseAccess, CasePerson, CaseReport, Conflict, Finding, Incident
from haven.people.models import Needs, Person, SafeContact
from haven.people.queries import latest_needs, latest_safe_contact
from haven.reports.models import Attachment, Report
from haven.trail.models import Entry

TIMELINE = ("-id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class InCase:
    """Somebody in a case: every part they have, how to reach them, what they need."""

    person: Person
    parts: list[CasePerson]
    safe_contact: SafeContact | None
    needs: Needs | None


def people_in(case: Case) -> list[InCase]:
    """Return everybody in a case, each once with all their parts (3.3.1)."""
    rows = CasePerson.objects.filter(case=case, until=None).select_related("person__sealing_key").order_by("pk")
    parts: dict[int, list[CasePerson]] = {}
    for row in rows:
        parts.setdefault(row.person_id, []).append(row)
    contacts, needs = latest_safe_contact(parts), latest_needs(parts)
    return [
        InCase(person=found[0].person, parts=found, safe_contact=contacts.get(pk), needs=needs.get(pk))
        for pk, found in parts.items()
    ]


def person_in(case: Case, pk: int) -> InCase | None:
    """Return one person of a case, or None where they are not in it."""
    return next((each for each in people_in(case) if each.person.pk == pk), None)


def reports_in(case: Case) -> list[Report]:
    """Return the reports of a case, newest first; whoever may see the case may see them (3.3.3)."""
    links = CaseReport.objects.filter(case=case).select_related("report__home", "report__sealing_key")
    return [link.report for link in links.order_by("-report__received_at", "-pk")]


def occasions_of(case: Case) -> list[Incident]:
    """Return the occasions of a case, newest first, with the strands perceived and whom each was aimed at."""
    rows = Incident.objects.filter(case=case).select_related("report", "home", "recorded_by", "case__sealing_key")
    return list(
        rows.defer("report__account", "report__answers", "report__tokens", "case__summary")
        .prefetch_related("strand_links", "harmed_links__person__sealing_key")
        .order_by("-happened_from", "-recorded_at", "-pk")
    )


def findings_of(case: Case) -> list[Finding]:
    """Return every finding of a case, newest first; none is ever written over (3.3.2)."""
    return list(Finding.objects.filter(case=case).select_related("by", "case__sealing_key").order_by("-at", "-pk"))


def papers_of(case: Case) -> list[Attachment]:
    """Return the files that came with the reports of a case."""
    reports = CaseReport.objects.filter(case=case).values("report")
    rows = Attachment.objects.filter(report__in=reports).select_related("item__sealing_key", "report")
    light = rows.defer("report__account", "report__answers", "report__tokens")
    return list(light.order_by("-item__received_at", "-pk"))


def attachment_for(report: Report, item: int) -> Attachment | None:
    """Return one file of a report that somebody has come in to."""
    return Attachment.objects.filter(report=report, item=item).select_related("item__sealing_key", "report").first()


def linked_cases(viewer: Staff, case: Case, reports: Sequence[Report]) -> list[Case]:
    """Return the cases before and after this one and those that share a report, as far as the viewer sees them."""
    around = set(CaseReport.objects.filter(report__in=reports).values_list("case", flat=True))
    around |= set(Case.objects.filter(reopens=case).values_list("pk", flat=True)) | {case.reopens_id or case.pk}
    others = around - {case.pk}
    if not others:
        return []
    seen = visible_cases(viewer).filter(pk__in=others)
    return list(seen.defer("summary").order_by("-opened_at")[:25])


def let_into(case: Case) -> list[CaseAccess]:
    """Return who is let into a case by name."""
    return list(CaseAccess.objects.filter(case=case, until=None).select_related("staff").order_by("pk"))


def locked_out_of(case: Case) -> list[Conflict]:
    """Return who is locked out of a case, for those who give it out."""
    return list(Conflict.objects.filter(case=case).select_related("staff").order_by("pk"))


def trail_of(case: Case, *, after: str = "") -> Page[Entry]:
    """Return a page of what happened in a case, newest first, who opened it included."""
    return page_of(Entry.objects.filter(chain=case.trail_chain), ("-seq",), after)


def done_since(about: Case | Report, at: datetime, *, without: Staff) -> Sequence[Entry]:
    """Return the latest that others did in a case or with a report from a moment on, newest first."""
    rows = Entry.objects.filter(chain=about.trail_chain, outcome="done", at__gte=at)
    return list(rows.exclude(actor_kind="staff", actor_id=without.pk).order_by("-seq")[:10])


def timeline_of(
    case: Case, reports: Sequence[Report], *, acts: Sequence[str] = (), outcome: str = "done", after: str = ""
) -> Page[Entry]:
    """Return a page of what was done in a case and with its reports, what was recorded last first; one query.

    `acts` are the beginnings of the acts wanted, such as "risk."; none means every act.
    """
    chains = [case.trail_chain, *(report.trail_chain for report in reports)]
    given: dict[str, Any] = {"chains": chains, "outcome": outcome, "size": SIZE + 1, "acts": [f"{act}%" for act in acts]}
    before = ""
    if (start := key_of(Entry, TIMELINE, after)) is not None:
        before, given["id"] = "AND id < %(id)s", start[0]
    wanted = "AND act LIKE ANY(%(acts)s)" if acts else ""
    rows = Entry.objects.raw(
        f"""SELECT latest.* FROM unnest(%(chains)s::text[]) AS about(chain), LATERAL (
              SELECT * FROM trail_entry WHERE chain = about.chain AND outcome = %(outcome)s {wanted} {before}
               ORDER BY seq DESC LIMIT %(size)s) latest
            ORDER BY latest.id DESC LIMIT %(size)s""",  # noqa: S608 - the words filled in are ours
        given,
    )
    return page_from(list(rows), TIMELINE)
