"""What may be kept, shown and handed out; without a store, a scanner or a database."""

import pytest

from haven.evidence import limits
from haven.evidence.choices import Copying, Kind, Scan
from haven.evidence.rules import (
    Given,
    may_keep,
    may_open_original,
    may_show_copy,
    no_room_just_now,
    too_large,
    too_many_at_once,
    too_much_at_once,
)

FULL = limits.RECORD_BYTES - 10


def given(**said) -> Given:
    """A small picture, the first file of its record."""
    return Given(**{"kind": Kind.PICTURE, "size": 1000, "pixels": 100, **said})


@pytest.mark.clause("3.2.2(d)")
@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ({}, True),
        ({"size": 0}, False),
        ({"size": limits.FILE_BYTES + 1}, False),
        ({"kind": None}, False),
        ({"files_before": limits.RECORD_FILES - 1}, True),
        ({"files_before": limits.RECORD_FILES}, False),
        ({"size": 10, "bytes_before": FULL}, True),
        ({"size": 11, "bytes_before": FULL}, False),
        ({"pixels": limits.PICTURE_PIXELS}, True),
        ({"pixels": limits.PICTURE_PIXELS + 1}, False),
        ({"kind": Kind.DOCUMENT, "unpacked": limits.UNPACKED_BYTES + 1}, False),
    ],
)
def test_what_cannot_be_kept_or_read_safely_is_refused_and_says_what_to_do(said, allowed):
    decision = may_keep(given(**said))
    assert decision.allowed is allowed
    assert allowed or decision.remedy


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("scan", Scan)
@pytest.mark.parametrize("trouble", ["", "missing", "changed"])
def test_an_original_leaves_only_when_it_was_checked_and_is_what_was_given(scan, trouble):
    assert may_open_original(scan=scan, trouble=trouble).allowed is (scan is Scan.CLEAN and not trouble)


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("copying", Copying)
def test_only_a_copy_made_by_us_is_shown(copying):
    assert may_show_copy(copying=copying).allowed is (copying is Copying.MADE)


@pytest.mark.clause("3.2.2(d)")
@pytest.mark.parametrize("refuse", [too_large, too_much_at_once, too_many_at_once, no_room_just_now])
def test_what_is_refused_before_it_is_looked_at_says_what_to_do(refuse):
    assert not refuse()
    assert refuse().remedy
