"""The only door to a report for the person who holds its code."""

from datetime import timedelta

import pytest

from haven.kernel.models import SealingKey
from haven.reports import access, actions, drafts
from haven.reports.models import Report, WrongCode
from tests.reports.times import CODE, MONDAY_MORNING, SUNDAY_NIGHT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", [CODE, "4821 0937 5562 1180", " 4821-0937-5562-1180\n", "٤٨٢١ ٠٩٣٧ ٥٥٦٢ ١١٨٠", "\u200e4821093755621180"]
)
def test_the_code_opens_its_report_however_it_is_typed(tell, typed):
    report = tell()
    assert access.report_for_code(typed) == report


@pytest.mark.parametrize("typed", ["", "4821", CODE[:-1] + "1", CODE + "0", "HV-7K2M-94T", "x" * 100_000, "\x00", "é"])
def test_nothing_else_opens_it(tell, typed):
    tell()
    assert access.report_for_code(typed) is None


def test_a_report_without_a_code_is_opened_by_none(tell):
    tell(code=None)
    assert access.report_for_code("0" * 16) is None


def test_an_erased_report_opens_no_more(tell):
    report = tell()
    SealingKey.objects.filter(pk=report.sealing_key_id).update(wrapped=None, destroyed_at=MONDAY_MORNING)
    assert access.report_for_code(CODE) is None


def test_a_pass_stands_for_the_code_while_the_visit_lasts(tell):
    report = tell()
    passed = access.pass_for(report, SUNDAY_NIGHT)
    assert access.report_for_pass(passed, SUNDAY_NIGHT + timedelta(minutes=30)) == report
    assert access.report_for_pass(passed, SUNDAY_NIGHT + drafts.idle_limit() + timedelta(seconds=2)) is None


def test_a_pass_is_worth_nothing_once_the_code_is_renewed(tell, caseworker):
    report = tell()
    passed = access.pass_for(report, SUNDAY_NIGHT)
    actions.reissue_code(report=report, knows_who_asks=True, by=caseworker, at=SUNDAY_NIGHT)
    assert access.report_for_pass(passed, SUNDAY_NIGHT) is None


def test_a_pass_cannot_be_made_up_or_changed(tell):
    passed = access.pass_for(tell(), SUNDAY_NIGHT)
    middle = "A" if passed[30] != "A" else "B"
    for forged in ("", "x", "ü", passed[:-4], passed[:30] + middle + passed[31:], passed.swapcase()):
        assert access.report_for_pass(forged, SUNDAY_NIGHT) is None


def wrong(address="192.0.2.1", browser="a", at=SUNDAY_NIGHT):
    """Type a wrong code."""
    return access.wait_after_wrong_code(address=address, browser=browser, at=at)


def test_wrong_codes_make_only_whoever_was_wrong_wait():
    assert [wrong() for _ in range(9)] == [0, 0, 0, 0.5, 1, 2, 4, 4, 4]
    assert wrong(address="192.0.2.2") == 0


def test_a_neighbour_behind_the_same_address_is_not_slowed():
    for _ in range(9):
        wrong()
    assert wrong(browser="b") == 0


def test_an_address_that_guesses_with_ever_new_browsers_is_slowed_in_the_end():
    waits = [wrong(browser=str(number)) for number in range(56)]
    assert waits[:50] == [0] * 50
    assert waits[50:] == [0.5, 1, 2, 4, 4, 4]


def test_the_wait_never_grows_beyond_bounds():
    assert access.seconds_to_wait(2_000_000_000, 3) == access.LONGEST_WAIT


def test_wrong_codes_are_forgotten_after_a_quarter_of_an_hour():
    for _ in range(6):
        wrong()
    assert wrong(at=SUNDAY_NIGHT + timedelta(minutes=16)) == 0
    assert set(WrongCode.objects.values_list("tries", flat=True)) == {1}


def test_of_address_and_browser_only_keyed_hashes_are_kept():
    wrong(browser="unmistakable")
    for row in WrongCode.objects.all():
        assert len(bytes(row.visitor)) == 32
        assert b"192.0.2.1" not in bytes(row.visitor)
        assert b"unmistakable" not in bytes(row.visitor)


def test_a_sent_draft_opens_its_own_report_and_an_unsent_one_none(tell):
    draft = drafts.begin({"answers": {"danger": ["NONE"], "account": "Words."}}, SUNDAY_NIGHT)
    tell()
    assert access.report_of_draft(draft) is None
    receipt = actions.send_draft(token=draft.token, language="en", at=SUNDAY_NIGHT)
    sent = drafts.open_draft(draft.token, SUNDAY_NIGHT)
    assert access.report_of_draft(sent) == Report.objects.get(pk=receipt.report_id)
