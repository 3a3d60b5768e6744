"""The pages of oversight: right people in, wrong people out, numbers that equal their lists, a fixed cost."""

import re
from html import unescape

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from haven.kernel.references import new_reference
from tests.insight.conftest import refresh
from tests.obligations.conftest import SUNDAY, make_case, make_report

OPEN_TO = {
    "/oversight/": "everybody",
    "/oversight/policy": "everybody",
    "/oversight/policy/3.4.1": "everybody",
    "/oversight/policy/3.3.3(a)": "everybody",
    "/oversight/clocks": "everybody",
    "/oversight/figures": "everybody",
    "/oversight/clocks/list?duty=triage&standing=late": "lists",
    "/oversight/trail": "checkers",
}
EVERYBODY = {
    "policy_owner", "auditor", "head_of_service", "team_manager", "administrator", "data_protection_officer",
    "insight_analyst",
}  # fmt: skip
MAY = {
    "everybody": EVERYBODY,
    "lists": {"auditor", "data_protection_officer", "head_of_service", "team_manager"},
    "checkers": {"auditor", "data_protection_officer"},
}
OTHERS = {"call_handler", "caseworker", "safeguarding_lead", "repairs_planner", "contractor", "partner"}


def text_of(answer) -> str:
    """The words of a page."""
    assert answer.status_code == 200, answer.status_code
    page = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("role", sorted(EVERYBODY | OTHERS))
def test_each_role_finds_its_pages_and_no_other(as_, role):
    browser = as_(role)
    for address, who in OPEN_TO.items():
        assert browser.get(address).status_code == (200 if role in MAY[who] else 404), address


def test_the_menu_shows_the_trail_only_to_those_who_check_it(as_):
    assert "/oversight/trail" in as_("auditor").get("/oversight/").content.decode()
    assert "/oversight/trail" not in as_("head_of_service").get("/oversight/").content.decode()


def test_an_empty_haven_says_so_calmly(as_):
    browser = as_("policy_owner")
    assert "No clock has started: nothing has been reported yet." in text_of(browser.get("/oversight/"))
    assert "nothing to count yet" in text_of(browser.get("/oversight/figures"))


def test_the_overview_says_how_far_the_policy_is_carried_out_and_what_is_late(as_, worked_on):
    text = text_of(as_("head_of_service").get("/oversight/"))
    assert "Of its 61 clauses" in text
    assert "A trained person reads it and checks for danger 1" in text
    assert "Reports read in time 71% of 7" in text


@pytest.mark.parametrize(
    ("state", "has", "has_not"), [("empty", "Injunction", "Easy to report"), ("partly", "", "Mediation")]
)
def test_clauses_are_filtered_by_how_far_they_are_carried_out(as_, state, has, has_not):
    text = text_of(as_("policy_owner").get(f"/oversight/policy?state={state}"))
    assert has in text
    assert has_not not in text


def test_a_filter_that_nobody_offered_shows_everything(as_):
    assert "Injunction" in text_of(as_("policy_owner").get("/oversight/policy?state=%00nonsense"))


def test_numbers_of_clauses_add_up(as_):
    text = text_of(as_("policy_owner").get("/oversight/policy"))
    found = re.search(r"(\d+) All clauses (\d+) Carried out (\d+) Partly (\d+) Empty", text)
    every, *each = map(int, found.groups())
    assert every == sum(each) == 61


def test_a_clause_shows_what_stands_behind_it_and_what_is_missing(as_, worked_on):
    text = text_of(as_("auditor").get("/oversight/policy/3.3.2"))
    for words in (
        "Taken seriously, and soon",
        "What it refuses",
        "reports.may_take_alarm",
        "A trained person reads it and checks for danger",
        "Every alarm, when it rang and who took it 2",
        "Which tests hold it",
    ):
        assert words in text
    assert "Still missing: no guard stands behind it yet no record stands behind it yet" in text_of(
        as_("policy_owner").get("/oversight/policy/1.2")
    )


@pytest.mark.parametrize("number", ["9.9", "3.3.3(z)", "<script>", "%00", "3.4.1%20"])
def test_a_clause_that_is_not_there_is_not_found(as_, number):
    assert as_("auditor").get(f"/oversight/policy/{number}").status_code == 404


