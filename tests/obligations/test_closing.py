"""A case is closed by the whole checklist at that moment, on everybody's word, and opened again when they ask."""

from dataclasses import replace

import pytest
from django.db import Error, connection, transaction

from haven.cases.models import CasePerson
from haven.correspondence.actions import ContactTold, decide_welfare, record_contact
from haven.correspondence.choices import Covered, PoliceTalk, Result, StillSafe, Way
from haven.correspondence.models import Message
from haven.kernel.decision import Refused
from haven.kernel.sealing import keyed_hash
from haven.obligations import actions
from haven.obligations.choices import ClosingState, LetterBy, Reason, View
from haven.obligations.models import Closing, ClosingView, Duty
from haven.obligations.projection import check
from haven.obligations.queries.closing import Proposed, closing_facts, proposal_of
from haven.obligations.rules.closing import CHECKLIST
from haven.people.actions import Ways, record_safe_contact
from haven.reports.choices import Identity
from haven.reports.models import Report
from haven.risk.actions import record_assessment
from haven.trail.models import Entry
from tests.cases import cast
from tests.risk.cast import told as assessed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.4.1", "3.3.1")]
AT, HOUR, DAY = cast.AT, cast.HOUR, cast.DAY
THEN = AT + DAY
PROPOSED = Proposed(
    reasons=(Reason.STOPPED,), words="Quiet for two months.", letter="We have closed it.", letter_by=LetterBy.CODE,
    letter_language="en",
)  # fmt: skip


@pytest.fixture
def worker(tyne):
    return cast.caseworker(tyne)


@pytest.fixture
def manager(tyne):
    return cast.manager(tyne)


@pytest.fixture
def case(worker):
    made = cast.case(by=worker, caseworker=worker, reporter="Amina Yusuf", identity=Identity.NAMED)
    Report.objects.filter(case_links__case=made).update(code_hash=keyed_hash("code", "1" * 16))
    return made


@pytest.fixture
def amina(case, worker):
    found = CasePerson.objects.get(case=case, part="harmed").person
    ways = Ways(preferred="call", safe={"call": "yes", "text": "yes"})
    record_safe_contact(person=found, ways=ways, by=worker, at=AT)
    return found


def talk(case, person, by, at=AT + HOUR, covered=(Covered.REOPENING, Covered.COMPLAINT)):
    told = ContactTold(
        way=Way.CALL, result=Result.TWO_WAY, happened_at=at, is_interview=True, covered=covered,
        still_safe=StillSafe.CONFIRMED, police=PoliceTalk.DOES_NOT, words="It has stopped.",
    )  # fmt: skip
    return record_contact(matter=case, person=person, told=told, by=by, at=at)


@pytest.fixture
def ready(case, amina, worker):
    """A case in which everything was done and she is content."""
    return made_ready(case, amina, worker)


def made_ready(case, amina, worker):
    talk(case, amina, worker)
    record_assessment(case=case, told=assessed(amina, A1=1), by=worker, at=AT + 2 * HOUR)
    actions.record_view(case=case, person=amina, view=View.CONTENT, words="Close it.", by=worker, at=AT + 2 * HOUR)
    return case


def propose(case, by, at=THEN, **said):
    return actions.propose_closing(case=case, proposed=replace(PROPOSED, **said), by=by, at=at)


def test_a_case_is_closed_by_its_caseworker_when_every_line_holds(ready, worker):
    closing = propose(ready, worker)
    assert not closing.needs_sign_off
    actions.close_case(closing=closing, by=worker, at=THEN)
    ready.refresh_from_db()
    assert (ready.state, ready.closed_at) == ("closed", THEN)
    assert Message.objects.get(report__case_links__case=ready).words == "We have closed it."
    found = {duty.key: duty.met_at for duty in Duty.objects.filter(case=ready, starts_at=THEN)}
    assert found == {"closure_letter": THEN, "aftercare": None, "survey": None}
    entry = Entry.objects.get(act="case.closed")
    assert {"obligations.has_their_views", "obligations.is_signed_off", "obligations.has_a_letter"} <= set(entry.guards)
    assert list(check()) == []


