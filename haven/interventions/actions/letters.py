"""Finding the agreement, writing the letter, and letting the shield look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from haven.accounts.models import Staff
from haven.cases.queries.facts import viewer_of
from haven.confidentiality.actions import check_text, clear_finding
from haven.confidentiality.models import Check
from haven.confidentiality.queries import protected_in
from haven.confidentiality.shield import Protected
from haven.homes.models import AgreementClause, Tenancy
from haven.interventions.actions.shared import advanced, in_preparation, kept, taken_off_the_pile
from haven.interventions.letters.content import CLAUSES, HEADINGS, Clause, Content, Text
from haven.interventions.models import Intervention, Letter, TenureFound
from haven.interventions.queries import latest_letter, latest_tenure, tool_facts
from haven.interventions.rules import letters as rules
from haven.interventions.rules import steps
from haven.kernel.action import action, note
from haven.kernel.clock import local_date
from haven.kernel.decision import require
from haven.people.choices import Part as Lives
from haven.people.models import Occupancy, Person
from haven.policy.pack import pack

HOLDERS = (Lives.TENANT, Lives.JOINT_TENANT, Lives.LEASEHOLDER)


@action("intervention.tenure_found")
def find_tenure(
    *,
    intervention: Intervention,
    tenancy: Tenancy,
    link: str,
    words: str = "",
    press: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Intervention:
    """Record the tenancy and agreement that a step rests on; its holders answer for household and visitors (3.5.2(a)).

    Homes that the landlord manages for another count as its own. Raises Refused where the register says otherwise.
    """
    row = in_preparation(intervention, by)
    holders = holders_of(tenancy)
    require(
        rules.may_find_tenure(
            link=link,
            lives_as=_lives_as(tenancy, row.subject),
            is_running=tenancy.ends_on is None,
            has_holder=bool(holders),
            words=words,
        )
    )
    note(tenancy=tenancy.pk, agreement=tenancy.agreement_id, link=link)
    said = {"tenancy": tenancy, "agreement": tenancy.agreement, "link": link, "words": words.strip() or None}
    found = kept(TenureFound, intervention=row, press=press, by=by, at=at, **said)
    found.recipients.set(holders)
    return taken_off_the_pile(row, at)


def holders_of(tenancy: Tenancy) -> list[Person]:
    """Return who holds a tenancy now: every one of several holders gets the letter."""
    rows = Occupancy.objects.filter(tenancy=tenancy, part__in=HOLDERS, to_on=None).order_by("pk")
    return [row.person for row in rows.select_related("person__sealing_key")]


def _lives_as(tenancy: Tenancy, person: Person) -> str:
    """Return what somebody is in a household by the register: holder, member, or nothing."""
    rows = Occupancy.objects.filter(Q(person=person) | Q(person__same_as=person.one_person) | Q(person=person.one_person))
    parts = set(rows.filter(tenancy=tenancy, to_on=None).values_list("part", flat=True))
    if parts & set(HOLDERS):
        return "holder"
    return "member" if parts else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wrote of a letter: its parts, the clauses that it quotes, and a translation if there is one."""

    parts: Mapping[str, str]
    clauses: Sequence[AgreementClause]
    language: str = "en"
    translated: Mapping[str, str] | None = None
    translated_headings: Mapping[str, str] | None = None
    translated_clauses: Sequence[tuple[str, str]] = ()
    translated_clauses_heading: str = ""
    agreed_language: str = ""


@action("intervention.letter_written")
def write_letter(
    *, intervention: Intervention, draft: Draft, seen: int, press: UUID | None = None, by: Staff, at: datetime
) -> Intervention:
    """Keep the next version of a letter and let the shield look at it; approval and check of another text are void.

    `seen` is the number of the version that the writer had before them, 0 for none. Raises Refused where somebody else
    has written meanwhile, for clauses of another agreement, and for a part that is empty (3.5.2(a), 3.4.3(c)).
    """
    row = in_preparation(intervention, by)
    tenure, before = latest_tenure(row), latest_letter(row)
    require(rules.may_write_over(seen=seen, now=before.number if before else 0))
    own = tenure.agreement_id if tenure else None
    agreements = {clause.agreement_id for clause in draft.clauses}
    require(rules.may_quote(has_tenure=tenure is not None, agreement=own, quoted=agreements))
    require(rules.may_keep_letter(**_empty(draft)))
    content = content_of(row, draft, tenure, by=by, at=at)
    made = kept(
        Letter,
        intervention=row,
        number=before.number + 1 if before else 1,
        language=content.sent.language,
        content=content.as_json(),
        text_hash=content.fixed_by(row.case.sealing_key.record_key()),
        agreed_language=draft.agreed_language.strip() or None,
        press=press,
        by=by,
        at=at,
    )
    made.clauses.set(draft.clauses)
    row.text_hash = made.text_hash
    note(number=made.number, language=made.language)
    row = taken_off_the_pile(row, at, "text_hash")
    _check(row, made, content, by, at)
    return advanced(row, at)


