"""From answers to what they tell us and back."""

from datetime import date

import pytest

from haven.people.choices import Method, Safe
from haven.reports.answers import answers_of, non_answer, role_of, told_of
from haven.reports.choices import Identity, NonAnswer, Scope
from haven.reports.told import NeedsTold, SafeWays, Someone, Told

FULL = {
    "danger": ["FIRE"],
    "account": "He threw a lit rag at the door.",
    "role": "WITNESS",
    "relation": "NEIGHBOUR",
    "harmed_knows": "no",
    "harmed_name": "Amal",
    "harmed_words": "Flat above mine.",
    "when_kind": "exact",
    "when_from": {"day": "3", "month": "11", "year": "2026"},
    "when_words": "about nine",
    "place": "HOME",
    "home": "7",
    "postcode": "ZZ1 2AB",
    "strands": ["RACE", "RELIGION"],
    "why_words": "What he shouted.",
    "incident_types": ["THREAT_ARSON"],
    "history": "often",
    "getting_worse": "yes",
    "responsible_kinds": ["NEIGHBOUR"],
    "responsible_names": "Colin\nHis brother",
    "responsible_words": "Tall, grey hood.",
    "has_key": "no",
    "harm": ["AFRAID"],
    "children": "yes",
    "children_words": "Two, 4 and 6",
    "needs": ["LOCKS"],
    "evidence": "Doorbell",
    "evidence_at_risk": "yes",
    "witnesses": "The woman at number 4",
    "police_told": "no",
    "permission_POLICE": "WITHOUT_NAME",
    "permission_FIRE": "NOT_YET",
    "wants": ["STOP_IT"],
    "identity": "confidential",
    "name": "Dariush",
    "may_learn": "no",
    "preferred": "call",
    "number": "01632 960321",
    "hours": "10 to 2",
    "safe_ways": ["call", "voicemail"],
    "spoken": "fa",
    "interpreter": "yes",
    "formats": ["large_print"],
    "interviewer": "a woman",
}


def test_every_answer_arrives_where_acts_and_rules_look_for_it():
    told = told_of(FULL, language="en")
    assert (told.role, told.identity, told.home_id, told.is_ongoing) == ("witness", Identity.CONFIDENTIAL, 7, False)
    assert (told.happened_from, told.happened_to) == (date(2026, 11, 3), date(2026, 11, 3))
    assert told.reporter == Someone(
        name="Dariush",
        telephone="01632 960321",
        ways=SafeWays(
            preferred=Method.CALL,
            safe={
                "call": Safe.YES,
                "voicemail": Safe.YES,
                "text": Safe.NO,
                "email": Safe.NO,
                "letter": Safe.NO,
                "visit": Safe.NO,
                "withheld_number": Safe.NO,
            },
            number="01632 960321",
            hours="10 to 2",
        ),
        needs=NeedsTold(spoken="fa", interpreter="yes", formats=("large_print",), interviewer="a woman"),
    )
    assert told.harmed == Someone(name="Amal", description="Flat above mine.")
    assert [one.name for one in told.responsible] == ["Colin", "His brother"]
    assert told.permissions == {"POLICE": Scope.WITHOUT_NAME, "FIRE": Scope.NOT_YET}
    assert told.may_learn_identity is False


def test_what_was_told_without_a_form_reads_back_as_the_same_answers():
    told = told_of(FULL, language="en")
    again = told_of(answers_of(told), language="en")
    for name in ("account", "answers"):
        assert name in Told.__dataclass_fields__
    for name in Told.__dataclass_fields__.keys() - {"account", "answers", "danger", "happened_from", "happened_to"}:
        assert getattr(again, name) == getattr(told, name), name


@pytest.mark.parametrize(
    ("answers", "identity"),
    [
        ({}, Identity.ANONYMOUS),
        ({"name": "Dariush"}, Identity.CONFIDENTIAL),
        ({"number": "01632 960321"}, Identity.CONFIDENTIAL),
        ({"name": "Dariush", "identity": "named"}, Identity.NAMED),
        ({"identity": non_answer(NonAnswer.SKIPPED)}, Identity.ANONYMOUS),
    ],
)
def test_nobody_is_named_to_others_unless_they_said_so(answers, identity):
    assert told_of(answers, language="en").identity == identity


def test_the_three_ways_of_saying_nothing_stay_apart():
    answers = {
        "place": non_answer(NonAnswer.SKIPPED),
        "strands": non_answer(NonAnswer.UNKNOWN),
        "harm": non_answer(NonAnswer.DECLINED),
    }
    told = told_of(answers, language="en")
    assert (told.place, told.strands, told.harm) == ("", (), ())
    assert told.non_answers == {"place": "skipped", "strands": "unknown", "harm": "declined"}


def test_a_way_that_nobody_called_safe_is_not_known_to_be_safe():
    ways = told_of({"preferred": "text", "number": "01632 960321"}, language="en").reporter.ways
    assert ways.safe == {"text": Safe.YES}


def test_for_another_reason_is_no_strand():
    assert told_of({"strands": ["NONE", "AGE"]}, language="en").strands == ("AGE",)
    assert told_of({"danger": ["NONE"]}, language="en").danger == ("NONE",)


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("VICTIM", "victim"),
        ("WITNESS", "witness"),
        ("FOR_SOMEBODY", "third_party"),
        ("COMMUNITY", "third_party"),
        ("PROFESSIONAL", "professional"),
        ("STAFF", "staff"),
        ("CONTRACTOR", "staff"),
        ("third_party", "third_party"),
        ("", ""),
        ("NOBODY_KNOWS", ""),
    ],
)
def test_roles_of_the_pack_become_the_roles_that_rules_know(code, role):
    assert role_of(code) == role
