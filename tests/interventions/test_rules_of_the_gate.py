"""The common gate as truth tables: every condition, every date, and no subset but the whole passes (DOMAIN.md 6.1)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.interventions.choices import Condition, Danger, Evidence, Side, State, View
from haven.interventions.rules import conditions as one
from haven.interventions.rules import may_carry_out, may_wait_for_approval, missing, standing, state_of
from haven.interventions.rules.facts import Assessed, Consented, Consulted, Overridden, ToldFirst
from tests.interventions.gates import (
    AT,
    BEFORE,
    DAY,
    EARLY,
    FATHER,
    GONE,
    HOUR,
    MOTHER,
    PROPOSER,
    WRITER,
    gate,
    later,
    meeting,
)


def without(conditions):
    changed = {}
    for each in conditions:
        changed |= GONE[each]
    return gate(**changed)


@pytest.mark.clause("3.5.2")
def test_a_step_with_everything_there_may_be_carried_out():
    assert may_carry_out(gate())
    assert may_carry_out(meeting())
    assert [each.condition for each in standing(gate())] == [each for each in Condition if each != Condition.AGREED]


@pytest.mark.clause("3.5.2")
@given(st.sets(st.sampled_from(list(GONE)), min_size=1))
def test_no_subset_of_the_conditions_is_enough(taken):
    decision = may_carry_out(without(taken))
    assert not decision.allowed
    assert decision.reason
    assert decision.clause
    assert taken <= {each.condition for each in missing(without(taken))}


@pytest.mark.clause("3.5.2")
@given(st.sampled_from(list(GONE)), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_nothing_that_is_dated_at_the_act_or_after_it_counts(condition, after):
    assert not may_carry_out(gate(**later(AT + after)[condition]))


@pytest.mark.clause("3.5.2")
@given(st.sets(st.sampled_from(list(GONE))), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=40)))
def test_whatever_is_missing_or_later_the_reason_names_the_first_and_how_many_more(taken, after):
    changed = {}
    for each in taken:
        changed |= later(AT + after)[each]
    found = missing(gate(**changed))
    decision = may_carry_out(gate(**changed))
    assert decision.allowed == (not found)
    if len(found) > 1:
        assert ("One" if len(found) == 2 else str(len(found) - 1)) in decision.reason
        assert "missing" in decision.reason
        assert decision.clause == found[0].decision.clause


@pytest.mark.clause("3.5.2")
def test_each_person_harmed_is_consulted_before_it():
    assert one.is_consulted(gate())
    assert "Nobody harmed is known" in one.is_consulted(gate(harmed=frozenset())).reason
    assert "The person harmed has not" in one.is_consulted(gate(consulted=())).reason
    two = gate(harmed=frozenset({MOTHER, FATHER}))
    assert "1 of 2 people harmed" in one.is_consulted(two).reason
    asked_later = Consulted(person=MOTHER, asked_at=AT, at=EARLY, view=View.AGREES)
    assert not one.is_consulted(gate(consulted=(asked_later,)))


@pytest.mark.clause("3.5.2")
def test_wishes_are_followed_or_a_manager_answers_and_tells_them_first():
    against = Consulted(person=MOTHER, asked_at=EARLY, at=EARLY, view=View.AGAINST)
    refusing = gate(consulted=(against,))
    assert one.is_consulted(refusing)
    assert not one.are_wishes_followed(refusing)
    answer = Overridden(person=MOTHER, told_at=EARLY, at=EARLY)
    assert one.are_wishes_followed(replace(refusing, overridden=(answer,)))
    assert not one.are_wishes_followed(replace(refusing, overridden=(replace(answer, told_at=AT),)))
    assert not one.are_wishes_followed(replace(refusing, overridden=(replace(answer, at=AT),)))
    assert not one.are_wishes_followed(replace(refusing, overridden=(replace(answer, person=FATHER),)))
    changed_mind = replace(against, at=EARLY + HOUR, view=View.NO_VIEW)
    assert one.are_wishes_followed(gate(consulted=(changed_mind, against)))
    for view in (View.AGREES, View.ASKS, View.NO_VIEW):
        assert one.are_wishes_followed(gate(consulted=(replace(against, view=view),)))


@pytest.mark.clause("3.5.2")
def test_the_risk_is_assessed_since_the_proposal_and_they_are_safe_first():
    assert one.is_risk_reviewed(gate())
    before_proposal = Assessed(person=MOTHER, at=AT - 3 * DAY)
    for assessed in ((), (before_proposal,), (Assessed(person=MOTHER, at=AT),), (Assessed(person=FATHER, at=EARLY),)):
        assert "assessed again" in one.is_risk_reviewed(gate(assessed=assessed)).reason
    assert "Nobody has looked" in one.is_risk_reviewed(gate(reviewed=None)).reason
    reviewed = gate().reviewed
    for in_place_at in (None, AT, AT + HOUR):
        open_ = gate(reviewed=replace(reviewed, in_place_at=in_place_at))
        assert "not in place yet" in one.is_risk_reviewed(open_).reason


@pytest.mark.clause("3.5.2")
def test_belief_is_enough_to_record_and_not_to_act_on():
    chosen = gate().evidence
    belief = replace(chosen, kinds=frozenset({Evidence.PERCEPTION}))
    assert "enough to record" in one.is_evidenced(gate(evidence=belief)).reason
    assert one.is_evidenced(gate(evidence=replace(chosen, kinds=frozenset({Evidence.PERCEPTION, Evidence.WITNESS}))))
    assert one.is_evidenced(meeting(evidence=belief))
    assert "No evidence" in one.is_evidenced(gate(evidence=replace(chosen, kinds=frozenset()))).reason
    assert "No evidence" in one.is_evidenced(gate(evidence=None)).reason


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize(
    ("legal", "vulnerable", "days", "fair", "reason"),
    [
        (False, False, None, True, ""),
        (True, False, None, True, "have not been looked at"),
        (False, True, None, True, "have not been looked at"),
        (True, False, 28, True, ""),
        (True, False, 29, True, "older than 28 days"),
        (False, True, 40, True, "older than 28 days"),
        (True, False, 1, False, "not proportionate"),
    ],
)
def test_equality_and_proportionality_are_looked_at_where_needed_and_go_stale(legal, vulnerable, days, fair, reason):
    whole = gate()
    weighed = replace(whole.weighed, at=AT - timedelta(days=days), is_proportionate=fair) if days else None
    asked = gate(tool=replace(whole.tool, is_legal=legal), needs_proportionality=vulnerable, weighed=weighed)
    decision = one.is_proportionate(asked)
    assert decision.allowed == (not reason)
    assert reason in decision.reason


@pytest.mark.clause("3.5.2")
def test_the_person_responsible_is_heard():
    assert one.is_heard(gate())
    assert "not been heard" in one.is_heard(gate(heard=None)).reason


@pytest.mark.clause("3.4.4", "3.4.5")
def test_help_to_change_is_thought_of():
    assert one.is_support_considered(gate())
    assert one.is_support_considered(gate(supported_at=None)).clause == "3.4.4"


@pytest.mark.clause("3.5.2(c)")
def test_mediation_is_screened_and_both_agree_freely():
    assert one.is_agreed(gate())
    assert one.is_agreed(meeting())
    whole = meeting()
    assert "could harm somebody" in one.is_agreed(meeting(screened=None)).reason
    assert "could harm somebody" in one.is_agreed(meeting(screened=replace(whole.screened, at=AT))).reason
    for danger in Danger:
        assert "fear, pressure" in one.is_agreed(meeting(screened=replace(whole.screened, dangers=frozenset({danger})))).reason
    assert "trained in hate" in one.is_agreed(meeting(screened=replace(whole.screened, is_trained_in_hate=False))).reason
    for consents in ((), whole.consents[:1], whole.consents[1:], (replace(whole.consents[0], at=AT), whole.consents[1])):
        assert "Both sides" in one.is_agreed(meeting(consents=consents)).reason
    for side in (0, 1):
        no = (*whole.consents, replace(whole.consents[side], at=BEFORE + timedelta(minutes=1), agrees=False))
        assert "held against nobody" in one.is_agreed(meeting(consents=no)).reason
    second = Consented(at=BEFORE, person=FATHER, side=Side.HARMED, agrees=False)
    assert "held against nobody" in one.is_agreed(meeting(consents=(*whole.consents, second))).reason


@pytest.mark.clause("3.5.2(a)")
def test_a_step_rests_on_the_agreement_that_the_household_has_now():
    tenure = gate().tenure
    assert one.is_tenure_right(gate())
    assert one.is_tenure_right(meeting())
    assert "Nobody has said" in one.is_tenure_right(gate(tenure=None)).reason
    assert "has ended" in one.is_tenure_right(gate(tenure=replace(tenure, is_running=False))).reason
    assert "another version" in one.is_tenure_right(gate(tenure=replace(tenure, agreement_now=8))).reason
    shared = one.is_tenure_right(gate(tenure=replace(tenure, is_shared_with_harmed=True)))
    assert (shared.allowed, shared.clause) == (False, "3.3.3")


@pytest.mark.clause("3.5.2(a)", "3.4.3(c)")
@pytest.mark.parametrize(
    ("changed", "clause"),
    [
        ({}, ""),
        ({"clause_agreements": frozenset()}, "3.5.2(a)"),
        ({"clause_agreements": frozenset({8})}, "3.5.2(a)"),
        ({"clause_agreements": frozenset({7, 8})}, "3.5.2(a)"),
        ({"reads": "pl"}, "3.4.3(c)"),
        ({"reads": "pl", "is_agreed_language": True}, ""),
        ({"reads": "pl", "language": "pl"}, ""),
        ({"reads": "pt-BR", "language": "pt"}, ""),
        ({"reads": "en"}, ""),
    ],
)
def test_a_letter_quotes_the_right_agreement_and_can_be_read(changed, clause):
    decision = one.is_letter_written(gate(letter=replace(gate().letter, **changed)))
    assert decision.allowed == (not clause)
    assert not clause or decision.clause == clause


@pytest.mark.clause("3.5.2(a)")
def test_a_letter_must_be_there():
    assert one.is_letter_written(meeting())
    assert "has not been written" in one.is_letter_written(gate(letter=None)).reason
    assert "does not have" in one.is_letter_written(gate(tenure=None)).reason


@pytest.mark.clause("3.3.3")
def test_the_shield_passed_the_very_text_that_is_sent():
    shield = gate().shield
    assert one.is_shielded(gate())
    assert one.is_shielded(meeting())
    for changed in (
        {"shield": None},
        {"letter": None},
        {"shield": replace(shield, text_hash="other")},
        {"shield": replace(shield, is_this_shield=False)},
        {"shield": replace(shield, open_findings=1)},
        {"shield": replace(shield, at=AT)},
    ):
        assert one.is_shielded(gate(**changed)).clause == "3.3.3"
        assert not one.is_shielded(gate(**changed))


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"approves": False}, "sent back"),
        ({"by": PROPOSER}, "Whoever proposed or wrote"),
        ({"by": WRITER}, "Whoever proposed or wrote"),
        ({"text_hash": "other"}, "changed after it was approved"),
        ({"at": AT}, "Nobody has approved"),
        ({"at": EARLY - HOUR}, "asked again after"),
    ],
)
def test_another_person_approves_the_step_as_it_stands(changed, reason):
    assert one.is_approved(gate())
    assert reason in one.is_approved(gate(approved=replace(gate().approved, **changed))).reason


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize("rank", [0, 1, 2])
@pytest.mark.parametrize("needed", [0, 1, 2])
def test_the_level_of_approval_is_that_of_the_tool(rank, needed):
    whole = gate()
    asked = gate(tool=replace(whole.tool, rank=needed), approved=replace(whole.approved, rank=rank))
    assert one.is_approved(asked).allowed == (rank >= needed)


@pytest.mark.clause("3.5.2")
def test_the_person_harmed_knows_before_it_happens():
    assert one.is_told_first(gate())
    assert "does not know yet" in one.is_told_first(gate(told=())).reason
    assert one.is_told_first(gate(told=(ToldFirst(person=MOTHER, at=BEFORE, told_at=None),)))
    assert not one.is_told_first(gate(told=(ToldFirst(person=MOTHER, at=BEFORE, told_at=AT),)))
    assert not one.is_told_first(gate(harmed=frozenset({MOTHER, FATHER})))


@pytest.mark.clause("3.5.2")
def test_approval_is_asked_for_once_everything_but_it_is_there():
    open_ = gate(approved=None, told=(), shield=replace(gate().shield, open_findings=2))
    assert may_wait_for_approval(open_)
    for condition in set(GONE) - {Condition.APPROVED, Condition.TOLD, Condition.SHIELD}:
        assert not may_wait_for_approval(replace(open_, **GONE[condition])), condition


@pytest.mark.clause("3.5.2")
def test_wishes_are_a_line_of_the_list_once_somebody_was_asked():
    shown = {each.condition for each in standing(gate(consulted=()))}
    assert {Condition.CONSULTED} == shown & {Condition.CONSULTED, Condition.WISHES}


@pytest.mark.clause("3.5.2")
def test_how_far_a_step_has_come_follows_from_what_is_there():
    table = {
        State.PROPOSED: {"consulted": ()},
        State.CONSULTED: {"evidence": None},
        State.ASSESSED: {"approved": None, "told": ()},
        State.APPROVED: {"told": ()},
    }
    assert {state: state_of(gate(**changed)) for state, changed in table.items()} == {state: state for state in table}
    assert state_of(gate()) == State.APPROVED
    assert state_of(gate(shield=None)) == State.ASSESSED
