"""A report is taken up at the desk: the order of the queue, what is known already, one decision, and who may not know."""

import re

import pytest

pytestmark = pytest.mark.browser
REASON = "The fence came down in the wind; the person says so themselves and wants a repair."


def a_home(number):
    """A home of the Merrowdale team, another one for each number."""
    from haven.homes.models import Property

    patches = ["MERROWDALE_1", "MERROWDALE_2"]
    homes = Property.objects.filter(patch__in=patches, reports=None, cases=None).order_by("pk")
    return homes[number]


@pytest.fixture
def tell(rows):
    """Tell the landlord something about a home, as the form does: tell(home, reporter="…", responsible="…")."""
    from haven.kernel import clock
    from haven.kernel.references import new_code
    from haven.reports.actions import receive_report
    from haven.reports.choices import Identity
    from haven.reports.told import Someone, Told
    from haven.reports.visits import VISITOR

    def receive(home, *, reporter="", responsible="", danger="NONE", account="They shouted at us on the stairs."):
        told = Told(
            account=account,
            danger=(danger,),
            language="en",
            role="victim",
            identity=Identity.NAMED if reporter else Identity.ANONYMOUS,
            reporter=Someone(name=reporter) if reporter else None,
            responsible=(Someone(name=responsible),) if responsible else (),
            home_id=home.pk if home else None,
            place="HOME",
            strands=("RACE",),
        )
        at = clock.now()
        return receive_report(
            told=told, channel="WEB_FORM", code=new_code(), received_at=at, by=VISITOR, at=at
        ).reference

    return lambda home, **more: rows.ask(receive, home, **more)


def decide(worker, outcome, **answers):
    """Fill in and send the decision about the report that is open."""
    worker.tick("outcome", outcome).answer(**answers)
    return worker.click("#decide form button")


def decisions(reference):
    """What was decided about a report: outcome and who decided."""
    from haven.cases.models import TriageDecision

    rows = TriageDecision.objects.filter(report__reference=reference).order_by("pk")
    return list(rows.values_list("outcome", "by__email", "upheld"))


def urgency_of(references):
    """The key by which the queue is in order, for each report."""
    from haven.reports.models import Report

    return {
        one.reference: (one.urgency, one.triage_due_at, one.pk)
        for one in Report.objects.filter(reference__in=references)
    }


def test_the_queue_is_in_the_order_of_danger_and_clock(colleague, rows, quiet, tell):
    danger = tell(None, danger="WEAPON")
    worker = colleague("caseworker").see("/desk/queue")
    shown = worker.page.locator("[data-open]").all_inner_texts()
    order = rows.ask(urgency_of, shown)
    assert shown == sorted(shown, key=order.get)
    assert danger in shown
    assert order[danger][0] == 0
    assert worker.see("/desk/").page.locator(".hv-alarm", has_text=danger).count() == 1


def test_what_is_known_already_is_shown_before_a_case_is_opened_and_then_joined(colleague, rows, tell):
    home = rows.ask(a_home, 0)
    first = tell(home, reporter="Amina Yusuf", responsible="Dean Hall")
    worker = colleague("caseworker").see(f"/desk/reports/{first}")
    assert home.one_line in worker.page.locator("#known").inner_text()
    decide(worker, "open", summary="Shouting on the stairs.")
    case = worker.page.url.rsplit("/", 1)[1]
    assert case.startswith("HC-")
    assert first in worker.text
    second = tell(home, reporter="Amina Youssef", responsible="Dean Hall", account="He did it again.")
    worker.see(f"/desk/reports/{second}")
    known = worker.page.locator("#known").inner_text()
    assert case in known
    assert "Amina Yusuf" in known
    assert "Same name" in known
    assert "proof" in known
    decide(worker, "join", join=case)
    assert worker.page.url.endswith(case)
    assert second in worker.text
    assert [one[0] for one in rows.ask(decisions, second)] == ["join"]
    assert second not in worker.see("/desk/queue").page.locator("[data-open]").all_inner_texts()


