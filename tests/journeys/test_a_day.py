"""A day of a caseworker and of their manager at the desk, with the keyboard alone."""

from datetime import timedelta

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.clause("2.0(b)", "3.4.1", "3.5.1")]
TITLE = """() => {
  const one = document.activeElement;
  if (one.matches("body, dialog, main, #content")) return "";
  return (one.labels?.[0]?.textContent || one.textContent || one.value || "").trim();
}"""


def a_case(caseworker="", *, needs=()):
    """Open a case in the Merrowdale team ten days ago, for somebody or for nobody; return its reference and number."""
    from haven.accounts.models import Staff, Team
    from haven.cases import actions
    from haven.cases.actions import Seen
    from haven.demo.staff import email_of
    from haven.kernel import clock
    from haven.reports.actions import receive_report
    from haven.reports.choices import Identity
    from haven.reports.told import Someone, Told
    from haven.reports.visits import VISITOR

    at, team = clock.now() - timedelta(days=10), Team.objects.get(name="Merrowdale team")
    told = Told(
        account="They shouted again.", danger=("NONE",), role="victim", identity=Identity.NAMED, strands=("RACE",),
        reporter=Someone(name="Amina Yusuf"), needs=needs,
    )  # fmt: skip
    report = receive_report(told=told, channel="WEB_FORM", code=None, received_at=at, by=VISITOR, at=at)
    worker = Staff.objects.get(email=email_of(caseworker)) if caseworker else None
    by = worker or Staff.objects.get(email=email_of("manager"))
    case = actions.open_case(
        report=report, seen=Seen(version=report.version, shown={}), team=team, caseworker=worker, by=by, at=at
    )
    return case.reference


def duty_of(reference, key):
    """The number of a duty of a case."""
    from haven.obligations.models import Duty

    return Duty.objects.get(case__reference=reference, key=key).pk


def late_reasons_of(reference):
    """Why duties of a case were late, and whether they are met."""
    from haven.obligations.models import Duty, LateReason

    codes = list(LateReason.objects.filter(case__reference=reference).values_list("code", flat=True))
    return codes, list(Duty.objects.filter(case__reference=reference, key="graffiti_hate", met_at=None))


def caseworker_of(reference):
    """Who has a case."""
    from haven.cases.models import Case

    case = Case.objects.select_related("caseworker").get(reference=reference)
    return case.caseworker.name if case.caseworker else ""


def focused(person):
    """What has the focus."""
    return person.page.evaluate(TITLE)


def tab_to(person, words):
    """Press Tab until something with these words has the focus."""
    for _ in range(150):
        if words in focused(person):
            return person
        person.page.keyboard.press("Tab")
    raise AssertionError(f"no way to {words!r} with the keyboard")


def jump_to(person, reference):
    """Press j until the row of a case has the focus."""
    for _ in range(150):
        person.page.keyboard.press("j")
        if reference in focused(person):
            return person
    raise AssertionError(f"{reference} is in no row")


def kept(person):
    """Wait until what was typed is kept."""
    person.page.locator("[data-kept]", has_text="Draft kept").wait_for()


def test_a_caseworker_goes_through_a_day_with_the_keyboard_alone(colleague, rows, quiet):
    reference = rows.ask(a_case, "caseworker", needs=("CLEAN_OFF",))
    worker = colleague("caseworker").see("/desk/")
    worker.page.keyboard.press("j")
    assert worker.page.evaluate("!!document.activeElement.closest('[data-row]')")
    first = focused(worker)
    worker.key("Enter")
    assert first in worker.page.url
    worker.key("n")
    assert worker.path == "/desk/"
    worker.see(f"/desk/cases/{reference}")
    worker.page.keyboard.press("d")
    assert worker.page.evaluate("document.querySelector('details[data-menu][open]') !== null")
    worker.key("o")
    assert worker.path.endswith("/happened/add")
    tab_to(worker, "What happened, in your words").page.keyboard.type("He kicked the door, and")
    kept(worker)
    again = colleague("caseworker").see(f"/desk/cases/{reference}")
    assert again.page.get_by_role("link", name="Drafts 1").count() == 1
    again.see(f"/desk/cases/{reference}/happened/add")
    assert again.page.locator("[name=summary]").input_value() == "He kicked the door, and"
    tab_to(again, "Exactly").page.keyboard.press("ArrowUp")
    assert focused(again) == "Not known"
    tab_to(again, "What happened, in your words").page.keyboard.press("Control+End")
    again.page.keyboard.type(" ran.")
    tab_to(again, "Keep it").key("Enter")
    assert "He kicked the door, and ran." in again.text
    assert again.page.get_by_role("link", name="Drafts").count() == 0