def test_pressed_twice_it_is_closed_once(ready, worker):
    closing = propose(ready, worker)
    actions.close_case(closing=closing, by=worker, at=THEN)
    with pytest.raises(Refused):
        actions.close_case(closing=closing, by=worker, at=THEN + HOUR)
    assert Message.objects.count() == 1


def test_what_changed_since_it_was_proposed_keeps_it_open(ready, amina, worker):
    closing = propose(ready, worker)
    actions.record_view(case=ready, person=amina, view=View.WANTS_OPEN, words="Not yet.", by=worker, at=THEN)
    with pytest.raises(Refused) as refused:
        actions.close_case(closing=closing, by=worker, at=THEN + HOUR)
    assert refused.value.decision.guard == "obligations.is_signed_off"
    assert not Message.objects.exists()
    ready.refresh_from_db()
    assert ready.is_open


def test_a_manager_who_did_not_propose_it_signs_it_off(ready, amina, worker, manager):
    actions.record_view(case=ready, person=amina, view=View.WANTS_OPEN, words="Not yet.", by=worker, at=AT + 3 * HOUR)
    own = propose(ready, manager)
    with pytest.raises(Refused):
        actions.close_case(closing=own, by=manager, at=THEN)
    with pytest.raises(Refused):
        actions.send_back_closing(closing=own, why=" ", by=worker, at=THEN)
    assert actions.send_back_closing(closing=own, why="Hers.", by=manager, at=THEN).state == ClosingState.WITHDRAWN
    other = propose(ready, worker)
    actions.close_case(closing=other, by=manager, at=THEN)
    ready.refresh_from_db()
    assert not ready.is_open


def test_a_proposal_is_sent_back_and_made_again(ready, worker, manager):
    closing = propose(ready, worker)
    with pytest.raises(Refused):
        propose(ready, worker)
    with pytest.raises(Refused):
        actions.send_back_closing(closing=closing, why="Why?", by=cast.caseworker(cast.team("Wear")), at=THEN)
    actions.send_back_closing(closing=closing, why="Ask about the lock.", by=manager, at=THEN)
    assert proposal_of(ready) is None
    assert propose(ready, worker).state == ClosingState.PROPOSED


@pytest.mark.clause("3.3.2")
@pytest.mark.parametrize("reasons", [("police_no_action",), ("denied", "moved"), ("no_reply",), ("counter",), ()])
def test_what_is_no_reason_is_refused_at_every_door(ready, worker, reasons):
    with pytest.raises(Refused):
        propose(ready, worker, reasons=reasons)
    said = {"case": ready, "reasons": list(reasons), "proposed_at": THEN, "policy_version": "test"}
    with pytest.raises(Error), transaction.atomic():
        Closing.objects.create(**said, state="closed", needs_sign_off=False, decided_at=THEN, letter_by="none")


