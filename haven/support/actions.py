"""Writing a plan, agreeing it with the person, recording what became of it, and what developed besides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from haven.accounts.models import Staff
from haven.cases.actions.allocating import seen_case
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson
from haven.cases.queries.facts import viewer_of
from haven.cases.rules import casework
from haven.kernel.action import action, note
from haven.kernel.clock import local_date
from haven.kernel.decision import Decision, require
from haven.people.choices import Safe
from haven.people.models import Person
from haven.people.queries import latest_needs, latest_safe_contact
from haven.policy import working_days
from haven.policy.pack import pack
from haven.support import rules
from haven.support.choices import Covers, Ended
from haven.support.models import DevelopmentRecord, ItemOutcome, Plan, PlanItem
from haven.support.queries import draft_of, end_of_day, left_behind, plan_of, steps_of
from haven.support.rules import Agreeing, Drafted, Heard, ItemSaid


@action("plan.begun")
def begin_plan(*, case: Case, person: Person, covers: str = Covers.WHOLE, by: Staff, at: datetime) -> Plan:
    """Begin a plan for somebody harmed, or its next version with every step still open carried on (3.3.1)."""
    locked = _open_case(case, by)
    harmed = CasePerson.objects.filter(case=locked, person=person, part=Part.HARMED, until=None).exists()
    require(rules.may_plan_for(is_harmed=harmed, covers=covers))
    require(rules.may_begin_version(has_draft=draft_of(locked, person) is not None))
    before = plan_of(locked, person)
    number = before.number + 1 if before else 1
    made = Plan.objects.create(case=locked, person=person, number=number, covers=covers, drafted_at=at, drafted_by=by)
    if before is not None:
        _carry_on(before, made, by, at)
    note(person=person.pk, number=number, covers=covers)
    return made


def _carry_on(before: Plan, into: Plan, by: Staff, at: datetime) -> None:
    """Copy what is still open into the next version; a piece of beginning it."""
    for step in steps_of(Plan.objects.filter(pk=before.pk)):
        if step.outcome is None:
            said = said_of(step.item)
            _write(into, said, template=step.item.template, by=by, at=at, carries=step.item)


@action("plan.steps_offered")
def add_from_pack(*, plan: Plan, codes: Sequence[str], by: Staff, at: datetime) -> Plan:
    """Put steps in the landlord's own words into a draft, each with the latest day that its clock allows (3.3.1)."""
    _, draft = _draft(plan, by)
    steps = pack().plan_items
    require(_are_known(codes))
    for code in codes:
        step = steps[code]
        due_on = local_date(working_days.ends(step.within, at)) if step.within else None
        said = ItemSaid(words=step.label, kind=step.kind, doer=step.doer, due_on=due_on)
        _write(draft, said, template=code, by=by, at=at)
    note(plan=draft.pk, steps=list(codes))
    return draft


def _are_known(codes: Sequence[str]) -> Decision:
    if not codes or set(codes) - set(pack().plan_items):
        return Decision.no("Choose at least one step that is offered.", clause="3.3.1")
    return Decision.yes(clause="3.3.1")


@action("plan.step_written")
def write_item(*, plan: Plan, said: ItemSaid, item: PlanItem | None = None, by: Staff, at: datetime) -> PlanItem:
    """Write a step of a draft, or write one anew: what, who, by when, and what of theirs it answers (3.3.1)."""
    _, draft = _draft(plan, by)
    if item is None:
        require(rules.may_write_item(said, today=local_date(at)))
        written = _write(draft, said, template="", by=by, at=at)
    else:
        own = PlanItem.objects.select_related("plan__person__sealing_key", "plan__case").get(pk=item.pk, plan=draft)
        whole = _with_template(said, own.template)
        require(rules.may_write_item(whole, today=local_date(at)))
        written = _put(own, whole)
        written.save()
    note(plan=draft.pk, item=written.pk, doer=written.doer, is_tailored=written.is_tailored)
    return written


def _write(
    plan: Plan, said: ItemSaid, *, template: str, by: Staff, at: datetime, carries: PlanItem | None = None
) -> PlanItem:
    """Save a step; a piece of writing one, of offering several and of carrying them on."""
    item = _put(
        PlanItem(plan=plan, template=template, carries=carries, written_at=at, written_by=by),
        _with_template(said, template),
    )
    item.save(force_insert=True)
    return item


def _put(item: PlanItem, said: ItemSaid) -> PlanItem:
    item.words, item.kind, item.doer, item.due_on = said.words.strip(), said.kind, said.doer, said.due_on
    item.answers, item.why = said.answers, said.why.strip() or None
    item.is_tailored = rules.is_tailored(said)
    return item


def _with_template(said: ItemSaid, code: str) -> ItemSaid:
    step = pack().plan_items.get(code)
    return ItemSaid(
        words=said.words,
        kind=said.kind,
        doer=said.doer,
        due_on=said.due_on,
        answers=said.answers,
        why=said.why,
        template=step.label if step else "",
    )


def said_of(item: PlanItem) -> ItemSaid:
    """Return what a step says, as the rules read it."""
    said = ItemSaid(
        words=item.words,
        kind=item.kind,
        doer=item.doer,
        due_on=item.due_on,
        answers=item.answers,
        why=item.why or "",
    )
    return _with_template(said, item.template)


