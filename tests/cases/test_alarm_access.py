"""Whoever takes an alarm may read what it is about, for as long as a shift lasts (clause 3.3.3)."""

from datetime import timedelta

import pytest
from django.http import Http404

from haven.accounts.choices import Role
from haven.cases import access
from haven.cases.models import Conflict
from haven.cases.queries import report_facts, viewer_of
from haven.cases.queries.facts import SHIFT
from haven.cases.rules.seeing import may_see_report
from haven.kernel.decision import Refused
from haven.reports.actions import take_alarm
from haven.reports.rules import Circle
from tests.cases import cast

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.3.3")]
SOON = timedelta(minutes=5)


def on_call():
    found = cast.staff(Role.CALL_HANDLER)
    found.on_call = True
    found.save(update_fields=["on_call"])
    return found


@pytest.fixture
def night(db):
    return on_call()


@pytest.fixture
def danger(db):
    return cast.report(team=cast.team("Wear"), danger=("MAY_COME_BACK",))


def sees(viewer, report, at):
    by_rule = bool(may_see_report(viewer_of(viewer), report_facts(report, viewer_of(viewer), at)))
    by_door = access.visible_reports(viewer, at=at).filter(pk=report.pk).exists()
    assert by_rule == by_door
    return by_door


def take(alarm, by):
    return take_alarm(alarm=alarm, by=by, at=cast.AT + SOON)


def test_an_alarm_alone_opens_nothing_to_whoever_is_on_call(night, danger):
    assert access.alarms_for(night)
    assert not sees(night, danger, cast.AT + SOON)


def test_whoever_takes_it_reads_the_report_until_the_shift_ends(night, danger):
    take(danger.alarms.get(), night)
    assert sees(night, danger, cast.AT + SOON)
    assert sees(night, danger, cast.AT + SHIFT)
    assert not sees(night, danger, cast.AT + SOON + SHIFT + timedelta(seconds=1))


def test_taking_an_alarm_does_not_open_a_matter_to_somebody_who_is_locked_out(night, danger):
    take(danger.alarms.get(), night)
    Conflict.objects.create(report=danger, staff=night, reason="neighbour", declared_at=cast.AT)
    assert not sees(night, danger, cast.AT + SOON)


def test_it_opens_nothing_to_a_colleague(night, danger):
    take(danger.alarms.get(), night)
    assert not sees(on_call(), danger, cast.AT + SOON)


@pytest.fixture
def about_staff(db):
    return cast.report(team=cast.team("Wear"), danger=("MAY_COME_BACK",), incident_types=("STAFF_CONDUCT",))


def test_an_alarm_about_somebody_who_works_here_reaches_heads_of_service_alone(night, about_staff):
    alarm, head = about_staff.alarms.get(), cast.head()
    manager = cast.manager(cast.team("Wear"))
    for other in (night, manager, cast.caseworker(cast.team("Wear"))):
        assert access.alarms_for(other) == []
        with pytest.raises(Http404):
            access.get_alarm(other, alarm.pk)
        with pytest.raises(Refused):
            take(alarm, other)
        assert not sees(other, about_staff, cast.AT + SOON)
    assert access.alarms_for(head) == [alarm]
    assert access.whom_to_tell(alarm, Circle.DESK) == []
    assert access.whom_to_tell(alarm, Circle.ON_CALL) == access.whom_to_tell(alarm, Circle.MANAGERS) == [head]
    take(access.get_alarm(head, alarm.pk), head)