def test_a_late_duty_is_not_done_without_its_reason_and_nothing_typed_is_lost(colleague, rows, quiet):
    reference = rows.ask(a_case, "caseworker", needs=("CLEAN_OFF",))
    duty = rows.ask(duty_of, reference, "graffiti_hate")
    worker = colleague("caseworker").see(f"/desk/duties/{duty}")
    tab_to(worker, "By telephone").page.keyboard.press("ArrowUp")
    tab_to(worker, "What came of it").page.keyboard.type("The wall is clean.")
    tab_to(worker, "Record it as done").key("Enter")
    assert "Say why it was late." in worker.page.locator(".hv-refusal").inner_text()
    assert worker.page.locator("[name=words]").input_value() == "The wall is clean."
    tab_to(worker, "Nobody was free to do it").page.keyboard.press("ArrowDown")
    assert focused(worker) == "Nobody knew that it was theirs to do"
    tab_to(worker, "Record it as done").key("Enter")
    assert worker.path == f"/desk/cases/{reference}"
    assert rows.ask(late_reasons_of, reference) == (["NOT_KNOWN"], [])


def test_a_manager_gives_a_case_that_nobody_has_to_whoever_carries_least(colleague, rows, quiet):
    reference = rows.ask(a_case)
    manager = colleague("manager").see("/desk/").key("t")
    assert manager.path == "/desk/team"
    assert "Who carries how much" in manager.text
    jump_to(manager, reference)
    tab_to(manager, f"Give it out ({reference})").key("Enter")
    assert manager.path == f"/desk/cases/{reference}/assign"
    tab_to(manager, "Caseworker").page.keyboard.type("Aaliyah")
    tab_to(manager, "Record").key("Enter")
    assert rows.ask(caseworker_of, reference) == "Aaliyah Norton"
    manager.see("/desk/team")
    assert reference not in manager.page.locator("#nobody-has-it").inner_text()


def test_the_keys_are_listed_and_stay_off_once_they_are_switched_off(colleague, quiet):
    worker = colleague("caseworker").see("/desk/")
    worker.page.keyboard.press("?")
    listed = worker.page.locator("dialog#keys").inner_text()
    for words in ("Next in the list", "Needs me now", "Queue"):
        assert words in listed
    tab_to(worker, "Switch the keys off").key("Enter")
    worker.see("/desk/queue").see("/desk/")
    worker.page.keyboard.press("j")
    worker.page.keyboard.press("q")
    assert worker.path == "/desk/"
    assert worker.page.evaluate("document.activeElement === document.body")


@pytest.mark.clause("3.3.3")
def test_the_printed_sheet_for_a_visit_says_nothing_of_what_it_is_about(colleague, rows, quiet):
    reference = rows.ask(a_case, "caseworker", needs=("CLEAN_OFF",))
    worker = colleague("caseworker").see(f"/desk/cases/{reference}").key("v")
    assert worker.title == "Visit"
    worker.page.emulate_media(media="print")
    printed = worker.page.locator("body").inner_text().lower()
    assert "ask for" in printed
    assert "look at the outside walls" in printed
    for words in ("for paper", "haven", "race", "shouted", "graffiti", "hate", "critical", "police"):
        assert words not in printed, words
