"""What may leave, and who clears what the shield found; no database."""

import pytest

from haven.confidentiality.rules import may_clear, may_leave


@pytest.mark.clause("3.3.3")
def test_a_finding_is_cleared_once_by_a_second_person_with_a_reason():
    whole = {"by": 2, "written_by": 1, "is_found": True, "is_cleared": False, "reason": "He was there."}
    assert may_clear(**whole)
    for changed in ({"by": 1}, {"is_found": False}, {"is_cleared": True}, {"reason": " "}):
        assert not may_clear(**{**whole, **changed}), changed


@pytest.mark.clause("3.3.3")
def test_a_text_leaves_checked_word_for_word_with_nothing_open():
    whole = {"is_checked": True, "is_this_text": True, "is_this_shield": True, "open_findings": 0}
    assert may_leave(**whole)
    for changed in ({"is_checked": False}, {"is_this_text": False}, {"is_this_shield": False}, {"open_findings": 3}):
        assert not may_leave(**{**whole, **changed}), changed
    assert "one thing" in may_leave(**{**whole, "open_findings": 1}).reason
