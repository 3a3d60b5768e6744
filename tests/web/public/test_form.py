"""The form, page by page: in a hurry, in full, wrong answers, changes, sending and the receipt."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.reports.models import Alarm, Report
from tests.web.public.visitor import ACCOUNT

pytestmark = pytest.mark.django_db


def test_somebody_in_a_hurry_is_done_in_four_pages(visitor):
    visitor.see("/before").send("/p/1", danger="NONE")
    assert (visitor.address, visitor.heading) == ("/p/3", "What happened?")
    visitor.send("/p/3", account=ACCOUNT, go="check")
    assert (visitor.address, visitor.heading) == ("/check", "Check what you have told us")
    assert ACCOUNT in visitor.text
    visitor.finish()
    assert visitor.address == "/done"
    reference, code = visitor.receipt
    report = Report.objects.get()
    assert (report.reference, report.account, report.identity, report.role) == (reference, ACCOUNT, "anonymous", "")
    assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", code)


def test_every_page_after_what_happened_offers_to_send(visitor):
    visitor.tell()
    while visitor.address.startswith("/p/"):
        assert "Check and send what I have told you" in visitor.text, visitor.address
        visitor.send(visitor.address)
    assert visitor.address == "/check"


def test_all_pages_in_order_with_every_answer_told(visitor, home):
    answers = {
        4: {"role": "VICTIM"},
        6: {"when_kind": "range"},
        7: {"when_from-month": "3", "when_from-year": "2026", "when_to-year": "2026", "when_words": "at night"},
        8: {"place": "STAIRWELL"},
        9: {"postcode": "zz1 2ab", "home": str(home.pk)},
        11: {"strands": ["RACE", "RELIGION"], "why_words": "What he called me."},
        12: {"incident_types": ["VERBAL", "OBJECTS_THROWN"]},
        13: {"history": "often"},
        14: {"getting_worse": "yes", "history_words": "Every week."},
        15: {"responsible_kinds": ["NEIGHBOUR"]},
        16: {"responsible_names": "Colin", "vehicle": "grey van", "has_key": "unknown"},
        17: {"harm": ["AFRAID", "DAMAGE"]},
        18: {"children": "yes", "children_words": "two"},
        19: {"needs": ["LOCKS"]},
        20: {"evidence": "A doorbell camera.", "evidence_at_risk": "yes"},
        21: {"witnesses": "The woman below."},
        22: {"police_told": "no"},
        23: {"permission_POLICE": "WITH_NAME", "permission_COUNCIL": "NO"},
        24: {"police_ways": ["PHONE"]},
        25: {"wants": ["STOP_IT", "NO_CONTACT"], "wants_words": "To sleep."},
        26: {"identity": "confidential"},
        27: {"name": "Amal Haddad", "may_learn": "no"},
        28: {"preferred": "call"},
        29: {"number": "01632 960321", "hours": "10 to 2", "name_to_use": "the library", "safe_ways": ["voicemail"]},
        30: {"spoken": "ar", "interpreter": "yes", "formats": ["large_print"]},
    }
    visitor.tell()
    seen = []
    while visitor.address.startswith("/p/"):
        number = int(visitor.address.removeprefix("/p/"))
        seen.append(number)
        visitor.send_all(visitor.address, answers.get(number, {}))
        assert visitor.errors == [], number
    assert seen == sorted(answers)
    for words in ("March 2026", "Flat 3, 12 Quay Lane", "Every week.", "Colin", "العربية", "the library"):
        assert words in visitor.text
    visitor.finish()
    report = Report.objects.get()
    assert (report.home, report.place, report.role) == (home, "STAIRWELL", "victim")
    assert (str(report.happened_from), str(report.happened_to)) == ("2026-03-01", "2026-12-31")
    assert report.strands == ["RACE", "RELIGION"]
    assert (report.urgency, Alarm.objects.count()) == (1, 1)
    assert report.answers["name"] == "Amal Haddad"


def test_danger_brings_999_first_then_the_form_goes_on_and_the_alarm_rings_at_sending(visitor):
    visitor.send("/p/1", danger=["HAPPENING_NOW", "BADLY_HURT"])
    assert (visitor.address, visitor.heading) == ("/p/2", "Call 999 now")
    for words in ("press 55", "999 BSL", "18000"):
        assert words in visitor.text
    assert not Alarm.objects.exists()
    visitor.send("/p/3", account=ACCOUNT, go="check").finish()
    assert Alarm.objects.get().report == Report.objects.get()
    assert "An alarm is ringing" in visitor.text


@pytest.mark.parametrize("number", range(1, 31))
def test_every_page_can_be_skipped_but_the_two(visitor, number):
    visitor.send("/p/1", danger="NONE").send("/p/3", account=ACCOUNT)
    visitor.send(f"/p/{number}")
    assert bool(visitor.errors) is (number in (1, 3))


def test_a_wrong_answer_gets_its_message_at_its_field_and_above_and_loses_nothing(visitor):
    visitor.tell()
    visitor.send("/p/15", responsible_kinds="NEIGHBOUR")
    visitor.send("/p/16", responsible_names="Colin", vehicle="v" * 501, has_key="maybe")
    assert visitor.address == "/p/16"
    assert visitor.title.startswith("Error: ")
    assert len(visitor.errors) == 2
    assert 'href="#vehicle"' in visitor.html
    assert 'href="#has_key"' in visitor.html
    assert 'id="vehicle-error"' in visitor.html
    assert "Colin</textarea>" in visitor.html
    assert "v" * 501 in visitor.html


@pytest.mark.parametrize(
    ("number", "answers"),
    [
        (1, {"danger": "ONLINE_ONLY"}),
        (4, {"role": "STAFF"}),
        (6, {"when_kind": "'; DROP TABLE reports_report; --"}),
        (8, {"place": ["HOME", "nonsense"][1]}),
        (11, {"strands": ["RACE", "unknown"]}),
        (12, {"incident_types": "THIRD_PARTY_LANDLORD_X"}),
        (23, {"permission_POLICE": "EVERYTHING"}),
        (26, {"identity": "king"}),
        (30, {"spoken": "xx"}),
    ],
)
def test_answers_that_the_page_did_not_offer_are_refused_by_the_server(visitor, number, answers):
    visitor.tell()
    visitor.send(f"/p/{number}", **answers)
    assert visitor.page.status_code == 200
    assert len(visitor.errors) == 1


def test_three_ways_of_not_answering_are_three_stored_values(visitor):
    visitor.tell()
    visitor.send("/p/8", place="unknown").send("/p/11", strands="declined").send("/p/12")
    visitor.see("/check").finish()
    answers = Report.objects.get().answers
    assert [answers[code]["non_answer"] for code in ("place", "strands", "incident_types")] == [
        "unknown",
        "declined",
        "skipped",
    ]
    assert "wants" not in answers


def test_what_was_answered_stands_in_the_page_when_it_is_opened_again(visitor):
    visitor.tell().send("/p/11", strands=["RACE"], why_words="Because of <b>this</b>")
    visitor.see("/p/11")
    assert re.search(r'value="RACE" checked', visitor.html)
    assert "Because of &lt;b&gt;this&lt;/b&gt;" in visitor.html
    assert 'dir="auto"' in visitor.html


def test_a_page_that_the_answers_do_not_call_for_gives_way_to_the_next(visitor):
    visitor.tell()
    assert visitor.see("/p/5").address == "/p/6"
    assert visitor.see("/p/24").address == "/p/25"


def test_changing_an_answer_leads_back_to_the_check_page(visitor):
    visitor.tell().see("/c/8").send("/c/8", place="ONLINE")
    assert (visitor.address, visitor.heading) == ("/c/10", "Where was that?")
    visitor.send("/c/10", place_words="A group chat")
    assert visitor.address == "/check"
    visitor.send("/c/3", account="Other words.")
    assert visitor.address == "/check"
    assert "Other words." in visitor.text
    assert ACCOUNT not in visitor.text


def test_the_check_page_sends_nobody_on_without_the_two_answers(visitor):
    visitor.send("/p/1", danger="NONE").see("/check")
    assert (visitor.address, visitor.heading) == ("/c/3", "What happened?")
    visitor.send("/check")
    assert not Report.objects.exists()


def test_finding_a_home_by_its_postcode_shows_addresses_only(visitor, home):
    visitor.tell().send("/p/8", place="HOME")
    visitor.send("/p/9", postcode="zz12ab", go="find")
    assert visitor.address == "/p/9"
    assert "Flat 3, 12 Quay Lane, Merrowdale, ZZ1 2AB" in visitor.text
    visitor.send("/p/9", postcode="zz12ab", home=str(home.pk + 1))
    assert len(visitor.errors) == 1
    visitor.send("/p/9", postcode="zz12ab", home=str(home.pk))
    assert visitor.address == "/p/11"


def test_a_postcode_without_homes_leaves_the_address_to_be_written(visitor):
    visitor.tell().send("/p/8", place="HOME").send("/p/9", postcode="ZZ9 9ZZ", go="find")
    assert "no homes at that postcode" in visitor.text
    visitor.send("/p/9", postcode="ZZ9 9ZZ", place_words="The flats by the quay")
    assert visitor.address == "/p/11"


def test_pressing_send_twice_shows_one_receipt(visitor):
    visitor.tell().finish()
    first = visitor.receipt
    assert visitor.finish().receipt == first
    assert visitor.see("/done").receipt == first
    assert visitor.see("/check").address == "/done"
    assert visitor.see("/p/5").address == "/done"
    assert visitor.send("/p/3", account="More").address == "/done"
    assert Report.objects.count() == 1


def test_the_receipt_says_what_happens_by_when(visitor):
    visitor.tell().send("/p/28", preferred="call").send("/p/29", number="01632 960321")
    visitor.see("/check").finish()
    assert re.search(r"(today|tomorrow) by \d\d:\d\d A trained person will read what you told us", visitor.text)
    assert "Someone will speak with you" in visitor.text


def test_somebody_without_a_safe_way_is_told_so_before_and_after(visitor):
    visitor.tell().see("/check")
    assert "We will not contact you" in visitor.text
    visitor.finish()
    assert "We will not contact you" in visitor.text
    assert "Someone will speak with you" not in visitor.text


def queries(visitor, act):
    """How many queries something takes."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


