"""Tests are found by the clauses that they name."""

import textwrap

import pytest

from haven.insight import tested

SOURCE = """
import pytest
from haven.cases.rules import may_open

pytestmark = [pytest.mark.slow, pytest.mark.clause("1.1")]


def helper(x):
    return may_open(x)


@pytest.mark.clause("3.2.1", "3.3.3")
@pytest.mark.parametrize("x", [1, 2])
def test_nobody_opens_without_looking(x):
    assert not helper(x)


class TestDoors:
    @pytest.mark.clause("3.4.1")
    def test_inside_a_class(self):
        assert True


def test_plain():
    assert may_close
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of tests."""
    place = tmp_path / "tests" / "cases"
    place.mkdir(parents=True)
    (place / "test_doors.py").write_text(textwrap.dedent(SOURCE), encoding="utf-8")
    (place / "helpers.py").write_text("def test_not_one(): ...", encoding="utf-8")
    return tmp_path / "tests"


def test_marks_of_functions_classes_and_modules_are_found(folder):
    found = {test.name: test for test in tested.read(folder)}
    assert found["test_nobody_opens_without_looking"].clauses == ("1.1", "3.2.1", "3.3.3")
    assert found["test_inside_a_class"].clauses == ("1.1", "3.4.1")
    assert found["test_plain"].clauses == ("1.1",)
    assert {test.file for test in found.values()} == {"tests/cases/test_doors.py"}


def test_what_a_test_calls_is_followed_through_helpers_of_its_file(folder):
    found = {test.name: test for test in tested.read(folder)}
    assert "may_open" in found["test_nobody_opens_without_looking"].calls
    assert "may_open" not in found["test_plain"].calls


def test_a_test_is_a_sentence(folder):
    found = next(test for test in tested.read(folder) if "nobody" in test.name)
    assert found.sentence == "Nobody opens without looking"


def test_without_the_tests_the_file_about_them_is_read(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(tested, "KEPT", tmp_path / "kept.json")
    monkeypatch.setattr(tested, "FOLDER", folder)
    tested.keep()
    expected = tuple(tested.read(folder))
    monkeypatch.setattr(tested, "FOLDER", tmp_path / "gone")
    tested.tests.cache_clear()
    try:
        assert tested.are_known()
        assert tested.tests() == expected
        (tmp_path / "kept.json").unlink()
        tested.tests.cache_clear()
        assert not tested.are_known()
        assert tested.tests() == ()
    finally:
        tested.tests.cache_clear()