def _empty(draft: Draft) -> dict[str, Any]:
    """Return what the rule needs to say whether a part is empty."""
    parts = dict(draft.parts)
    if draft.translated is not None:
        further = {"heading of the clauses": draft.translated_clauses_heading}
        further |= {f"heading of {HEADINGS[part].lower()}": (draft.translated_headings or {}).get(part, "") for part in HEADINGS}
        words = [*draft.translated.values(), *(text for pair in draft.translated_clauses for text in pair)]
        further |= {f"text {number}": text for number, text in enumerate(words, start=1)}
        parts |= further
    empty = [HEADINGS.get(part, part) for part, text in parts.items() if not text.strip()]
    return {"is_translated": draft.translated is not None, "empty": empty, "has_clauses": bool(draft.clauses)}


def content_of(row: Intervention, draft: Draft, tenure: TenureFound | None, *, by: Staff, at: datetime) -> Content:
    """Return a whole letter: what was written, and what Haven knows of whom it is to and from."""
    clauses = tuple(
        Clause(number=each.number, heading=each.heading, words=each.words) for each in draft.clauses
    )
    english = Text(language="en", headings=HEADINGS, parts=dict(draft.parts), clauses_heading=CLAUSES, clauses=clauses)
    home = tenure.tenancy.property if tenure else None
    return Content(
        to=tuple(each.name or "The tenant" for each in tenure.recipients.all()) if tenure else (),
        address=tuple(part.strip() for part in home.one_line.split(",")) if home else (),
        dated=local_date(at),
        reference=f"Our reference: {row.case.reference}",
        tenancy=str(tenure.tenancy_id) if tenure else "",
        officer=by.name,
        telephone=pack().landlord.telephone,
        english=english,
        translated=_translated(draft, clauses),
    )


def _translated(draft: Draft, clauses: Sequence[Clause]) -> Text | None:
    if draft.translated is None:
        return None
    pairs = zip(clauses, draft.translated_clauses, strict=True)
    return Text(
        language=draft.language,
        headings=dict(draft.translated_headings or {}),
        parts=dict(draft.translated),
        clauses_heading=draft.translated_clauses_heading,
        clauses=tuple(Clause(number=each.number, heading=heading, words=words) for each, (heading, words) in pairs),
    )


@action("intervention.shield_asked")
def check_letter(*, intervention: Intervention, by: Staff, at: datetime) -> Intervention:
    """Let the identity shield look at the letter as it is now, under what the case knows now (3.3.3)."""
    row = in_preparation(intervention, by)
    letter = latest_letter(row)
    require(rules.may_check(has_letter=letter is not None))
    if letter is not None:
        _check(row, letter, Content.from_json(letter.content), by, at)
    return advanced(row, at)


def _check(row: Intervention, letter: Letter, content: Content, by: Staff, at: datetime) -> Check:
    return check_text(
        case=row.case,
        parts=content.for_shield(),
        text_hash=letter.text_hash,
        protected=protected_for(row),
        language=content.sent.language,
        written_by=letter.by,
        by=by,
        at=at,
    )


def protected_for(row: Intervention) -> Protected:
    """Return what must not be in a letter of this step: all of the case, and what was said when they were consulted."""
    tenure = latest_tenure(row)
    recipients = list(tenure.recipients.all()) if tenure else []
    asked = row.consultations.select_related("intervention__case__sealing_key")
    words = [each for said in asked for each in (said.wishes, said.fears)]
    clauses = AgreementClause.objects.filter(agreement=tenure.agreement) if tenure else AgreementClause.objects.none()
    types = (each.label for each in pack().incident_types.values())
    strands = (each.label for each in pack().strands.values())
    ordinary = [*(f"{each.heading} {each.words}" for each in clauses), *types, *strands]
    return protected_in(row.case, recipients=[row.subject, *recipients], accounts=words, ordinary=ordinary)


@action("intervention.finding_cleared")
def clear_found(
    *, intervention: Intervention, check: Check, number: int, reason: str, by: Staff, at: datetime
) -> Intervention:
    """Leave one thing that the shield found in the letter, with a reason; only by somebody who may approve it (3.3.3)."""
    row = in_preparation(intervention, by)
    require(
        steps.may_approve(
            viewer_of(by),
            rank_needed=tool_facts(row).rank,
            prepared_by=prepared_by(row),
            is_waiting=row.waiting_since is not None,
            is_text_seen=check.case_id == row.case_id and check.text_hash == row.text_hash,
        )
    )
    note(number=number)
    clear_finding(check=check, number=number, reason=reason, by=by, at=at)
    return advanced(row, at)


def prepared_by(row: Intervention) -> frozenset[int]:
    """Return who proposed a step, wrote its letter, had it checked or asked for approval: none of them approves it."""
    letter = latest_letter(row)
    checks = Check.objects.filter(case=row.case, text_hash=row.text_hash).values_list("by", flat=True)
    people = {row.proposed_by_id, row.asked_by_id, letter.by_id if letter else None}
    return frozenset(pk for pk in {*people, *(checks if row.text_hash else ())} if pk is not None)
