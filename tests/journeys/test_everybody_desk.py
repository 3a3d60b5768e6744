"""Nobody who works here is kept out of a page: axe on the desk's and the oversight's, and on their errors."""

from dataclasses import replace
from io import BytesIO

import pytest

from tests.journeys.everybody import DARK, LIGHT, Look, Screen
from tests.journeys.everything import PICTURE
from tests.journeys.people import Watched, Worker
from tests.machinery import axe

pytestmark = pytest.mark.browser
LOOKS = (Look(320, (DARK,)), Look(1280, (LIGHT,)))
SEND = "#content form button:visible >> nth=-1"
LISTS = [
    "/desk/",
    "/desk/queue",
    "/desk/queue?language=ar",
    "/desk/cases",
    "/desk/cases?whose=team",
    "/desk/find",
    "/desk/reviews",
    "/desk/team",
    "/desk/drafts",
    "/desk/?mine=1&cover=1",
]
PARTS = [
    "", "/people", "/happened", "/risk", "/behaviour", "/plan", "/contact", "/closing", "/findings", "/patterns", "/papers", "/trail",
]  # fmt: skip
OF_CASE = ["?kind=contact", "/visit"]
FORMS = [
    "/people/add", "/happened/add", "/findings/add", "/plan/developments/add", "/plan/review", "/assign", "/restrict",
    "/conflict", "/closing/propose",
]  # fmt: skip
OF_STEP = ["risk", "evidence", "fairness", "heard", "support", "agreement", "screening", "served", "outcome", "end"]
OF_REPORT = ["", "/messages", "/code", "/files", "/conflict"]
OVERSIGHT = ["", "policy", "policy/3.3.2", "policy/6.1", "clocks", "figures", "trail"]
SEEN_ELSEWHERE = {
    "desk:picture": "a picture, no page",
    "desk:thumbnail": "a picture, no page",
    "desk:letter-document": "a letter, no page",
}


@pytest.fixture(scope="module")
def screen(chromium, haven, rows, signed_in):
    """Everything that a manager, a caseworker and an auditor met, narrow in the dark and wide in the light."""
    seen = Screen(LOOKS)
    there = rows.ask(what_there_is)
    for who, act in (
        ("manager", meet_lists),
        ("manager", meet_reports),
        ("manager", meet_case),
        ("manager", meet_behaviour),
        ("auditor", meet_oversight),
    ):
        browser = Watched(chromium, haven.url, width=LOOKS[0].width, height=900, bypass_csp=True, storage_state=signed_in(who))
        axe.comes_into(browser.context)
        try:
            act(seen, Worker(browser, who), there)
        finally:
            browser.close()
    return seen


def tell_with_a_picture():
    """Tell the landlord something with a picture; return the reference and the picture's number."""
    from haven.evidence.actions import keep
    from haven.kernel import clock
    from haven.kernel.models import SealingKey
    from haven.reports.actions import receive_report
    from haven.reports.told import Told
    from haven.reports.visits import VISITOR

    at, key = clock.now(), SealingKey.objects.create_for("report")
    item = keep(sealing_key=key, name="the door.png", file=BytesIO(PICTURE), by=VISITOR, at=at)
    report = receive_report(
        told=Told(account="Look at our door.", danger=("NONE",)),
        channel="WEB_FORM",
        code=None,
        sealing_key=key,
        items=[item],
        received_at=at,
        by=VISITOR,
        at=at,
    )
    return report.reference, item.pk


def assess(case, person):
    """Assess the risk to somebody twice, with little answered; return the number of the latest assessment."""
    from haven.accounts.models import Staff
    from haven.kernel import clock
    from haven.risk.actions import Answered, AssessmentTold, judge_band, record_assessment

    by = Staff.objects.filter(roles__contains=["team_manager"], team=case.team).first()
    answers = {"A1": Answered(value="DAILY", note="Every night."), "D6": Answered(value="NOW")}
    told = AssessmentTold(person=person, answers=answers)
    made = [record_assessment(case=case, told=told, by=by, at=clock.now()) for _ in range(2)][-1]
    added = record_assessment(case=case, told=AssessmentTold(person=person), by=by, at=clock.now())
    judge_band(assessment=added, band="high", reasons="He waits outside.", by=by, at=clock.now())
    return made.pk