@pytest.mark.parametrize(
    "path", ["/", "/before", "/safe", "/code", "/lost", "/p/1", "/p/4", "/check", "/done", "/mine", "/leave"]
)
def test_a_page_that_nobody_has_begun_asks_the_database_nothing(visitor, path):
    assert queries(visitor, lambda: visitor.client.get(path)) == 0


def test_a_step_takes_two_queries_however_much_was_answered(visitor):
    visitor.send("/p/1", danger="NONE")
    for number in (3, 4, 12, 23, 30):
        assert queries(visitor, lambda number=number: visitor.client.get(f"/p/{number}")) == 1
        sent = {"account": "x" * 50_000} if number == 3 else {}
        assert queries(visitor, lambda n=number, s=sent: visitor.send(f"/p/{n}", follow=False, **s)) == 2
    assert queries(visitor, lambda: visitor.client.get("/check")) == 1


def test_sending_takes_a_fixed_number_of_queries(visitor, another):
    visitor.tell()
    short = queries(visitor, lambda: visitor.send("/check", follow=False))
    for number in range(20):
        another.client.cookies.clear()
        another.tell(account=f"Number {number}").finish()
    another.client.cookies.clear()
    another.tell()
    assert queries(another, lambda: another.send("/check", follow=False)) == short
    assert Report.objects.count() == 22


def test_afterwards_nine_questions_may_be_answered_and_are_joined_to_nothing(visitor):
    from haven.reports.models import EqualityMonitoring

    visitor.tell().finish().see("/more")
    assert visitor.heading == "Some questions about you"
    visitor.send("/more", age="25_34", religion="declined")
    assert visitor.address == "/done"
    row = EqualityMonitoring.objects.get()
    assert (row.age, row.religion, row.sex) == ("25_34", "declined", "")
    visitor.send("/more", age="65_74")
    assert EqualityMonitoring.objects.count() == 1


def test_monitoring_is_not_asked_of_somebody_who_has_sent_nothing(visitor):
    from haven.reports.models import EqualityMonitoring

    visitor.tell().send("/more", age="25_34")
    assert "Nothing is open here" in visitor.text
    assert not EqualityMonitoring.objects.exists()
