"""The clauses: every number of the policy is there once, in its order, under its heading."""

import re

import pytest

from haven.policy.clauses import CLAUSES, KINDS, SECTIONS, UnknownClause, children_of, clause, is_clause

EXPECTED = [
    "1.1", "1.2", "1.3",
    "2.0(a)", "2.0(b)", "2.0(c)", "2.0(d)", "2.0(e)", "2.0(f)",
    "3.1.1", "3.1.2-A", "3.1.2-B",
    "3.2.1", "3.2.2", *(f"3.2.2({letter})" for letter in "abcdefg"), "3.2.3",
    "3.3.1", "3.3.2", "3.3.3", *(f"3.3.3({letter})" for letter in "abc"),
    "3.3.4", "3.3.5", "3.3.6", "3.3.7", "3.3.8",
    "3.4.1", "3.4.2", "3.4.3", *(f"3.4.3({letter})" for letter in "abcdef"), "3.4.4", "3.4.5",
    "3.5.1", "3.5.2", *(f"3.5.2({letter})" for letter in "abcdefgh"),
    "3.6.1", "3.6.2",
    "4.1", "4.2", "5.1", "5.2", "6.1",
]  # fmt: skip


def test_the_register_holds_every_clause_in_the_order_of_the_policy():
    assert list(CLAUSES) == EXPECTED
    assert [each.order for each in CLAUSES.values()] == list(range(1, len(EXPECTED) + 1))


@pytest.mark.parametrize("number", EXPECTED)
def test_a_clause_has_its_heading_its_summary_and_what_it_needs(number):
    found = clause(number)
    assert found.number == number
    assert all(words.strip() for words in (found.heading, found.summary, found.needs))
    assert found.summary.endswith(".")
    assert found.needs.endswith(".")
    assert found.expects, "something must carry it out"
    assert set(found.expects) <= set(KINDS)


@pytest.mark.parametrize("number", EXPECTED)
def test_a_clause_stands_under_the_heading_of_its_number(number):
    section = clause(number).section
    assert SECTIONS[section.number] is section
    depth = 2 if number.startswith("3.") else 1
    assert number.split(".")[:depth] == section.number.split(".")[:depth]


@pytest.mark.parametrize("number", EXPECTED)
def test_a_lettered_clause_knows_the_clause_that_it_belongs_to(number):
    stem = re.sub(r"\([a-z]\)$", "", number)
    expected = stem if stem != number and stem in EXPECTED else None
    assert clause(number).parent == expected


def test_the_seven_ways_to_report_are_seven():
    assert [each.number for each in children_of("3.2.2")] == [f"3.2.2({letter})" for letter in "abcdefg"]


def test_a_clause_with_no_letters_has_no_children():
    assert children_of("6.1") == ()


@pytest.mark.parametrize("number", ["", "3.1.2", "3.3.9", "7.1", "3.3.3(d)", "2.0", "3.3.3 ", "3.3.3(A)"])
def test_a_number_that_the_policy_does_not_have_is_refused(number):
    assert not is_clause(number)
    with pytest.raises(UnknownClause):
        clause(number)


def test_a_refusal_names_what_is_near():
    with pytest.raises(UnknownClause, match=r"3\.1\.2-A, 3\.1\.2-B"):
        clause("3.1.2")


def test_nothing_of_the_register_can_be_changed():
    with pytest.raises(TypeError):
        CLAUSES["7.1"] = CLAUSES["6.1"]
    with pytest.raises(AttributeError):
        CLAUSES["6.1"].summary = "Other words"
