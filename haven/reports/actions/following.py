"""What happens to a report after it was taken in: added words, permissions, safe contact, codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from haven.accounts.choices import CASE_ROLES
from haven.accounts.models import Staff
from haven.evidence.models import Item
from haven.kernel.action import Actor, action, note
from haven.kernel.decision import require
from haven.kernel.models import SealingKey
from haven.kernel.references import new_code
from haven.kernel.sealing import keyed_hash
from haven.people.models import Person, SafeContact
from haven.policy.pack import pack
from haven.reports import rules, writing
from haven.reports.actions.alarms import ring
from haven.reports.choices import Scope
from haven.reports.models import Addition, CodeRequest, Permission, Report, ReportPerson
from haven.reports.queries import latest_permissions, reporter_of
from haven.reports.told import SafeWays
from haven.reports.weighing import weigh


@action("report.added_to")
def add_to_report(
    *,
    report: Report,
    words: str,
    danger: Collection[str] = (),
    items: Sequence[Item] = (),
    language: str,
    by: Actor,
    at: datetime,
) -> Addition:
    """Keep further words and files as told, beside what was told before, and ring where there is danger (3.2.1).

    A new danger makes the report urgent again, whatever became of it. Raises Refused when nothing is said.
    """
    require(rules.may_add(has_words=bool(words.strip()), has_files=bool(items), has_danger=bool(danger)))
    addition = Addition(report=report, at=at, language=language, words=words, danger=list(danger))
    addition.save(force_insert=True)
    writing.attach(report, items, addition)
    rings = _ring_again(report, danger, at)
    note(danger=sorted(danger), files=len(items), has_words=bool(words.strip()), rings=rings)
    return addition


def _ring_again(report: Report, danger: Collection[str], at: datetime) -> bool:
    weighed = weigh(danger=danger, incident_types=(), needs=(), strands=(), at=at)
    if not weighed.rings:
        return False
    ring(report, out_of_hours=weighed.out_of_hours, at=at)
    Report.objects.filter(pk=report.pk).update(is_danger=True, urgency=weighed.urgency)
    return True


@action("permission.changed")
def change_permission(
    *, report: Report, recipient: str, scope: Scope, how: str, language: str, by: Actor, at: datetime
) -> Permission:
    """Record what the person now allows us to tell one recipient; the latest holds (clauses 3.3.3 and 3.6.1)."""
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    known = pack().recipients.get(recipient)
    offered = {code.lower() for code in known.scopes} if known else set()
    before = latest_permissions(report).get(recipient, Scope.NOT_ASKED)
    require(
        rules.may_change_permission(
            recipient_is_known=known is not None,
            scope_is_offered=scope in offered,
            says_something_new=scope != before,
        )
    )
    (permission,) = writing.save_permissions(report, {recipient: scope}, at=at, how=how, language=language)
    note(recipient=recipient, before=str(before), after=str(scope), how=how)
    return permission


@action("safe_contact.changed")
def change_safe_contact(*, report: Report, ways: SafeWays, by: Actor, at: datetime) -> SafeContact:
    """Record how the person who reported can now be reached; older versions stay (clause 3.3.3, DOMAIN.md 2.3)."""
    person = reporter_of(report) or _reporter_to_be(report, at)
    contact = writing.safe_contact(person, ways, at)
    contact.save(force_insert=True)
    note(preferred=str(ways.preferred), safe=sorted(way for way, safe in ways.safe.items() if safe == "yes"))
    return contact


def _reporter_to_be(report: Report, at: datetime) -> Person:
    """Make the person of a report that was anonymous until now; a piece of changing their safe contact."""
    person = Person(sealing_key=SealingKey.objects.create_for("person"), origin="told", created_at=at)
    person.save(force_insert=True)
    ReportPerson.objects.create(report=report, person=person, part="reporter")
    return person


@action("code.asked_for")
def ask_for_code(*, report: Report, with_code: bool, by: Actor, at: datetime) -> CodeRequest:
    """Record that somebody asks for a new code; a caseworker makes sure who it is (clause 3.3.3)."""
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    waiting = CodeRequest.objects.filter(report=report, settled_at__isnull=True).exists()
    require(rules.may_ask_for_code(one_is_waiting=waiting))
    return CodeRequest.objects.create(report=report, at=at, with_code=with_code)


@action("code.issued")
def reissue_code(*, report: Report, knows_who_asks: bool, by: Staff, at: datetime) -> str:
    """Return a new sixteen-digit code, told to the person once; the old one opens nothing from now on (3.3.3)."""
    allowed = rules.may_issue_code(may_do_casework=by.has(*CASE_ROLES), knows_who_asks=knows_who_asks)
    require(allowed)
    code = new_code()
    Report.objects.filter(pk=report.pk).update(code_hash=keyed_hash("code", code))
    CodeRequest.objects.filter(report=report, settled_at__isnull=True).update(settled_at=at, settled_by=by, issued=True)
    return code


@action("code.refused")
def refuse_code(*, request: CodeRequest, by: Staff, at: datetime) -> CodeRequest:
    """Record that no new code is issued, because it is not the person who reported who asks (clause 3.3.3)."""
    require(rules.may_issue_code(may_do_casework=by.has(*CASE_ROLES), knows_who_asks=True))
    request.settled_at, request.settled_by, request.issued = at, by, False
    request.save(update_fields=["settled_at", "settled_by", "issued"])
    return request
