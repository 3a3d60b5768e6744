"""What a plan must hold before it is agreed, as truth tables; no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.support import rules
from haven.support.rules import Agreeing, Copy, Drafted, Heard, ItemSaid

AT = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TEMPLATE = "We change or mend the locks."
OURS = ItemSaid(
    words=TEMPLATE,
    template=TEMPLATE,
    kind="home",
    doer="team",
    due_on=TODAY + timedelta(days=1),
    answers="fear",
    why="He still has a key",
)
BARE = replace(OURS, answers="", why="")
AGREEING = Agreeing(agreed_at=AT, told="in_person", language="en", through="directly", copy=Copy(language="en"))
WHOLE = Drafted(covers="whole", items=[BARE, OURS])


@pytest.mark.clause("3.3.1")
@pytest.mark.parametrize(
    ("change", "tailored"),
    [
        ({}, True),
        ({"answers": ""}, False),
        ({"answers": "whim"}, False),
        ({"why": ""}, False),
        ({"why": "Fear."}, False),
        ({"why": " … — ! "}, False),
        ({"why": TEMPLATE}, False),
        ({"why": "we CHANGE or mend the locks"}, False),
        ({"words": "We fit a bolt", "why": "We fit a bolt."}, False),
        ({"why": "خائفة في الليل"}, True),
    ],
)
def test_a_step_is_theirs_when_it_names_something_of_theirs_in_its_own_words(change, tailored):
    assert rules.is_tailored(replace(OURS, **change)) is tailored


@pytest.mark.clause("3.3.1", "3.4.1")
@pytest.mark.parametrize(
    ("plan", "agreeing", "allowed"),
    [
        ({}, {}, True),
        ({"covers": "safety"}, {}, True),
        ({"items": [BARE]}, {}, False),
        ({"items": []}, {}, False),
        ({}, {"told": "telephone"}, True),
        ({}, {"told": "video"}, True),
        ({}, {"told": "sent"}, False),
        ({}, {"told": "voicemail"}, False),
        ({}, {"told": ""}, False),
        ({"is_agreed": True}, {}, False),
        ({"left_behind": 1}, {}, False),
        ({"covers": "tea"}, {}, False),
        ({}, {"agreed_at": AT + timedelta(minutes=1)}, False),
        ({"items": [replace(OURS, due_on=TODAY)]}, {}, True),
        ({"items": [replace(OURS, due_on=TODAY - timedelta(days=1))]}, {}, False),
        ({"items": [replace(OURS, due_on=None)]}, {}, False),
        ({"items": [replace(OURS, due_on=None, doer="agency")]}, {}, True),
    ],
)
def test_when_a_plan_counts_as_agreed(plan, agreeing, allowed):
    decision = rules.may_agree(replace(WHOLE, **plan), replace(AGREEING, **agreeing), at=AT)
    assert decision.allowed is allowed
    assert decision.clause in ("3.3.1", "3.4.1")


@pytest.mark.clause("3.4.3(b)")
@pytest.mark.parametrize(
    ("agreeing", "heard", "allowed"),
    [
        ({}, {}, True),
        ({"through": "family"}, {}, False),
        ({"through": ""}, {}, False),
        ({"language": ""}, {}, False),
        ({}, {"interpreter": "yes", "spoken": "ar"}, False),
        ({}, {"interpreter": "yes"}, False),
        ({"through": "interpreter"}, {"interpreter": "yes", "spoken": "ar"}, True),
        ({"language": "ar"}, {"interpreter": "yes", "spoken": "ar"}, True),
        ({"language": "ar-SY"}, {"interpreter": "yes", "spoken": "ar"}, True),
        ({}, {"interpreter": "no", "spoken": "ar"}, True),
    ],
)
def test_when_the_two_can_have_understood_each_other(agreeing, heard, allowed):
    assert rules.may_have_talked(replace(AGREEING, **agreeing), Heard(**heard)).allowed is allowed


@pytest.mark.clause("3.4.3(c)", "3.3.3")
@pytest.mark.parametrize(
    ("copy", "heard", "allowed"),
    [
        ({}, {}, True),
        ({}, {"written": "ar"}, False),
        ({"wish": "I read English better"}, {"written": "ar"}, True),
        ({"language": "ar"}, {"written": "ar"}, True),
        ({}, {"spoken": "ar"}, False),
        ({}, {"spoken": "ar", "written": "en"}, True),
        ({}, {"formats": ["LARGE_PRINT"]}, False),
        ({"format": "large_print"}, {"formats": ["large_print", "audio"]}, True),
        ({"format": "bsl"}, {"formats": ["sign_video"]}, True),
        ({"format": "stone"}, {}, False),
        ({"way": "pigeon"}, {}, False),
        ({"way": "none"}, {}, False),
        ({"way": "none", "wish": "He goes through my post"}, {}, True),
        ({"way": "letter"}, {}, False),
        ({"way": "letter", "wish": "Send it"}, {}, False),
        ({"way": "letter"}, {"safe": ["letter"]}, True),
        ({"way": "email"}, {"safe": ["letter"]}, False),
    ],
)
def test_when_a_copy_was_given_as_they_need_it_or_wish_it(copy, heard, allowed):
    assert rules.may_give_copy(replace(Copy(language="en"), **copy), Heard(**heard)).allowed is allowed


@pytest.mark.clause("3.3.1", "3.4.1")
@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"words": " "}, False),
        ({"doer": "nobody"}, False),
        ({"kind": "tea"}, False),
        ({"due_on": None}, False),
        ({"due_on": None, "doer": "staff"}, False),
        ({"due_on": None, "doer": "agency"}, True),
        ({"due_on": None, "doer": "person"}, True),
        ({"due_on": TODAY}, True),
        ({"due_on": TODAY - timedelta(days=1)}, False),
        ({"why": ""}, False),
        ({"answers": ""}, False),
        ({"answers": "whim"}, False),
        ({"why": "", "answers": ""}, True),
    ],
)
def test_what_a_step_must_say(change, allowed):
    assert rules.may_write_item(replace(OURS, **change), today=TODAY).allowed is allowed


ENDING = {
    "is_agreed": True,
    "outcome": "done",
    "done_on": TODAY,
    "reason": "",
    "written_on": TODAY - timedelta(days=2),
    "today": TODAY,
}


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"is_agreed": False}, False),
        ({"outcome": "forgotten"}, False),
        ({"done_on": None}, False),
        ({"done_on": TODAY + timedelta(days=1)}, False),
        ({"done_on": TODAY - timedelta(days=2)}, True),
        ({"done_on": TODAY - timedelta(days=3)}, False),
        ({"outcome": "not_done"}, False),
        ({"outcome": "not_done", "reason": "No locks left"}, True),
        ({"outcome": "not_wanted", "reason": " "}, False),
        ({"outcome": "not_wanted", "reason": "She moved out", "done_on": None}, True),
    ],
)
def test_what_may_be_said_of_a_step(change, allowed):
    assert rules.may_end_item(**{**ENDING, **change}).allowed is allowed


@pytest.mark.clause("3.3.1")
def test_with_whom_and_when_a_plan_is_begun_and_changed():
    assert rules.may_plan_for(is_harmed=True, covers="whole")
    assert not rules.may_plan_for(is_harmed=False, covers="whole")
    assert not rules.may_plan_for(is_harmed=True, covers="tea")
    assert rules.may_begin_version(has_draft=False)
    assert not rules.may_begin_version(has_draft=True)
    assert rules.may_change_plan(is_agreed=False)
    assert not rules.may_change_plan(is_agreed=True)


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize(
    ("kind", "after", "allowed"), [("arrest", 0, True), ("arrest", 1, False), ("gossip", 0, False)]
)
def test_what_developments_may_be_recorded(kind, after, allowed):
    learnt_at = AT + timedelta(minutes=after)
    assert rules.may_record_development(kind=kind, learnt_at=learnt_at, at=AT).allowed is allowed


steps = some.lists(
    some.builds(
        ItemSaid,
        words=some.text(max_size=20),
        template=some.sampled_from(["", TEMPLATE]),
        kind=some.just("home"),
        doer=some.sampled_from(["staff", "agency"]),
        due_on=some.just(TODAY),
        answers=some.sampled_from(["", "need", "wish", "fear"]),
        why=some.text(max_size=20) | some.just("She is afraid of the stairs"),
    ),
    max_size=4,
)


@pytest.mark.clause("3.3.1")
@given(items=steps, told=some.sampled_from(["in_person", "telephone", "video", "sent", "voicemail"]))
def test_no_plan_is_agreed_without_something_of_theirs_and_their_word(items, told):
    decision = rules.may_agree(Drafted(covers="whole", items=items), replace(AGREEING, told=told), at=AT)
    if decision.allowed:
        assert any(each.why.strip() and each.answers for each in items)
        assert told in ("in_person", "telephone", "video")
