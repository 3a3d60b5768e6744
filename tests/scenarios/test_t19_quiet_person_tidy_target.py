"""T19: a High case, thirty days, five calls that nobody answered, all at an unsafe time; the officer wants to close.

Tries at an unsafe time do not count, the protocol is not done, news is late, and nobody may treat silence as consent.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from haven.cases.models import CasePerson
from haven.correspondence import actions
from haven.correspondence.actions import ContactTold
from haven.correspondence.choices import Result, Way
from haven.correspondence.models import AllTried, Contact
from haven.correspondence.queries import reachable, tried_with
from haven.correspondence.rules import may_reach
from haven.kernel.decision import Refused
from haven.obligations import actions as closing
from haven.obligations.models import Duty
from haven.obligations.queries.closing import Proposed
from haven.people.actions import Ways, record_safe_contact
from haven.reports.choices import Identity
from haven.risk.actions import record_assessment
from tests.cases import cast
from tests.risk.cast import told as assessed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.3.3(a)", "3.4.1", "2.0(b)")]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPENED = cast.AT - 30 * DAY
TEN = 10 * HOUR


@pytest.fixture
def worker(db):
    return cast.caseworker(cast.team("Tyne"))


@pytest.fixture
def case(worker):
    return cast.case(by=worker, caseworker=worker, reporter="Amina Yusuf", identity=Identity.NAMED, at=OPENED)


@pytest.fixture
def amina(case, worker):
    found = CasePerson.objects.get(case=case, part="harmed").person
    ways = Ways(preferred="call", safe={"call": "yes", "text": "yes", "letter": "no"}, details={"times": "16:00-20:00"})
    record_safe_contact(person=found, ways=ways, by=worker, at=OPENED)
    return found


@pytest.fixture
def five_calls(case, amina, worker):
    for number in range(5):
        at = OPENED + (3 + 5 * number) * DAY
        told = ContactTold(way=Way.CALL, result=Result.NO_ANSWER, happened_at=at)
        actions.record_contact(matter=case, person=amina, told=told, by=worker, at=at)


def test_tries_at_an_unsafe_time_do_not_count(case, amina, five_calls):
    assert set(Contact.objects.values_list("not_counted", flat=True)) == {"time"}
    found = tried_with(case, amina)
    assert (found.counted, found.uncounted, found.attempts_missing) == (0, 5, 3)
    assert (found.ways_missing, found.times_missing, found.days_missing) == (2, 2, 5)
    assert not AllTried.objects.exists()


def test_she_is_still_owed_a_conversation_and_it_is_late(case, five_calls):
    duty = Duty.objects.get(key="first_contact", case=case)
    assert duty.met_at is None
    assert duty.due_at < cast.AT


def test_the_letter_is_blocked_because_post_is_unsafe(amina):
    refused = may_reach(reachable(amina), Way.LETTER, at=cast.AT)
    assert not refused.allowed
    assert refused.clause == "3.3.3"


def test_when_all_was_truly_tried_the_police_are_asked_and_the_case_stays_open(case, amina, worker, five_calls):
    record_assessment(case=case, told=assessed(amina, A1=3, A2=2, A3=2), by=worker, at=cast.AT - 12 * DAY)
    for days, hour, way in ((10, 17, Way.CALL), (9, 16, Way.TEXT), (1, 17, Way.CALL)):
        at = (cast.AT - days * DAY).replace(hour=hour)
        result = Result.SENT if way == Way.TEXT else Result.NO_ANSWER
        told = ContactTold(way=way, result=result, happened_at=at)
        actions.record_contact(matter=case, person=amina, told=told, by=worker, at=at)
    assert tried_with(case, amina).is_complete
    duty = Duty.objects.get(key="welfare_check", case=case)
    assert duty.met_at is None
    with pytest.raises(Refused):
        actions.decide_welfare(case=case, person=amina, decided="police", reason=" ", by=worker, at=cast.AT)
    reason = "Nothing heard for thirty days; she was afraid of next door."
    actions.decide_welfare(case=case, person=amina, decided="police", reason=reason, by=worker, at=cast.AT)
    duty.refresh_from_db()
    case.refresh_from_db()
    assert duty.met_at == cast.AT
    assert case.is_open


def test_the_case_cannot_be_closed_for_the_month_end(case, amina, worker, five_calls):
    with pytest.raises(Refused) as silent:
        closing.record_view(case=case, person=amina, view="not_reached", words="", by=worker, at=cast.AT)
    assert silent.value.decision.clause == "3.4.1"
    tidy = Proposed(reasons=("no_reply",), words="Nobody answers.", letter="We have closed it.", letter_by="code")
    with pytest.raises(Refused) as no_reason:
        closing.propose_closing(case=case, proposed=tidy, by=worker, at=cast.AT)
    assert no_reason.value.decision.clause == "3.3.2"
    quiet = replace(tidy, reasons=("stopped", "no_reply"))
    made = closing.propose_closing(case=case, proposed=quiet, by=worker, at=cast.AT)
    with pytest.raises(Refused):
        closing.close_case(closing=made, by=worker, at=cast.AT)
    case.refresh_from_db()
    assert case.is_open
