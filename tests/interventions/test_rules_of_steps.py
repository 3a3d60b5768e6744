"""What may be proposed, recorded, decided and ended, as truth tables; no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from haven.cases.rules.seeing import Viewer
from haven.interventions.choices import Danger, Ending, Evidence, Hearing, Link, Result, Served, View
from haven.interventions.rules import Proposal, letters, mediation, recording, steps
from haven.policy.bands import Band
from haven.policy.pack import pack
from tests.interventions.gates import gate

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)
TOOLS = pack().tools


def viewer(*roles, number=5):
    return Viewer(id=number, roles=frozenset(roles), team=1)


def proposal(**changed):
    given = {
        "is_responsible": True, "is_in_preparation": False, "is_hate": True, "band": Band.HIGH, "is_asked_for": False,
        "asker_is_harmed": False, "has_other_step": True, "purpose": "That it stops.",
    }  # fmt: skip
    return Proposal(**{**given, **changed})


@pytest.mark.clause("3.5.2")
def test_no_ladder_is_compulsory():
    for tool in ("FIRST_WARNING", "FINAL_WARNING"):
        for band in (None, *Band):
            assert steps.may_propose(TOOLS[tool], proposal(band=band, has_other_step=False))


@pytest.mark.clause("3.5.2", "3.5.2(c)")
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"is_responsible": False}, "may be responsible"),
        ({"is_in_preparation": True}, "being prepared already"),
        ({"purpose": " "}, "what this step is to achieve"),
        ({"is_asked_for": True}, "Only a person harmed"),
    ],
)
def test_a_step_is_about_somebody_responsible_and_says_what_it_is_for(changed, reason):
    decision = steps.may_propose(TOOLS["FIRST_WARNING"], proposal(**changed))
    assert reason in decision.reason


@pytest.mark.clause("3.5.2(c)")
@pytest.mark.parametrize("band", [None, *Band])
@pytest.mark.parametrize("is_hate", [True, False])
@pytest.mark.parametrize("has_other_step", [True, False])
@pytest.mark.parametrize("asked", [True, False])
def test_mediation_is_never_pushed(band, is_hate, has_other_step, asked):
    given = proposal(
        band=band, is_hate=is_hate, has_other_step=has_other_step, is_asked_for=asked, asker_is_harmed=asked
    )
    decision = steps.may_propose(TOOLS["MEDIATION"], given)
    blocked = is_hate and band in (None, Band.HIGH, Band.CRITICAL)
    assert decision.allowed == (asked or (has_other_step and not blocked))
    if blocked and not asked:
        assert "not offered where hate" in decision.reason
        assert decision.clause == "3.5.2(c)"


@pytest.mark.clause("3.5.2")
def test_what_led_to_a_step_stays_as_it_was():
    assert steps.may_prepare(is_done=False, is_over=False)
    assert "carried out" in steps.may_prepare(is_done=True, is_over=False).reason
    assert "has ended" in steps.may_prepare(is_done=True, is_over=True).reason


@pytest.mark.clause("3.5.2")
def test_a_consultation_holds_wishes_fears_and_how_they_were_weighed():
    whole = {
        "is_harmed": True, "view": View.AGREES, "wishes": "W", "fears": "F", "weighed": "X", "asked_at": AT, "at": AT,
    }  # fmt: skip
    assert recording.may_record_consultation(**whole)
    for changed in (
        {"is_harmed": False}, {"view": "maybe"}, {"wishes": " "}, {"fears": ""}, {"weighed": ""}, {"asked_at": LATER},
    ):  # fmt: skip
        assert not recording.may_record_consultation(**{**whole, **changed}), changed


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize(
    ("role", "needed", "allowed"),
    [
        ("caseworker", 1, False), ("team_manager", 1, True), ("head_of_service", 1, True), ("team_manager", 2, False),
        ("head_of_service", 2, True), ("administrator", 1, False),
    ],
)  # fmt: skip
def test_going_against_wishes_is_decided_a_level_up(role, needed, allowed):
    whole = {"rank_needed": needed, "is_against": True, "reason": "R", "plan": "P", "in_place": "I", "told_at": AT, "at": AT}
    assert steps.may_go_against(viewer(role), **whole).allowed == allowed
    for changed in ({"is_against": False}, {"reason": ""}, {"plan": " "}, {"in_place": ""}, {"told_at": LATER}):
        assert not steps.may_go_against(viewer("head_of_service"), **{**whole, **changed}), changed


def test_the_next_rank_up_ends_with_the_head():
    assert [steps.rank_above(rank) for rank in (0, 1, 2)] == [1, 2, 2]


@pytest.mark.clause("3.5.2")
def test_a_review_says_what_the_step_may_do_and_what_keeps_them_safe():
    whole = {"may_do": "D", "measures": "M", "in_place_at": AT, "at": AT}
    assert recording.may_review_risk(**whole)
    assert recording.may_review_risk(**{**whole, "in_place_at": None})
    for changed in ({"may_do": ""}, {"measures": " "}, {"in_place_at": LATER}):
        assert not recording.may_review_risk(**{**whole, **changed}), changed


@pytest.mark.clause("3.5.2")
def test_evidence_is_of_this_case_of_a_kind_and_enough():
    whole = {"kinds": [Evidence.RECORDING], "why": "W", "is_of_this_case": True}
    assert recording.may_choose_evidence(**whole)
    for changed in ({"kinds": []}, {"kinds": ["rumour"]}, {"why": ""}, {"is_of_this_case": False}):
        assert not recording.may_choose_evidence(**{**whole, **changed}), changed


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize("result", list(Hearing))
@pytest.mark.parametrize("consulted", [True, False])
def test_the_person_responsible_is_approached_only_after_the_person_harmed_was_asked(result, consulted):
    decision = recording.may_record_hearing(result=result, words="W", is_consulted=consulted)
    unheard = result in (Hearing.NOT_SAFE, Hearing.WITHOUT_NOTICE)
    assert decision.allowed == (consulted or unheard)
    assert not recording.may_record_hearing(result=result, words="", is_consulted=True)
    assert not recording.may_record_hearing(result="perhaps", words="W", is_consulted=True)


@pytest.mark.clause("3.4.4", "3.4.5")
def test_help_is_named_or_why_none_was_offered():
    assert recording.may_record_support(is_offered=True, kinds=["education"], words="W")
    assert recording.may_record_support(is_offered=False, kinds=[], words="W")
    assert not recording.may_record_support(is_offered=True, kinds=[], words="W")
    assert not recording.may_record_support(is_offered=False, kinds=[], words=" ")


@pytest.mark.clause("3.5.2")
def test_a_look_at_proportionality_answers_every_question():
    whole = dict.fromkeys(recording.QUESTIONS, "Not known.")
    assert recording.may_assess_proportionality(whole)
    for question in recording.QUESTIONS:
        assert not recording.may_assess_proportionality({**whole, question: " "}), question


@pytest.mark.clause("3.5.2")
def test_telling_before_says_how_and_when():
    whole = {"is_harmed": True, "told_at": AT, "words": "W", "at": AT}
    assert recording.may_record_telling(**whole)
    assert recording.may_record_telling(**{**whole, "told_at": None})
    for changed in ({"is_harmed": False}, {"told_at": LATER}, {"words": ""}):
        assert not recording.may_record_telling(**{**whole, **changed}), changed


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize(
    ("role", "needed", "allowed"),
    [
        ("caseworker", 0, True), ("caseworker", 1, False), ("team_manager", 1, True), ("team_manager", 2, False),
        ("head_of_service", 2, True), ("auditor", 0, False),
    ],
)  # fmt: skip
def test_another_person_approves_at_the_level_of_the_tool(role, needed, allowed):
    whole = {"rank_needed": needed, "prepared_by": {1, 2, 3}, "is_waiting": True, "is_text_seen": True}
    assert steps.may_approve(viewer(role), **whole).allowed == allowed
    boss = "head_of_service"
    for changed in ({"is_waiting": False}, {"is_text_seen": False}):
        assert not steps.may_approve(viewer(boss), **{**whole, **changed}), changed
    for number in (1, 2, 3):
        assert "cannot approve it" in steps.may_approve(viewer(boss, number=number), **whole).reason


@pytest.mark.clause("3.5.2")
def test_sending_back_has_a_reason():
    assert steps.may_send_back(reason="R")
    assert not steps.may_send_back(reason=" ")


@pytest.mark.clause("3.3.3")
def test_nothing_that_the_shield_found_is_open_when_it_is_approved():
    assert steps.may_approve_what_was_found(gate())
    open_ = gate(shield=replace(gate().shield, open_findings=1))
    assert "one thing" in steps.may_approve_what_was_found(open_).reason


@pytest.mark.clause("3.5.2")
def test_a_step_is_carried_out_once_and_not_before_its_time():
    whole = {"done": "", "is_over": False, "how": Served.BY_HAND, "is_voluntary": False, "served_at": AT, "at": AT}
    assert steps.may_record_service(**whole)
    assert steps.may_record_service(**{**whole, "how": Served.BEGUN, "is_voluntary": True})
    twice = steps.may_record_service(**{**whole, "done": "by hand, 23 November"})
    assert twice.reason == "It is recorded already: by hand, 23 November."
    for changed in (
        {"is_over": True}, {"how": "e-mail"}, {"how": Served.BEGUN}, {"is_voluntary": True}, {"served_at": LATER},
    ):  # fmt: skip
        assert not steps.may_record_service(**{**whole, **changed}), changed


@pytest.mark.clause("3.5.2")
def test_what_came_of_a_step_is_recorded_while_it_counts():
    whole = {"is_done": True, "is_over": False, "kind": Result.REPLY, "words": "W"}
    assert steps.may_record_outcome(**whole)
    for changed in ({"is_done": False}, {"is_over": True}, {"kind": "nothing"}, {"words": ""}):
        assert not steps.may_record_outcome(**{**whole, **changed}), changed


@pytest.mark.clause("3.5.2")
@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize("is_voluntary", [True, False])
@pytest.mark.parametrize("ended_as", list(Ending))
def test_a_step_ends_as_it_can(is_done, is_voluntary, ended_as):
    decision = steps.may_end(is_over=False, is_done=is_done, is_voluntary=is_voluntary, ended_as=ended_as)
    always = {Ending.WITHDRAWN, Ending.REPLACED}
    done = {Ending.COMPLIED, Ending.EXPIRED} if is_done else set()
    free = ({Ending.NOT_TAKEN_UP} | ({Ending.AGREED} if is_done else set())) if is_voluntary else set()
    assert decision.allowed == (ended_as in always | done | free)
    assert not steps.may_end(is_over=True, is_done=is_done, is_voluntary=is_voluntary, ended_as=ended_as)


@pytest.mark.clause("3.5.2(a)")
@pytest.mark.parametrize(
    ("link", "lives_as", "words", "allowed"),
    [
        (Link.TENANT, "holder", "", True), (Link.TENANT, "member", "", False), (Link.TENANT, "", "", False),
        (Link.HOUSEHOLD, "member", "", True), (Link.HOUSEHOLD, "", "", False), (Link.VISITOR, "", "Seen there", True),
        (Link.VISITOR, "", " ", False), ("friend", "", "W", False),
    ],
)  # fmt: skip
def test_the_tenant_answers_for_household_and_visitors(link, lives_as, words, allowed):
    whole = {"link": link, "lives_as": lives_as, "is_running": True, "has_holder": True, "words": words}
    assert letters.may_find_tenure(**whole).allowed == allowed
    for changed in ({"is_running": False}, {"has_holder": False}):
        assert not letters.may_find_tenure(**{**whole, **changed})


@pytest.mark.clause("3.5.2(a)")
def test_only_clauses_of_the_very_agreement_are_quoted():
    assert letters.may_quote(has_tenure=True, agreement=7, quoted={7})
    assert "another agreement" in letters.may_quote(has_tenure=True, agreement=7, quoted={7, 8}).reason
    assert "Nobody has said" in letters.may_quote(has_tenure=False, agreement=None, quoted=()).reason


@pytest.mark.clause("3.5.2(a)", "3.4.3(c)")
def test_a_letter_has_every_part():
    assert letters.may_keep_letter(is_translated=False, empty=[], has_clauses=True)
    for is_translated, clause in ((False, "3.5.2(a)"), (True, "3.4.3(c)")):
        decision = letters.may_keep_letter(is_translated=is_translated, empty=["x"], has_clauses=True)
        assert (decision.allowed, decision.clause) == (False, clause)
    assert not letters.may_keep_letter(is_translated=False, empty=[], has_clauses=False)


@pytest.mark.clause("3.5.2")
def test_a_letter_follows_the_version_that_its_writer_saw():
    assert letters.may_write_over(seen=2, now=2)
    assert not letters.may_write_over(seen=1, now=2)


@pytest.mark.clause("3.3.3")
def test_the_shield_looks_at_a_letter_that_is_there():
    assert letters.may_check(has_letter=True)
    assert not letters.may_check(has_letter=False)


@pytest.mark.clause("3.5.2(c)")
def test_mediation_alone_is_screened():
    whole = {"is_voluntary": True, "dangers": [Danger.FEAR], "words": "W"}
    assert mediation.may_screen(**whole)
    for changed in ({"is_voluntary": False}, {"dangers": ["rain"]}, {"words": ""}):
        assert not mediation.may_screen(**{**whole, **changed}), changed


@pytest.mark.clause("3.5.2(c)")
def test_the_other_side_is_asked_last():
    whole = {
        "is_voluntary": True, "is_side": True, "asks_responsible": True, "is_consulted": True, "is_screened": True,
    }  # fmt: skip
    assert mediation.may_consent(**whole)
    for changed in ({"is_voluntary": False}, {"is_side": False}, {"is_consulted": False}, {"is_screened": False}):
        assert not mediation.may_consent(**{**whole, **changed}), changed
    assert mediation.may_consent(**{**whole, "asks_responsible": False, "is_consulted": False})