def steps():
    """A step that was proposed and one that waits for approval with something that the shield found, and whom to ask."""
    from haven.confidentiality.models import Check
    from haven.interventions.actions import propose
    from haven.interventions.models import Intervention
    from haven.interventions.queries import harmed_in
    from haven.kernel import clock

    ours = Intervention.objects.filter(case__team__name="Merrowdale team")
    found = Check.objects.filter(found__gt=0).values("text_hash")
    waiting = ours.filter(text_hash__in=found).exclude(waiting_since=None).order_by("pk").first()
    given = {"case": waiting.case, "subject": waiting.subject, "tool": "FINAL_WARNING", "purpose": "That it stops."}
    before = waiting.case.interventions.filter(tool="FINAL_WARNING").first()
    proposed = before or propose(**given, by=waiting.proposed_by, at=clock.now())
    return {
        "proposed": f"/desk/cases/{proposed.case.reference}/behaviour/{proposed.pk}",
        "to_decide": f"/desk/cases/{waiting.case.reference}/behaviour/{waiting.pk}",
        "asked": harmed_in(proposed.case)[0],
    }


def plan(case, person):
    """Agree a plan with somebody and begin the next; return the draft, what was agreed, and a step of that."""
    from haven.accounts.models import Staff
    from haven.kernel import clock
    from haven.kernel.clock import local_date
    from haven.support import actions
    from haven.support.models import Plan
    from haven.support.rules import Agreeing, Copy, ItemSaid

    by = Staff.objects.filter(roles__contains=["team_manager"], team=case.team).first()
    made = Plan.objects.filter(case=case, person=person, agreed_at=None).first()
    made = made or actions.begin_plan(case=case, person=person, by=by, at=clock.now())
    for old in made.items.exclude(due_on=None):  # the day that was thought of may have passed
        again = replace(actions.said_of(old), due_on=local_date(clock.now()))
        actions.write_item(plan=made, item=old, said=again, by=by, at=clock.now())
    said = ItemSaid(
        words="We ring on Friday.", kind="contact", doer="agency", answers="wish", why="Never to tell it twice"
    )
    item = actions.write_item(plan=made, said=said, by=by, at=clock.now())
    agreeing = Agreeing(
        agreed_at=clock.now(),
        told="telephone",
        language="en",
        through="interpreter",
        copy=Copy(language="en", wish="As it is"),
    )
    actions.agree_plan(plan=made, agreeing=agreeing, by=by, at=clock.now())
    draft = actions.begin_plan(case=case, person=person, by=by, at=clock.now())
    return draft.pk, made.pk, item.pk


def contact(case, person):
    """Record a try to reach somebody; return its id."""
    from haven.correspondence.actions import ContactTold, record_contact
    from haven.kernel import clock

    told = ContactTold(way="call", result="no_answer", happened_at=clock.now())
    return record_contact(matter=case, person=person, told=told, by=case.caseworker, at=clock.now()).pk


def closing(case):
    """Propose to close a case, unless that waits already; return its id."""
    from haven.kernel import clock
    from haven.obligations.actions import propose_closing
    from haven.obligations.queries.closing import Proposed, proposal_of

    proposed = Proposed(
        reasons=("stopped",), words="Quiet for two months.", letter="We have closed it.", letter_by="code"
    )
    made = proposal_of(case) or propose_closing(case=case, proposed=proposed, by=case.caseworker, at=clock.now())
    return made.pk


def what_there_is():
    """A report of each kind and a case with everything in it, all of the Merrowdale team."""
    from haven.cases.models import Case, CasePerson
    from haven.obligations.models import Duty
    from haven.reports.models import Report

    case = (
        Case.objects.filter(team__name="Merrowdale team", restriction="team", state="open")
        .order_by("-opened_at")
        .first()
    )
    person = CasePerson.objects.filter(case=case).order_by("pk").first()
    harmed = CasePerson.objects.filter(case=case, part="harmed").order_by("pk").first()
    waiting = Report.objects.filter(state="received", team__name="Merrowdale team").order_by("pk").first()
    waiting = waiting or Report.objects.filter(state="received", team=None).order_by("pk").first()
    with_file, file = tell_with_a_picture()
    return {
        "with_file": with_file,
        "file": file,
        "case": case.reference,
        "person": person.person_id,
        "waiting": waiting.reference,
        "decided": case.report_links.first().report.reference,
        "harmed": harmed.person_id,
        "assessment": assess(case, harmed.person),
        **steps(),
        "plans": plan(case, harmed.person),
        "contact": contact(case, harmed.person),
        "closing": closing(case),
        "teller": Report.objects.filter(persons__part="reporter", case_links__case=case).first().reference,
        "duty": Duty.objects.filter(case=case, met_at=None, ended_at=None).values_list("pk", flat=True).first(),
    }


