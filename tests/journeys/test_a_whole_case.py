"""One whole case in a browser: the person who tells us, caseworker, manager and auditor.

From the first word to a safe close, and open again when they ask; nobody touches anything but pages.
"""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.clause("3.2.1", "3.3.1", "3.3.5", "3.4.1", "3.5.1", "3.5.2")]
THEIRS = "He waits on the stairs every Friday and says that we should go home."
AGAIN = "He was on the stairs again last night."
CLOSED = "It has stopped. Tell us when anything happens, and we open it again."
FORM = "#content form"
LETTER = {
    "conduct": "You have shouted at people because of who they are.",
    "change": "You must not shout at anybody, threaten or insult them.",
}


def a_home_and_a_tenant():
    """A postcode at which the Merrowdale team has homes; a tenant of another of their homes, that home, the tenancy."""
    from haven.homes.models import Property
    from haven.people.models import Occupancy

    homes = Property.objects.filter(patch__startswith="MERROWDALE", reports=None, cases=None)
    tenants = Occupancy.objects.filter(
        part="tenant", to_on=None, tenancy__ends_on=None, tenancy__property__in=homes, person__in_cases=None,
        tenancy__agreement__clauses__is_behaviour=True, person__needs=None,
    )  # fmt: skip
    tenant = tenants.select_related("person__sealing_key", "tenancy__property").order_by("pk").first()
    lives = homes.exclude(postcode=tenant.tenancy.property.postcode).order_by("-pk").first()
    return lives.postcode, tenant.person.name, tenant.tenancy.property.one_line, str(tenant.tenancy_id)


def refused(worker):
    """What a page says against what was sent."""
    return worker.errors + worker.page.locator(".hv-refusal").all_inner_texts()


def send(worker, path="", **answers):
    """Fill in the form at an address, or the one that is open, and press its last button; nothing is refused."""
    if path:
        worker.see(path)
    here = worker.path
    worker.answer(**answers).click(f"{FORM} button:visible >> nth=-1")
    assert worker.path != here, refused(worker)
    return worker


def press(worker, words):
    """Press what bears these words and more."""
    return worker.click(worker.page.locator("#content").get_by_role("button", name=words).first)


def tell(person, postcode):
    """They tell us, with a name, a home and a way that is safe; return the reference and the code."""
    person.begin().tick("danger", "NONE").go().answer(account=THEIRS).go().answer(role="VICTIM").go()
    person.see("/p/8").answer(place="HOME").go().answer(postcode=postcode).go("find")
    person.page.locator("[name=home]").first.check()
    person.go().see("/p/11").answer(strands="RACE").go().answer(incident_types="VERBAL").go()
    person.see("/p/26").answer(identity="named").go().answer(name="Amina Yusuf").go()
    person.answer(preferred="call").go().answer(number="07700 900123").go("check").send()
    return person.receipt


def take_up(worker, reference, name):
    """The caseworker opens a case and takes it; return its address and the number of the person harmed."""
    worker.see(f"/desk/reports/{reference}").tick("outcome", "open")
    mine = worker.page.locator("[name=caseworker] option").filter(has_text=name).first.get_attribute("value")
    worker.answer(caseworker=mine, summary="Shouting on the stairs, every Friday.").click("#decide form button")
    case = worker.path
    people = worker.see(f"{case}/contact").page.locator("a[href*='/contact/people/']")
    return case, people.first.get_attribute("href").rsplit("/", 1)[1]


def talk(worker, case, person, covered, **more):
    """The caseworker speaks with the person and writes it down."""
    said = {"way": "call", "result": "two_way", "still_safe": "confirmed", "covered": covered, **more}
    return send(worker, f"{case}/contact/people/{person}", words="We spoke for half an hour.", **said)


def assess(worker, case, person):
    """The caseworker asks every question; each has its first answer, which is the mildest."""
    worker.see(f"{case}/risk/people/{person}/assess")
    while worker.page.locator(f"{FORM} button[value=sign]").count() == 0:
        for name in worker.page.evaluate(
            "[...new Set([...document.querySelectorAll('input[type=radio]')].map(o => o.name))]"
        ):
            worker.page.locator(f'[name="{name}"]').first.check()
        worker.click(f"{FORM} button[value=next]")
    worker.click(f"{FORM} button[value=sign]")
    assert worker.path == f"{case}/risk", refused(worker)


def agree_a_plan(worker, case, person):
    """They agree on what is done, which answers what they fear."""
    worker.see(f"{case}/plan")
    press(worker, "Begin: the whole plan")
    press(worker, "Write a step")
    send(worker, words="We fit a bolt.", kind="safety", doer="staff", answers="fear", why="He says we should go home",
         **today(worker, "due_on"))  # fmt: skip
    press(worker, "They have agreed")
    send(worker, told="telephone", through="directly", copy_way="none", copy_wish="Nothing on paper, please.")