def links(answer, standing):
    """Addresses and numbers of the links to lists of that standing."""
    page = unescape(answer.content.decode())
    found = re.findall(rf'href="(/oversight/clocks/list\?duty=\w+&standing={standing})">([\d,]+)<', page)
    return [(address, int(number)) for address, number in found]


@pytest.mark.parametrize("standing", ["met", "met_late", "missed", "late", "open"])
def test_every_number_of_duties_equals_the_list_behind_it(as_, worked_on, team, standing):
    refresh(make_case(team, make_report(), state="closed", closed_at=SUNDAY.replace(day=30)), *[make_report()] * 2)
    browser = as_("auditor")
    found = links(browser.get("/oversight/clocks"), standing)
    assert found
    for address, number in found:
        assert len(re.findall(r'<th scope="row"', browser.get(address).content.decode())) == number


def test_a_long_list_goes_on_page_by_page_and_nothing_is_lost_or_doubled(as_, now, team):
    refresh(*[make_report() for _ in range(120)])
    browser, address, seen = as_("auditor"), "/oversight/clocks/list?duty=triage&standing=late", []
    while address:
        page = unescape(browser.get(address).content.decode())
        seen += re.findall(r"HV-\w{4}-\w{3}", page)
        following = re.search(r'href="(\?[^"]*after=[^"]*)"', page)
        address = "/oversight/clocks/list" + following.group(1) if following else ""
    assert len(seen) == len(set(seen)) == 120


def test_a_manager_sees_what_they_may_open_and_how_many_more_there_are(as_, worked_on, team):
    from haven.accounts.models import Team

    south = Team.objects.create(name="South")
    refresh(make_report(team=south), make_report(team=team))
    text = text_of(as_("team_manager").get("/oversight/clocks/list?duty=triage&standing=late"))
    assert "1 more on this page is about matters that you may not see." in text


def test_whoever_has_a_conflict_sees_none_of_that_matter(as_, now, team):
    from haven.accounts.models import Staff
    from haven.cases.models import Conflict

    report = make_report()
    refresh(report)
    browser = as_("auditor")
    address = "/oversight/clocks/list?duty=triage&standing=late"
    assert report.reference in text_of(browser.get(address))
    Conflict.objects.create(
        report=report, staff=Staff.objects.get(name="auditor"), reason="relative", declared_at=SUNDAY
    )
    assert report.reference not in text_of(browser.get(address))


@pytest.mark.parametrize("asked", ["duty=nothing&standing=late", "duty=triage&standing=x", "", "duty=triage"])
def test_a_list_that_is_not_there_is_not_found(as_, asked):
    assert as_("auditor").get(f"/oversight/clocks/list?{asked}").status_code == 404


@pytest.mark.parametrize("after", ["x", "_", "2026-11-22_1", "2026-11-22T00:00:00+00:00_x", "%00", "2026_1_1"])
def test_a_place_that_nobody_was_given_shows_the_first_page(as_, worked_on, after):
    answer = as_("auditor").get(f"/oversight/clocks/list?duty=triage&standing=late&after={after}")
    assert "HV-" in text_of(answer)


def test_looking_at_a_list_is_in_the_trail(as_, worked_on):
    from haven.trail.models import Entry

    as_("auditor").get("/oversight/clocks/list?duty=triage&standing=late")
    assert Entry.objects.get(act="duties.listed").codes == {"duty": "triage", "standing": "late"}


def test_the_insight_analyst_sees_no_small_number_anywhere(as_, worked_on):
    browser = as_("insight_analyst")
    clocks = text_of(browser.get("/oversight/clocks"))
    assert "fewer than 5" in clocks
    triage = clocks.partition("A trained person reads it and checks for danger")[2][:120]
    assert "not shown 5 fewer than 5 0 fewer than 5 0" in re.sub(r"\s3\.\d\S*,? 2\.0\(b\)", "", triage)
    assert "standing=" not in browser.get("/oversight/clocks").content.decode()
    figures = text_of(browser.get("/oversight/figures"))
    assert "Counts from 1 to 4 are not shown" in figures
    assert "Online form not shown By letter fewer than 5" in figures
    assert "Online form 5" not in figures