def left_alone(worker, reference, reason=REASON):
    """Decide that a report makes no case."""
    worker.see(f"/desk/reports/{reference}")
    return decide(worker, "neither", reason=reason)


def test_a_report_without_a_case_needs_a_reason_and_a_second_person(colleague, rows, tell):
    reference = tell(rows.ask(a_home, 1))
    manager = left_alone(colleague("manager"), reference, reason="Not ours.")
    assert "at least 20 characters" in manager.page.locator(".hv-refusal").inner_text()
    assert manager.page.locator("[name=reason]").input_value() == "Not ours."
    left_alone(manager, reference)
    assert "Somebody else will look at it again" in manager.page.locator("main").inner_text()
    manager.see("/desk/reviews")
    own = manager.page.locator("[data-row]", has_text=reference)
    assert "Your own decision" in own.inner_text()
    manager.see(f"/desk/reports/{reference}")
    assert "You made this decision yourself" in manager.page.locator("#review").inner_text()
    refused = post(manager, f"/desk/reports/{reference}/review", answer="uphold", reason="I still think so.")
    assert "You made this decision yourself" in refused.text()
    assert rows.ask(decisions, reference)[0][2] is None
    head = colleague("head").see("/desk/reviews")
    head.click(head.page.locator("[data-row]", has_text=reference).locator("a", has_text="Look again"))
    head.answer(answer="overturn", reason="The neighbour's threat is in the last line.").press("Record the second look")
    assert "back in the queue" in head.page.locator("main").inner_text()
    assert rows.ask(decisions, reference)[0][2] is False
    assert reference in manager.see("/desk/queue").page.content()


def post(worker, path, **answers):
    """Send a form without its page, with the secret of the page that is open."""
    token = worker.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    return worker.browser.context.request.post(path, form={"csrfmiddlewaretoken": token, **answers})


def test_of_two_who_decide_at_once_the_second_sees_what_happened_and_keeps_their_words(colleague, rows, tell):
    reference = tell(rows.ask(a_home, 2))
    first, second = colleague("caseworker"), colleague("dana.frost")
    for each in (first, second):
        each.see(f"/desk/reports/{reference}")
    second.tick("outcome", "neither").write("reason", REASON)
    decide(first, "open", summary="Shouting on the stairs.")
    second.click("#decide form button")
    assert "Somebody else did something with this report" in second.page.locator(".hv-refusal").inner_text()
    assert "Aaliyah Norton" in second.text
    assert "Opened a case" in second.text
    assert second.page.locator("[name=reason]").input_value() == REASON
    assert len(rows.ask(decisions, reference)) == 1


def test_saying_that_one_reads_it_is_seen_by_the_other(colleague, rows, tell):
    reference = tell(rows.ask(a_home, 3))
    colleague("caseworker").see(f"/desk/reports/{reference}").press("I am reading it")
    other = colleague("dana.frost").see(f"/desk/reports/{reference}")
    assert "Aaliyah Norton is reading this" in other.text
    other.press("Take it over")
    assert "You are reading this" in other.text


def body_of(answer):
    """What a page says, without the secrets that differ from one visit to the next."""
    return re.sub(r'value="[^"]{30,}"|X-CSRFToken": "[^"]+"|/desk/[a-z]+/H[VC]-[0-9A-Z-]+', "", answer.text())


