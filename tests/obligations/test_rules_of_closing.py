"""When a case may be closed, as truth tables and properties; no database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.obligations.choices import NEVER_ALONE, LetterBy, Reason, View
from haven.obligations.rules import ClosedFacts, MessageFacts
from haven.obligations.rules import closing as rules
from haven.obligations.rules.closing import CHECKLIST, Affected, ClosingFacts, may_close
from haven.policy.bands import Band
from tests.obligations.test_rules import DAY, HOUR, SUNDAY, case, keys, local, only, report, spoken

BOTH = [True, False]
AMINA = Affected(
    id=5,
    view=View.CONTENT,
    view_at=SUNDAY - HOUR,
    assessed_at=SUNDAY - DAY,
    band=Band.MEDIUM,
    reopening_explained=True,
    rights_explained=True,
)
READY = ClosingFacts(at=SUNDAY, people=(AMINA,), last_happened_at=SUNDAY - 30 * DAY)


def amina(**said) -> ClosingFacts:
    return replace(READY, people=(replace(AMINA, **said),))


@pytest.mark.clause("3.5.1", "3.3.2", "3.4.1", "3.3.1", "3.3.5", "3.4.3(e)", "3.4.3(c)", "4.1")
def test_a_case_that_is_ready_is_closed():
    assert may_close(READY)
    assert all(line(READY).allowed for _, line in CHECKLIST)
    assert rules.may_propose(READY)
    assert rules.has_a_reason(READY)
    assert rules.has_their_views(READY)
    assert rules.is_freshly_assessed(READY)
    assert rules.has_outcomes(READY)
    assert rules.keeps_evidence(READY)
    assert rules.has_explained(READY)
    assert rules.has_a_letter(READY)
    assert rules.is_signed_off(READY)


@pytest.mark.clause("3.4.1", "3.3.1", "3.3.2", "3.3.5")
@pytest.mark.parametrize(
    ("facts", "guard"),
    [
        (replace(READY, does_casework=False), "may_propose"),
        (replace(READY, is_open=False), "may_propose"),
        (replace(READY, words=" "), "may_propose"),
        (replace(READY, reasons=()), "has_a_reason"),
        (replace(READY, reasons=("tired",)), "has_a_reason"),
        (replace(amina(view=View.WANTS_OPEN), reasons=(Reason.THEY_ASK,)), "has_a_reason"),
        (amina(view=""), "has_their_views"),
        (amina(assessed_at=None), "is_freshly_assessed"),
        (amina(assessed_at=SUNDAY - 31 * DAY), "is_freshly_assessed"),
        (replace(READY, last_happened_at=SUNDAY - HOUR), "is_freshly_assessed"),
        (amina(is_incomplete=True), "is_freshly_assessed"),
        (replace(READY, people=(), has_household=True), "is_freshly_assessed"),
        (replace(READY, open_steps=1), "has_outcomes"),
        (replace(READY, open_interventions=2), "has_outcomes"),
        (replace(READY, open_duties=frozenset({"graffiti_hate"})), "has_outcomes"),
        (replace(READY, open_duties=frozenset({"first_contact"})), "has_outcomes"),
        (replace(READY, files_unsettled=1), "keeps_evidence"),
        (amina(reopening_explained=False), "has_explained"),
        (amina(rights_explained=False), "has_explained"),
        (replace(READY, letter_by="owl"), "has_a_letter"),
        (replace(READY, letter_by=LetterBy.NONE), "has_a_letter"),
        (replace(READY, letter_by=LetterBy.EMAIL), "has_a_letter"),
        (replace(READY, letter=" "), "has_a_letter"),
        (replace(READY, letter_is_readable=False), "has_a_letter"),
        (amina(band=Band.HIGH), "is_signed_off"),
        (amina(view=View.WANTS_OPEN), "is_signed_off"),
        (replace(amina(band=Band.CRITICAL), may_sign_off=True), "is_signed_off"),
        (replace(amina(band=Band.CRITICAL), is_proposer=False), "is_signed_off"),
    ],
)
def test_each_line_that_does_not_hold_keeps_it_open(facts, guard):
    refused = may_close(facts)
    assert not refused
    assert refused.guard == f"obligations.{guard}"
    assert refused.clause


@pytest.mark.clause("3.3.1", "4.1")
@pytest.mark.parametrize("facts", [amina(band=Band.CRITICAL), amina(view=View.WANTS_OPEN), replace(READY, people=())])
def test_a_manager_who_did_not_propose_it_signs_off(facts):
    assert may_close(replace(facts, may_sign_off=True, is_proposer=False))


@pytest.mark.clause("3.4.1")
def test_somebody_who_could_not_be_reached_is_owed_no_talk_and_a_manager_decides():
    facts = amina(view=View.NOT_REACHED, reopening_explained=False, rights_explained=False, is_incomplete=True)
    owed = frozenset({"first_contact", "interview", "update"})
    asked = replace(facts, open_duties=owed, may_sign_off=True, is_proposer=False)
    assert may_close(asked)
    assert not may_close(replace(asked, open_duties=owed | {"welfare_check"}))
    assert not may_close(replace(asked, is_proposer=True))


def test_where_no_way_is_safe_there_is_no_letter():
    assert may_close(replace(READY, letter_by=LetterBy.NONE, letter="", safe_ways=frozenset()))


def test_what_goes_on_while_a_case_is_open_does_not_keep_it_open():
    assert may_close(replace(READY, open_duties=frozenset({"update", "risk_review", "case_review"})))


@pytest.mark.clause("3.3.5")
@pytest.mark.parametrize(("days", "fresh"), [(1, True), (13, True), (17, False)])
def test_how_old_an_assessment_may_be(days, fresh):
    facts = replace(amina(assessed_at=SUNDAY - days * DAY), last_happened_at=None)
    assert may_close(facts).allowed is fresh
    household = replace(facts, people=(), has_household=True, household_assessed_at=SUNDAY - days * DAY)
    assert may_close(replace(household, may_sign_off=True, is_proposer=False)).allowed is fresh


@pytest.mark.clause("3.3.2")
@given(some.sets(some.sampled_from(Reason.values)))
def test_what_is_never_a_reason_is_none_however_much_of_it_there_is(given_reasons):
    decision = rules.has_a_reason(replace(READY, reasons=tuple(given_reasons)))
    assert decision.allowed is bool(given_reasons - set(NEVER_ALONE))


flags = {
    "view": some.sampled_from(["", *View.values]),
    "band": some.sampled_from(list(Band)),
    "reopening_explained": some.booleans(),
    "rights_explained": some.booleans(),
    "is_incomplete": some.booleans(),
}


@given(some.lists(some.fixed_dictionaries(flags), max_size=3), some.booleans(), some.booleans())
def test_nobody_is_closed_out_without_a_word_or_by_one_person_where_it_matters(people, manager, own):
    affected = tuple(replace(AMINA, id=number, **said) for number, said in enumerate(people))
    facts = replace(READY, people=affected, may_sign_off=manager, is_proposer=own)
    if may_close(facts):
        assert all(each.view for each in affected)
        if not affected or any(each.view != View.CONTENT or each.band.severity >= 3 for each in affected):
            assert manager
            assert not own


@pytest.mark.clause("3.4.1", "3.3.3(a)")
@pytest.mark.parametrize("view", [*View.values, "gone"])
@pytest.mark.parametrize("talked", BOTH)
@pytest.mark.parametrize("tried", BOTH)
@pytest.mark.parametrize("welfare", BOTH)
@pytest.mark.parametrize("has_words", BOTH)
def test_a_view_is_said_or_everything_was_tried(view, talked, tried, welfare, has_words):
    decision = rules.may_record_view(
        view, has_talked=talked, all_tried=tried, welfare_decided=welfare, has_words=has_words
    )
    said = view in (View.CONTENT, View.WANTS_OPEN) and talked and has_words
    assert decision.allowed is (said or (view == View.NOT_REACHED and tried and welfare))


@pytest.mark.clause("3.3.1")
@pytest.mark.parametrize("is_open", BOTH)
@pytest.mark.parametrize("manager", BOTH)
@pytest.mark.parametrize("own", BOTH)
@pytest.mark.parametrize("reason", BOTH)
def test_who_sends_a_proposal_back(is_open, manager, own, reason):
    decision = rules.may_send_back(is_open=is_open, may_sign_off=manager, is_proposer=own, has_reason=reason)
    assert decision.allowed is (is_open and (manager or own) and reason)


@pytest.mark.clause("3.5.1", "2.0(b)")
@pytest.mark.parametrize("closed", BOTH)
@pytest.mark.parametrize("casework", BOTH)
@pytest.mark.parametrize("has_words", BOTH)
def test_who_opens_a_closed_case_again(closed, casework, has_words):
    decision = rules.may_reopen(is_closed=closed, does_casework=casework, has_words=has_words)
    assert decision.allowed is (closed and casework and has_words)


CLOSED = ClosedFacts(case=3, at=SUNDAY, in_writing=True)


@pytest.mark.clause("3.4.1", "3.1.2-B")
def test_what_is_owed_once_a_case_is_closed():
    facts = report(cases=(case(closed_at=SUNDAY),), closed=(CLOSED,))
    assert only("closure_letter", facts).due_at == local("2026-11-24 17:00")
    assert only("aftercare", facts).due_at == local("2026-12-18 17:00")
    assert only("survey", facts).due_at == local("2026-12-04 17:00")
    assert "closure_letter" not in keys(replace(facts, closed=(replace(CLOSED, in_writing=False),)))
    assert "aftercare" not in keys(replace(facts, closed=(replace(CLOSED, case=9),)))
    assert "aftercare" not in keys(replace(facts, cases=(case(closed_at=SUNDAY, leading_report=8),)))


@pytest.mark.clause("3.4.1")
def test_what_meets_it():
    letter = MessageFacts(at=SUNDAY, from_person=False)
    told = report(cases=(case(closed_at=SUNDAY),), closed=(CLOSED,), messages=(letter,))
    assert only("closure_letter", told).met_at == SUNDAY
    for said, letter, call in (
        ({"is_two_way": False}, SUNDAY + HOUR, None),
        ({"is_two_way": False, "is_word": False}, None, None),
        ({}, SUNDAY + HOUR, SUNDAY + HOUR),
        ({"case": None}, None, None),
        ({"at": SUNDAY - HOUR}, None, None),
    ):
        facts = report(
            cases=(case(closed_at=SUNDAY),), closed=(CLOSED,), contacts=(spoken(HOUR, **{"case": 3, **said}),)
        )
        assert (only("closure_letter", facts).met_at, only("aftercare", facts).met_at) == (letter, call)
    answered = replace(told, messages=(MessageFacts(at=SUNDAY + timedelta(days=20), from_person=True),))
    assert only("aftercare", answered).met_at == SUNDAY + timedelta(days=20)
