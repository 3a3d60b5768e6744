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


@pytest.mark.clause("2.0(b)")
def test_what_was_done_late_is_recorded_with_its_reason_or_not_at_all(duty, caseworker):
    from haven.kernel.decision import Refused
    from haven.obligations.actions import record_done
    from haven.obligations.models import LateReason
    from haven.obligations.rules import Why

    late = duty.due_at + HOUR
    for why, clause in ((None, "2.0(b)"), (Why(code="OTHER"), "2.0(b)"), (Why(code="NO_SUCH"), "2.0(b)")):
        with pytest.raises(Refused) as refused:
            record_done(duty=duty, done_at=late, how=How.BY_OTHERS, late=why, by=caseworker, at=late)
        assert refused.value.decision.clause == clause
    assert not LateReason.objects.exists()
    why = Why(code="OTHER", words="The lines were down.")
    record_done(duty=duty, done_at=late, how=How.BY_OTHERS, late=why, by=caseworker, at=late)
    kept = LateReason.objects.get()
    assert (kept.case, kept.key, kept.code, kept.words, kept.by) == (duty.case, duty.key, "OTHER", why.words, caseworker)


@pytest.mark.clause("2.0(b)")
def test_a_reason_given_while_it_was_still_late_is_enough(duty, caseworker):
    from haven.obligations.actions import explain_lateness, record_done
    from haven.obligations.rules import Why

    late = duty.due_at + HOUR
    explain_lateness(duty=duty, why=Why(code="NO_STAFF"), by=caseworker, at=late)
    record_done(duty=duty, done_at=late, how=How.BY_OTHERS, by=caseworker, at=late)
    duty.refresh_from_db()
    assert duty.met_at == late


@pytest.mark.clause("2.0(b)")
def test_those_who_answer_for_a_duty_say_why_and_nobody_else(duty, caseworker, team, manager):
    from haven.kernel.decision import Refused
    from haven.obligations.actions import explain_lateness
    from haven.obligations.models import LateReason
    from haven.obligations.rules import Why
    from haven.trail.models import Entry

    late, why = duty.due_at + HOUR, Why(code="NO_STAFF")
    for other in (make_staff("colleague", team, "caseworker"), make_staff("auditor", team, "auditor")):
        with pytest.raises(Refused):
            explain_lateness(duty=duty, why=why, by=other, at=late)
    with pytest.raises(Refused):
        explain_lateness(duty=duty, why=why, by=caseworker, at=duty.due_at)
    explain_lateness(duty=duty, why=why, by=caseworker, at=late)
    explain_lateness(duty=duty, why=Why(code="LANGUAGE"), by=manager, at=late + HOUR)
    assert list(LateReason.objects.order_by("at").values_list("code", flat=True)) == ["NO_STAFF", "LANGUAGE"]
    entry = Entry.objects.filter(act="duty.late_explained", outcome="done").first()
    assert entry.codes == {"key": duty.key, "report": duty.report_id, "late": "NO_STAFF"}


@pytest.mark.clause("2.0(b)")
def test_a_reason_once_given_is_never_changed(duty, caseworker):
    from django.db import Error, transaction

    from haven.obligations.actions import explain_lateness
    from haven.obligations.models import LateReason
    from haven.obligations.rules import Why

    explain_lateness(duty=duty, why=Why(code="NO_STAFF"), by=caseworker, at=duty.due_at + HOUR)
    for change in (lambda: LateReason.objects.update(code="OTHER"), lambda: LateReason.objects.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            change()