def test_the_database_closes_nothing_without_everybodys_word_or_a_second_person(case, amina, worker):
    said = {"case": case, "reasons": ["stopped"], "proposed_at": THEN, "policy_version": "test", "decided_at": THEN}
    with pytest.raises(Error, match="has not said what they think"), transaction.atomic():
        Closing.objects.create(**said, state="closed", needs_sign_off=False)
    talk(case, amina, worker)
    actions.record_view(case=case, person=amina, view=View.CONTENT, words="Yes.", by=worker, at=AT + 2 * HOUR)
    with pytest.raises(Error, match="somebody_else_signs"), transaction.atomic():
        Closing.objects.create(**said, state="closed", needs_sign_off=True, proposed_by=worker, decided_by=worker)
    with pytest.raises(Error, match="a_view_was_said"), transaction.atomic():
        ClosingView.objects.create(case=case, person=amina, view=View.NOT_REACHED, by=worker, at=THEN)
    for statement in ("DELETE FROM obligations_closingview", "TRUNCATE obligations_closing CASCADE"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_view_is_said_in_a_conversation_by_somebody_harmed(case, amina, worker):
    with pytest.raises(Refused):
        actions.record_view(case=case, person=amina, view=View.CONTENT, words="Yes.", by=worker, at=AT)
    talk(case, amina, worker)
    with pytest.raises(Refused):
        actions.record_view(case=case, person=amina, view=View.CONTENT, words=" ", by=worker, at=THEN)
    with pytest.raises(Refused):
        actions.record_view(case=case, person=amina, view=View.NOT_REACHED, words="", by=worker, at=THEN)
    with pytest.raises(Refused):
        actions.record_view(
            case=case, person=cast.person("Nobody"), view=View.CONTENT, words="Yes.", by=worker, at=THEN
        )


def test_silence_closes_only_after_everything_was_tried_and_her_welfare_was_thought_of(case, amina, worker, manager):
    for days, hour, way, result in ((0, 11, "call", "no_answer"), (1, 18, "text", "sent"), (8, 11, "call", "no_answer")):
        at = (AT + days * DAY).replace(hour=hour)
        told = ContactTold(way=way, result=result, happened_at=at)
        record_contact(matter=case, person=amina, told=told, by=worker, at=at)
    then = AT + 9 * DAY
    view = {"case": case, "person": amina, "view": View.NOT_REACHED, "words": "", "by": worker, "at": then}
    with pytest.raises(Refused):
        actions.record_view(**view)
    decide_welfare(case=case, person=amina, decided="police", reason="Silent.", by=worker, at=then)
    actions.record_view(**view)
    record_assessment(case=case, told=assessed(amina, A1=1), by=worker, at=then)
    with pytest.raises(Refused):
        propose(case, worker, at=then, reasons=("no_reply",))
    closing = propose(case, worker, at=then, reasons=("stopped", "no_reply"))
    with pytest.raises(Refused):
        actions.close_case(closing=closing, by=worker, at=then)
    actions.close_case(closing=closing, by=manager, at=then)


@pytest.mark.clause("3.5.1")
def test_a_closed_case_is_opened_again_with_its_people_and_every_clock_anew(ready, amina, worker):
    asked = {"person": amina, "words": "He is back.", "danger": ("NONE",), "channel": "PHONE", "language": "en"}
    with pytest.raises(Refused):
        actions.reopen_case(case=ready, **asked, by=worker, at=THEN)
    actions.close_case(closing=propose(ready, worker), by=worker, at=THEN)
    later = THEN + 20 * DAY
    with pytest.raises(Refused):
        actions.reopen_case(case=ready, **{**asked, "words": " "}, by=worker, at=later)
    opened = actions.reopen_case(case=ready, **asked, by=worker, at=later)
    assert (opened.reopens, opened.caseworker, opened.is_open) == (ready, worker, True)
    assert CasePerson.objects.filter(case=opened, person=amina, part="harmed").exists()
    assert Report.objects.get(case_links__case=opened).account == "He is back."
    duty = Duty.objects.get(key="first_contact", case=opened)
    assert (duty.starts_at, duty.met_at) == (later, None)
    ready.refresh_from_db()
    assert not ready.is_open
    assert list(check()) == []


def test_the_checklist_of_a_case_in_which_nothing_was_done_says_everything(case, amina, worker):
    facts = closing_facts(case, Proposed(), by=worker, at=THEN)
    held = {text for text, line in CHECKLIST if line(facts)}
    assert held == {"Evidence kept"}


@pytest.mark.clause("3.4.1")
def test_a_case_is_not_closed_while_a_step_of_its_plan_has_no_outcome(ready, amina, worker):
    from haven.support.models import ItemOutcome, Plan, PlanItem

    at = cast.AT
    plan = Plan.objects.create(case=ready, person=amina, number=1, drafted_at=at, drafted_by=worker)
    item = PlanItem.objects.create(
        plan=plan, words="She keeps a diary.", kind="other", doer="person", answers="wish", why="To be believed",
        is_tailored=True, written_at=at, written_by=worker,
    )
    agreed = {"told": "telephone", "language": "en", "through": "directly", "copy_way": "handed", "copy_as_needed": True}
    Plan.objects.filter(pk=plan.pk).update(agreed_at=at, recorded_at=at, agreed_by=worker, **agreed)
    assert closing_facts(ready, Proposed(), by=worker, at=at).open_steps == 1
    ItemOutcome.objects.create(item=item, outcome="done", ended_at=at, at=at, by=worker)
    assert closing_facts(ready, Proposed(), by=worker, at=at).open_steps == 0
