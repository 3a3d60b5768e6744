"""Safe times that nobody could heed are not kept."""

import pytest

from haven.people import rules


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(("line", "allowed"), [("", True), ("Mon-Fri 10:00-14:00", True), ("after work", False)])
def test_safe_times_must_be_such_that_they_can_be_heeded(line, allowed):
    assert rules.may_name_times(line).allowed is allowed