def today(worker, name):
    """A day as three answers: today."""
    from haven.kernel.clock import local_date, now

    day = local_date(now())
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def name_whoever_did_it(worker, case, tenant, home):
    """The caseworker adds the person responsible, who is known from the register."""
    send(worker, f"{case}/people/add", part="responsible", name=tenant)
    card = worker.page.locator("section", has=worker.page.get_by_role("heading", name=tenant, exact=True)).last
    card.locator("summary").click()
    worker.click(card.locator(".hv-likenesses > li", has_text=home).get_by_role("button", name="the same person").first)


def propose(worker, case):
    """The caseworker proposes a first warning; return its address."""
    worker.see(f"{case}/behaviour/propose")
    worker.page.locator("[name=subject]").first.check()
    return send(worker, tool="FIRST_WARNING", purpose="That it stops.").path


def prepare(worker, case, step, harmed, tenancy):
    """Everything that the gate asks for before somebody else can approve the step."""
    wish = {"wishes": "It must stop.", "fears": "That he guesses it was me.", "weighed": "The letter names nobody."}
    send(worker, f"{step}/asked/{harmed}", view="agrees", how="telephone", **wish)
    assess(worker, case, harmed)
    worker.see(f"{step}/risk")
    send(worker, may_do="He may guess.", measures="The bolt.", clock="00:01", **today(worker, "day"))
    send(worker, f"{step}/evidence", kinds="witness", why="Two people heard it.")
    send(worker, f"{step}/heard", result="heard", words="He says that he was joking.")
    send(worker, f"{step}/support", is_offered="yes", kinds="education", words="A course; he thinks about it.")
    send(worker, f"{step}/agreement", tenancy=tenancy, link="tenant")
    worker.see(f"{step}/letter").page.locator("[name=clauses]").first.check()
    send(worker, **LETTER)
    press(worker, "Ask for approval")


def decide(manager, step):
    """A manager reads what was recorded and the letter, and approves it with their name."""
    manager.see(f"{step}/decide")
    assert LETTER["conduct"] in manager.text
    manager.click("button[value=approve]")
    assert manager.path == step, refused(manager)


def carry_out(worker, step, harmed):
    """The person knows first; then the letter goes, and what came of it is written down."""
    send(worker, f"{step}/told/{harmed}", is_told="yes", words="By telephone; she knows that it goes today.")
    send(worker, f"{step}/served", how="by_hand")
    send(worker, f"{step}/outcome", kind="complied", words="Nothing more was heard.")
    send(worker, f"{step}/end", ended_as="complied")


def propose_to_close(worker, case, harmed):
    """The person says that they are content; the caseworker proposes to close, with a letter behind their code."""
    send(worker, f"{case}/closing/people/{harmed}", view="content", words="It is quiet. You may close it.")
    send(worker, f"{case}/closing/propose", reasons="stopped", words="Quiet.", letter_by="code", letter=CLOSED)


def settle_the_plan(worker, case):
    """What was promised is done."""
    worker.see(f"{case}/plan").click(worker.page.locator("a[href$='/outcome']").first)
    send(worker, outcome="done")


def test_a_case_is_carried_from_the_first_word_to_a_safe_close_and_opened_again(somebody, colleague, rows, quiet):
    postcode, tenant, home, tenancy = rows.ask(a_home_and_a_tenant)
    person = somebody(width=390)
    reference, code = tell(person, postcode)
    worker, manager = colleague("caseworker"), colleague("manager", width=390)
    case, harmed = take_up(worker, reference, "Aaliyah Norton")
    talk(worker, case, harmed, ["news", "wishes", "safety", "advice", "support"], interview="yes", police="does_not")
    assess(worker, case, harmed)
    agree_a_plan(worker, case, harmed)
    name_whoever_did_it(worker, case, tenant, home)
    step = propose(worker, case)
    prepare(worker, case, step, harmed, tenancy)
    manager.see("/desk/team")
    assert case.rsplit("/", 1)[1] in manager.page.locator("#waiting-for-approval").inner_text()
    decide(manager, step)
    carry_out(worker, step, harmed)
    talk(worker, case, harmed, ["news", "reopening", "complaint"], police="not_raised")
    propose_to_close(worker, case, harmed)
    worker.see(f"{case}/closing")
    press(worker, "Close the case")
    assert "1 step of the plan has no outcome" in worker.page.locator(".hv-refusal").inner_text()
    settle_the_plan(worker, case)
    worker.see(f"{case}/closing")
    press(worker, "Close the case")
    assert "This case is closed" in worker.text, worker.text
    person.return_with(code)
    for promise in ("We fit a bolt.", "We will agree with you what happens next, and give you a copy."):
        assert f"Done {promise}" in person.text
    person.click("form[action='/mine/read'] button")
    assert CLOSED in person.text
    send(worker, f"{case}/closing/reopen", channel="PHONE", danger="NONE", words=AGAIN)
    assert worker.path != case
    goes_on, before = worker.path.rsplit("/", 1)[1], case.rsplit("/", 1)[1]
    assert f"Case {before} (closed)" in worker.text
    seen = colleague("auditor").see("/oversight/trail").text
    for words in (
        "Refused: closed a case Policy 3.3.1",
        f"Closed a case {before}",
        f"Opened a closed case again {goes_on}",
    ):
        assert words in seen, words
    assert "Amina" not in seen