def test_an_analyst_with_another_role_of_oversight_sees_every_number(as_, worked_on):
    text = text_of(as_("insight_analyst", "policy_owner").get("/oversight/figures"))
    assert "Online form 5 By letter 2" in text


def queries(browser, address):
    """How many queries a page takes."""
    with CaptureQueriesContext(connections["default"]) as context:
        assert browser.get(address).status_code == 200
    return len(context)


@pytest.mark.parametrize("address", [*OPEN_TO, "/oversight/policy?state=partly"])
def test_a_page_costs_as_many_queries_for_eight_reports_as_for_forty(as_, worked_on, team, address):
    browser = as_("auditor")
    browser.get(address)
    before = queries(browser, address)
    reports = [make_report() for _ in range(32)]
    refresh(*reports[1:], make_case(team, reports[0]))
    assert queries(browser, address) == before


@pytest.fixture
def trail(now, worked_on):
    """A few entries about a report."""
    from haven.kernel.action import SYSTEM
    from haven.trail.recording import append

    report = worked_on[0]
    with transaction.atomic():
        for outcome, guards in (("done", []), ("refused", ["reports.may_add"])):
            append(
                chain=f"report:{report.pk}", at=SUNDAY, act="report.added_to", outcome=outcome, by=SYSTEM,
                subject=report, guards=guards, clause="3.2.1" if guards else "", codes={},
            )  # fmt: skip
    return report


def test_the_trail_is_in_plain_words_by_reference_and_without_a_name(as_, trail):
    text = text_of(as_("auditor").get("/oversight/trail"))
    assert "Refused: added to a report Policy 3.2.1, reports.may_add" in text
    assert trail.reference in text
    assert "They shouted" not in text


def test_the_trail_is_found_by_reference_by_guard_and_by_outcome(as_, trail):
    browser = as_("data_protection_officer")
    about = f"/oversight/trail?about={trail.reference.lower()}"
    assert text_of(browser.get(about)).count("report:") == 2
    refused = text_of(browser.get(f"{about}&outcome=refused&guard=reports.may_add"))
    assert refused.count(", entry ") == 1
    assert "What came of it: refused" in refused
    assert "Nothing in the trail fits" in text_of(browser.get("/oversight/trail?about=HV-2222-222"))


def test_whoever_has_a_conflict_finds_nothing_of_that_matter_in_the_trail(as_, trail):
    from haven.accounts.models import Staff
    from haven.cases.models import Conflict

    browser = as_("auditor")
    assert text_of(browser.get("/oversight/trail")).count(trail.reference) == 2
    Conflict.objects.create(report=trail, staff=Staff.objects.get(name="auditor"), reason="party", declared_at=SUNDAY)
    assert trail.reference not in text_of(browser.get("/oversight/trail"))
    absent = new_reference("HV")
    asked = [text_of(browser.get(f"/oversight/trail?about={wanted}")) for wanted in (trail.reference, absent)]
    assert asked[0].replace(trail.reference, absent) == asked[1]


@pytest.mark.parametrize(
    "asked",
    ["until=x", "actor=-1", "actor=x", "outcome=nonsense", "act=nonsense", "about=" + "x" * 50, "actor=" + "9" * 30],
)
def test_a_wrong_filter_says_what_is_wrong_and_keeps_what_was_typed(as_, trail, asked):
    answer = as_("auditor").get(f"/oversight/trail?{asked}")
    page = answer.content.decode()
    assert "There is a problem" in page
    assert "<title>Error:" in page
    assert trail.reference in page


@pytest.mark.parametrize("before", ["x", "-1", "%00", "9" * 40, "²"])
def test_a_wrong_place_in_the_trail_is_the_beginning(as_, trail, before):
    assert trail.reference in text_of(as_("auditor").get(f"/oversight/trail?before={before}"))


def test_refusals_counted_on_a_clause_lead_to_their_list(as_, trail):
    browser = as_("auditor")
    page = unescape(browser.get("/oversight/policy/3.2.1").content.decode())
    address, number = re.search(
        r'href="(/oversight/trail\?guard=reports\.may_add&outcome=refused)">(\d+)<', page
    ).groups()
    assert text_of(browser.get(address)).count(", entry ") == int(number) == 1
