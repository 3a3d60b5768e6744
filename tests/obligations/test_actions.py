"""Recording that a duty was done: the trail, the duty, and what is refused."""

from datetime import timedelta

import pytest

from haven.obligations.rules import How
from tests.obligations.conftest import HOUR, SUNDAY, make_case, make_report, make_staff

LATER = SUNDAY + timedelta(days=1)


@pytest.fixture
def duty(team, caseworker):
    """The duty to have hateful paint gone, in a case."""
    from haven.obligations.models import Duty
    from haven.obligations.projection import refresh

    refresh([make_case(team, make_report(needs=["CLEAN_OFF"]), caseworker=caseworker)], SUNDAY)
    return Duty.objects.get(key="graffiti_hate")


def test_what_was_done_meets_the_duty_and_is_in_the_trail_of_the_case(duty, caseworker):
    from haven.obligations.actions import record_done
    from haven.obligations.projection import check
    from haven.trail.models import Entry

    record_done(duty=duty, done_at=SUNDAY + HOUR, how=How.BY_OTHERS, words="Painted over.", by=caseworker, at=LATER)
    duty.refresh_from_db()
    assert duty.met_at == SUNDAY + HOUR
    entry = Entry.objects.get(act="duty.done")
    assert entry.chain == f"case:{duty.case_id}"
    assert entry.codes == {"key": "graffiti_hate", "how": "by_others", "report": duty.report_id}
    assert entry.guards == ["obligations.may_record_done"]
    assert list(check()) == []


def test_what_was_taken_back_is_owed_again_and_both_stay_on_record(duty, caseworker):
    from haven.obligations.actions import record_done, take_back_done
    from haven.obligations.models import Done

    record_done(duty=duty, done_at=SUNDAY + HOUR, how=How.BY_OTHERS, by=caseworker, at=LATER)
    take_back_done(duty=duty, words="Wrong case.", by=caseworker, at=LATER + HOUR)
    duty.refresh_from_db()
    assert duty.met_at is None
    assert Done.objects.count() == 2
    record_done(duty=duty, done_at=SUNDAY + 2 * HOUR, how=How.IN_PERSON, by=caseworker, at=LATER + 2 * HOUR)
    duty.refresh_from_db()
    assert duty.met_at == SUNDAY + 2 * HOUR


def test_a_refusal_changes_nothing_and_is_in_the_trail(duty, caseworker):
    from haven.kernel.decision import Refused
    from haven.obligations.actions import record_done, take_back_done
    from haven.obligations.models import Done
    from haven.trail.models import Entry

    for act in (
        lambda: record_done(duty=duty, done_at=SUNDAY + HOUR, how=How.VOICEMAIL, by=caseworker, at=LATER),
        lambda: take_back_done(duty=duty, by=caseworker, at=LATER),
    ):
        with pytest.raises(Refused):
            act()
    duty.refresh_from_db()
    assert duty.met_at is None
    assert not Done.objects.exists()
    assert list(Entry.objects.order_by("pk").values_list("act", "outcome")) == [
        ("duty.done", "refused"),
        ("duty.done_taken_back", "refused"),
    ]


def test_somebody_without_casework_records_nothing(duty, team):
    from haven.kernel.decision import Refused
    from haven.obligations.actions import record_done

    auditor = make_staff("auditor", team, "auditor")
    with pytest.raises(Refused):
        record_done(duty=duty, done_at=SUNDAY + HOUR, how=How.BY_OTHERS, by=auditor, at=LATER)


def test_the_same_is_not_recorded_twice(duty, caseworker):
    from haven.kernel.decision import Refused
    from haven.obligations.actions import record_done

    record_done(duty=duty, done_at=SUNDAY + HOUR, how=How.BY_OTHERS, by=caseworker, at=LATER)
    with pytest.raises(Refused):
        record_done(duty=duty, done_at=SUNDAY + HOUR, how=How.BY_OTHERS, by=caseworker, at=LATER)