def meet_lists(screen, worker, there):
    """The work lists, finding, and what is not there."""
    for path in LISTS:
        screen.meet(worker.see(path), path)
    screen.meet(worker.see("/desk/nowhere"), "/desk/nowhere")
    screen.meet(worker.see("/desk/find").write("words", "").press("Find"), "/desk/find: nothing written")
    screen.meet(worker.see("/desk/find").write("words", "Yusuf Kowalski").press("Find"), f"{worker.path}")
    worker.page.keyboard.press("?")
    screen.meet(worker, "the list of keys")


def meet_reports(screen, worker, there):
    """A report that waits and one that was decided, with their forms, right and wrong."""
    for reference in (there["waiting"], there["decided"]):
        for part in OF_REPORT:
            screen.meet(worker.see(f"/desk/reports/{reference}{part}"))
    screen.meet(worker.see(f"/desk/reports/{there['with_file']}/files"))
    screen.meet(worker.see(f"/desk/reports/{there['with_file']}/files/{there['file']}"))
    worker.see(f"/desk/reports/{there['waiting']}").click("#decide form button")
    screen.meet(worker, "a decision without an answer")
    for outcome in ("open", "join", "link", "neither"):
        worker.see(f"/desk/reports/{there['waiting']}").tick("outcome", outcome)
        screen.meet(worker, f"a decision: {outcome}")
        if outcome != "open":
            screen.sent_wrong(worker, "#decide form button", f"a decision: {outcome}, nothing filled in")
    for part in ("/messages", "/code"):
        for number in range(3):
            worker.see(f"/desk/reports/{there['waiting']}{part}")
            buttons = worker.page.locator("#content form:visible button:visible")
            if number < buttons.count():
                screen.sent_wrong(worker, buttons.nth(number), f"report{part}: pressed {number}")


def meet_case(screen, worker, there):
    """A case, all of its pages and forms, empty and wrong."""
    base = f"/desk/cases/{there['case']}"
    for part in [*PARTS, *OF_CASE]:
        screen.meet(worker.see(base + part))
    person = there["person"]
    for part in [*FORMS, f"/people/{person}/contact", f"/people/{person}/needs", f"/people/add/{person}"]:
        screen.meet(worker.see(base + part))
        if part not in ("/assign", "/restrict", "/conflict"):
            screen.sent_wrong(worker, SEND, f"{part} sent empty")
    screen.meet(worker.see(f"/desk/duties/{there['duty']}"))
    screen.meet(worker.see(f"/desk/duties/{there['duty']}/late"))
    screen.sent_wrong(worker, SEND, "/late sent empty")
    screen.meet(worker.see("/desk/drafts"), "/desk/drafts: what was typed")
    meet_risk(screen, worker, there, base)
    meet_plan(screen, worker, there, base)
    meet_contact(screen, worker, there, base)


def meet_plan(screen, worker, there, base):
    """A draft that cannot be agreed yet, its forms empty and wrong, a plan that was agreed, and its copies."""
    draft, agreed, step = there["plans"]
    for part in (f"/{draft}/offered", f"/{draft}/steps/add", f"/{draft}/agree", f"/steps/{step}/outcome"):
        screen.meet(worker.see(f"{base}/plan{part}"))
        screen.sent_wrong(worker, SEND, f"{part} sent empty")
    for part in ("copy", "copy/large"):
        screen.meet(worker.see(f"{base}/plan/{agreed}/{part}"))
    screen.meet(worker.see(f"{base}/plan/steps/{step}"))
    screen.meet(worker.see(f"{base}/plan"), "a plan and a draft")