@action("plan.step_removed")
def remove_item(*, plan: Plan, item: PlanItem, by: Staff, at: datetime) -> Plan:
    """Take a step out of a draft; one that was promised before is settled in its own version (3.3.1)."""
    _, draft = _draft(plan, by)
    note(plan=draft.pk, item=item.pk)
    PlanItem.objects.filter(pk=item.pk, plan=draft).delete()
    return draft


@action("plan.agreed")
def agree_plan(*, plan: Plan, agreeing: Agreeing, by: Staff, at: datetime) -> Plan:
    """Record that the person agreed to a plan, how, in which language, and the copy they were given (3.3.1, 3.4.1).

    Raises Refused for a plan with nothing of theirs in it, for silence, and for a copy that they cannot use.
    """
    locked = _open_case(plan.case, by)
    draft = _locked(plan, locked)
    require(rules.may_agree(drafted(draft), agreeing, at=at))
    heard = heard_of(draft.person)
    require(rules.may_have_talked(agreeing, heard))
    require(rules.may_give_copy(agreeing.copy, heard))
    draft.agreed_at, draft.agreed_by, draft.recorded_at = agreeing.agreed_at, by, at
    draft.told, draft.language, draft.through = agreeing.told, agreeing.language, agreeing.through
    copy = agreeing.copy
    draft.copy_language, draft.copy_format, draft.copy_way = copy.language, copy.format, copy.way
    draft.copy_as_needed, draft.copy_wish = rules.copy_matches_needs(copy, heard), copy.wish.strip() or None
    draft.save()
    note(plan=draft.pk, person=draft.person_id, number=draft.number, covers=draft.covers, told=draft.told)
    return draft


def drafted(plan: Plan) -> Drafted:
    """Return a plan as the rules read it before it is agreed."""
    items = PlanItem.objects.filter(plan=plan).select_related("plan__person__sealing_key")
    return Drafted(
        covers=plan.covers,
        items=[said_of(item) for item in items],
        is_agreed=plan.is_agreed,
        left_behind=len(left_behind(plan)),
    )


def heard_of(person: Person) -> Heard:
    """Return what somebody needs so that they can be heard, and which ways to write to them are safe."""
    needs, contact = latest_needs([person.pk]).get(person.pk), latest_safe_contact([person.pk]).get(person.pk)
    safe = [way for way in ("letter", "email") if contact is not None and getattr(contact, way) == Safe.YES]
    if needs is None:
        return Heard(safe=safe)
    return Heard(
        spoken=needs.spoken, written=needs.written, interpreter=needs.interpreter, formats=needs.formats, safe=safe
    )


@action("plan.step_ended")
def end_item(
    *, item: PlanItem, outcome: str, done_on: date | None = None, reason: str = "", by: Staff, at: datetime
) -> ItemOutcome:
    """Record what became of a step; a later record corrects an earlier one, and both stay (3.4.1)."""
    locked = _open_case(item.plan.case, by)
    plan = Plan.objects.get(pk=item.plan_id, case=locked)
    require(
        rules.may_end_item(
            is_agreed=plan.is_agreed,
            outcome=outcome,
            done_on=done_on,
            reason=reason,
            written_on=local_date(_first_written(item)),
            today=local_date(at),
        )
    )
    ended_at = min(at, end_of_day(done_on)) if outcome == Ended.DONE and done_on else at
    note(item=item.pk, outcome=outcome)
    return ItemOutcome.objects.create(
        item=item, outcome=outcome, ended_at=ended_at, reason=reason.strip() or None, at=at, by=by
    )


def _first_written(item: PlanItem) -> datetime:
    """Return when a step was first put into a plan, whichever version that was."""
    first = item
    while first.carries is not None:
        first = first.carries
    return first.written_at


@action("development.recorded")
def record_development(
    *, case: Case, kind: str, learnt_at: datetime, words: str = "", by: Staff, at: datetime
) -> DevelopmentRecord:
    """Record that something happened in the matter; the person is told of it, or the danger looked at again (3.4.1)."""
    locked = _open_case(case, by)
    require(rules.may_record_development(kind=kind, learnt_at=learnt_at, at=at))
    note(kind=kind)
    return DevelopmentRecord.objects.create(
        case=locked, kind=kind, learnt_at=learnt_at, note=words.strip() or None, at=at, by=by
    )


def _draft(plan: Plan, by: Staff) -> tuple[Case, Plan]:
    """Return the locked case and a plan that may still be written in; shared by the acts on a draft."""
    locked = _open_case(plan.case, by)
    draft = _locked(plan, locked)
    require(rules.may_change_plan(is_agreed=draft.is_agreed))
    return locked, draft


def _locked(plan: Plan, case: Case) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",)).select_related("person__sealing_key", "case")
    return rows.get(pk=plan.pk, case=case)


def _open_case(case: Case, by: Staff) -> Case:
    """Return the locked case if `by` may work on it; shared by the acts of this part."""
    locked = seen_case(case, by)
    require(casework.may_work_on(viewer_of(by), is_open=locked.is_open))
    return locked