def test_missing_and_forbidden_look_the_same(colleague, rows, tell):
    reference = tell(rows.ask(a_home, 4))
    worker = colleague("caseworker").see(f"/desk/reports/{reference}")
    decide(worker, "open", summary="Shouting.")
    case = worker.page.url.rsplit("/", 1)[1]
    stranger = colleague("josie.platt").see("/desk/queue")
    ask = stranger.browser.context.request.get
    for kind, known in (("reports", reference), ("cases", case)):
        missing = "HV-2222-222" if kind == "reports" else "HC-2222-222"
        forbidden, absent = ask(f"/desk/{kind}/{known}"), ask(f"/desk/{kind}/{missing}")
        assert (forbidden.status, absent.status) == (404, 404)
        assert body_of(forbidden) == body_of(absent)
        assert set(forbidden.headers) == set(absent.headers)
    for path in (f"/desk/cases/{case}/people/add", f"/desk/reports/{reference}/decide", f"/desk/cases/{case}/assign"):
        assert post(stranger, path).status == 404, path


def test_a_conflict_of_interest_hides_the_case_everywhere(colleague, rows, tell):
    reference = tell(rows.ask(a_home, 5), reporter="Zofia Kowalczykowska", danger="HOME_NOT_SECURE")
    worker = colleague("caseworker").see(f"/desk/reports/{reference}")
    decide(worker, "open", summary="Something that only this case says: marmalade.")
    case = worker.page.url.rsplit("/", 1)[1]
    waiting = tell(rows.ask(a_home, 5), reporter="Zofia Kowalczykowska")
    manager = colleague("manager")
    for path in (f"/desk/cases/{case}/conflict", f"/desk/reports/{waiting}/conflict"):
        manager.see(path)
        manager.page.locator("[name=staff]").select_option(label="Aaliyah Norton")
        manager.page.locator("[name=reason]").first.check()
        manager.press("Lock out")
        assert "They no longer see anything of it" in manager.page.locator("main").inner_text()
    hidden = (case, reference, waiting, "marmalade", "Zofia")
    for path in ("/desk/", "/desk/queue", "/desk/cases", "/desk/cases?whose=team", "/desk/reviews"):
        content = worker.see(path).page.content()
        assert [words for words in hidden if words in content] == [], path
    for found in (case, reference, "Kowalczykowska"):
        content = worker.see("/desk/find").write("words", found).press("Find").page.content()
        assert [words for words in hidden if words in content.replace(f'value="{found}"', "")] == [], found
    for path in (
        f"/desk/cases/{case}",
        f"/desk/reports/{reference}",
        f"/desk/reports/{waiting}",
        f"/desk/cases/{case}/trail",
    ):
        assert worker.browser.context.request.get(path).status == 404, path
    assert case in manager.see("/desk/cases?whose=team").page.content()


def test_roles_without_casework_have_no_queue(colleague):
    for who in ("insight", "admin", "auditor", "repairs", "contractor", "partner"):
        worker = colleague(who)
        for path in ("/desk/queue", "/desk/cases", "/desk/find"):
            assert worker.browser.context.request.get(path).status == 404, (who, path)


def test_a_decision_that_was_not_made_names_what_is_missing_and_keeps_the_rest(colleague, rows, tell):
    reference = tell(rows.ask(a_home, 6))
    worker = colleague("caseworker").see(f"/desk/reports/{reference}")
    worker.press("Decide")
    assert worker.errors == ["Choose what becomes of this report"]
    worker.tick("outcome", "join")
    worker.write("join_reference", "HC-0000-000").press("Decide")
    assert "Write the reference as it stands on the case" in worker.errors[0]
    assert worker.page.locator("[name=join_reference]").input_value() == "HC-0000-000"
    worker.write("join_reference", "HC-2222-222").press("Decide")
    assert worker.title.startswith("Error: ")
    assert rows.ask(decisions, reference) == []


@pytest.mark.clause("3.3.3")
def test_a_printed_case_says_nothing_of_another(quiet, tell, rows, colleague):
    ringing = tell(rows.ask(a_home, 40), danger="FIRE")
    page = colleague("manager").page
    page.goto("/desk/cases")
    page.locator("a[href^='/desk/cases/HC-']").first.click()
    page.wait_for_url("**/desk/cases/HC-*")
    assert ringing in page.locator("body").inner_text()
    page.emulate_media(media="print")
    assert ringing not in page.locator("body").inner_text()
