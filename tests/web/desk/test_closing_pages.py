"""The page about closing: the checklist with its reasons, what they say, proposing, closing, opening again."""

import pytest

from haven.cases.models import Case, CasePerson
from haven.kernel.sealing import keyed_hash
from haven.obligations.models import Closing, ClosingView
from haven.people.actions import Ways, record_safe_contact
from haven.reports.choices import Identity
from haven.reports.models import Report
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.4.1", "3.3.1")]
PROPOSAL = {
    "reasons": ["stopped"], "words": "Quiet for two months.", "letter_by": "code", "letter_language": "en",
    "letter": "We have closed it. You can open it again at any time.",
}  # fmt: skip


@pytest.fixture
def case(now, worker):
    made = cast.case(
        by=worker, caseworker=worker, reporter="Amina Yusuf", identity=Identity.NAMED, at=cast.AT - 2 * cast.HOUR
    )
    Report.objects.filter(case_links__case=made).update(code_hash=keyed_hash("code", "1" * 16))
    return made


@pytest.fixture
def amina(case, worker):
    found = CasePerson.objects.get(case=case, part="harmed").person
    record_safe_contact(person=found, ways=Ways(preferred="call", safe={"call": "yes"}), by=worker, at=cast.AT)
    return found


def at(case, *parts):
    return "/".join(["/desk/cases", case.reference, "closing", *map(str, parts)])


def test_what_is_missing_is_said_line_by_line_with_clause_and_remedy(case, amina, worker):
    page = signed_in(worker).get(at(case)).content.decode()
    for words in ("Not yet: What everybody harmed says of it", "Not yet: The danger assessed afresh", "policy 3.3.5"):
        assert words in page
    assert "✓ Evidence kept" in page


def test_a_view_without_a_conversation_is_refused_and_the_words_are_kept(case, amina, worker):
    page = signed_in(worker).post(at(case, "people", amina.pk), {"view": "content", "words": "It is quiet"})
    assert "No conversation with them is recorded" in page.content.decode()
    assert "It is quiet" in page.content.decode()
    assert not ClosingView.objects.exists()


@pytest.mark.clause("3.3.2")
def test_a_reason_that_is_none_is_refused_and_the_letter_is_kept(case, amina, worker):
    page = signed_in(worker).post(at(case, "propose"), {**PROPOSAL, "reasons": ["police_no_action"]}).content.decode()
    assert "is no reason to close" in page
    assert "You can open it again at any time." in page
    assert "3.3.2" in page
    assert not Closing.objects.exists()


def test_it_is_proposed_refused_and_closed_once_everything_holds_and_opened_again(case, amina, worker, monkeypatch, now):
    desk = signed_in(worker)
    assert desk.post(at(case, "propose"), PROPOSAL).status_code == 302
    proposal = Closing.objects.get()
    refused = desk.post(at(case, proposal.pk, "close")).content.decode()
    assert "has not said what they think of closing" in refused or "not said what they think" in refused
    desk.post(at(case, proposal.pk, "back"), {"why": "Too soon"})
    made_ready_before(case, amina, worker)
    desk.post(at(case, "propose"), PROPOSAL)
    latest = Closing.objects.latest("pk")
    assert desk.post(at(case, latest.pk, "close")).status_code == 302
    case.refresh_from_db()
    assert not case.is_open
    assert "Open it again" in desk.get(at(case)).content.decode()
    asked = {"person": str(amina.pk), "channel": "PHONE", "danger": ["NONE"], "language": "en", "words": "He is back"}
    assert desk.post(at(case, "reopen"), {**asked, "words": ""}).status_code == 200
    answer = desk.post(at(case, "reopen"), asked)
    assert answer["Location"] == f"/desk/cases/{Case.objects.get(reopens=case).reference}"


def made_ready_before(case, amina, worker):
    """Make everything ready an hour before it is looked at."""
    from tests.obligations import test_closing

    hour = test_closing.HOUR
    test_closing.talk(case, amina, worker, at=cast.AT + hour / 4)
    test_closing.record_assessment(case=case, told=test_closing.assessed(amina, A1=1), by=worker, at=cast.AT + hour / 2)
    test_closing.actions.record_view(
        case=case, person=amina, view="content", words="Close it.", by=worker, at=cast.AT + hour / 2
    )


def test_a_manager_sends_it_back_with_a_reason(case, amina, worker, boss):
    signed_in(worker).post(at(case, "propose"), PROPOSAL)
    proposal = Closing.objects.get()
    desk = signed_in(boss)
    assert "Send it back" in desk.get(at(case)).content.decode()
    assert desk.post(at(case, proposal.pk, "back"), {"why": ""}).status_code == 200
    desk.post(at(case, proposal.pk, "back"), {"why": "Ask about the lock"})
    assert "Ask about the lock" in desk.get(at(case)).content.decode()


@pytest.mark.clause("3.3.3")
def test_missing_and_forbidden_look_alike(case, amina, worker):
    other = signed_in(cast.caseworker(cast.team("Wear")))
    for parts in ((), ("people", amina.pk), ("propose",), ("reopen",), (1, "back")):
        assert other.get(at(case, *parts)).status_code == 404
    desk = signed_in(worker)
    assert desk.post(at(case, 999, "close")).status_code == 404
    assert desk.get(at(case, "people", 999)).status_code == 404