def meet_contact(screen, worker, there, base):
    """The forms by which people are reached and a case is closed, empty and wrong."""
    person, teller = there["harmed"], there["teller"]
    for path in (
        f"{base}/contact/people/{person}", f"{base}/contact/people/{person}/mail",
        f"{base}/contact/people/{person}/welfare", f"{base}/contact/{there['contact']}/back",
        f"{base}/closing/people/{person}", f"{base}/closing/{there['closing']}/back", f"{base}/closing/reopen",
        f"/desk/reports/{teller}/contact",
    ):  # fmt: skip
        screen.meet(worker.see(path))
        screen.sent_wrong(worker, SEND, f"{path.rpartition('/')[2]} sent empty")
    worker.see(f"{base}/closing")
    screen.sent_wrong(worker, "form[action$='/close'] button", "closing too early sent")


def meet_risk(screen, worker, there, base):
    """The steps of an assessment up to signing, what is refused, and the forms beside it."""
    screen.meet(worker.see(f"{base}/risk/{there['assessment']}"))
    screen.meet(worker.see(f"{base}/risk/household/assess"))
    screen.meet(worker.see(f"{base}/risk/people/{there['person']}/look"))
    screen.meet(worker.see(f"{base}/risk/{there['assessment']}/judge"))
    screen.sent_wrong(worker, SEND, "/judge sent empty")
    worker.see(f"{base}/risk/{there['assessment']}/judge").tick("band", "high")
    screen.sent_wrong(worker, SEND, "a judgement: of an older assessment")
    screen.meet(worker.see(f"{base}/risk/people/{there['harmed']}/assess"))
    for number in range(2, 8):
        worker.click("#content form button[value=next]")
        screen.meet(worker, f"an assessment: step {number}")
    screen.meet(worker.click("#content form button[value=sign]"), "an assessment: signed")


def meet_behaviour(screen, worker, there):
    """Steps about conduct: proposing one, every form of its gate, the letter with marks in it, deciding."""
    here, decide = there["proposed"], there["to_decide"]
    screen.meet(worker.see(here))
    about = [f"{what}/{there['asked']}" for what in ("asked", "wishes", "told", "consent")]
    for part in [*OF_STEP, *about, "letter"]:
        screen.meet(worker.see(f"{here}/{part}"))
        screen.sent_wrong(worker, SEND, f"a step: {part} sent empty")
    screen.meet(worker.see(f"{here.rpartition('/')[0]}/propose"))
    screen.sent_wrong(worker, SEND, "a proposal sent empty")
    screen.meet(worker.see(f"{decide}/letter"))
    screen.meet(worker.see(f"{decide}/translation"))
    screen.meet(worker.see(f"{decide}/decide"))
    for button, name in (
        ("button[value=clear] >> nth=0", "cleared without a reason"),
        ("button[value=approve]", "approved too early"),
        ("button[value=back]", "sent back without a reason"),
    ):
        screen.sent_wrong(worker.see(f"{decide}/decide"), button, name)


def meet_oversight(screen, worker, there):
    """The pages of those who look at the whole."""
    for part in OVERSIGHT:
        screen.meet(worker.see(f"/oversight/{part}"), f"/oversight/{part}")
    worker.see("/oversight/clocks").click(worker.page.locator("main a[href*='clocks/list']").first)
    screen.meet(worker)


def test_nobody_is_kept_out_of_a_page_for_staff(screen):
    assert not screen.found, screen.said()


def test_every_page_for_staff_has_a_title_of_its_own(screen):
    pages = {name: title for name, title in screen.met.items() if name.startswith("/") and not set(name) & set(":? ")}
    titles = list(pages.values())
    assert {name: title for name, title in pages.items() if titles.count(title) > 1 and name != "/desk/nowhere"} == {}


def test_every_address_of_desk_and_oversight_was_met(screen):
    from django.urls import resolve

    from haven.web.staff.guard import declared

    met = {
        resolve(name.partition("?")[0].partition(":")[0]).view_name
        for name in screen.met
        if name.startswith("/") and "nowhere" not in name and "sent" not in name
    }
    every = {
        route.name
        for route in declared()
        if route.name.startswith(("desk:", "oversight:")) and "GET" in route.audience.methods
    }
    assert every - met - set(SEEN_ELSEWHERE) == set()
