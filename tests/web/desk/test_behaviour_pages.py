"""Steps at the desk: the gate as a checklist, refusals that lose nothing, the shield's marks in place, approval, documents."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.interventions import actions
from haven.interventions.letters.content import HEADINGS
from haven.interventions.models import Consultation, Intervention, Letter
from haven.interventions.rules.recording import QUESTIONS
from haven.kernel import clock
from haven.trail.models import Entry
from haven.web.desk.trailwords import trail_items
from tests.cases import cast as people
from tests.interventions import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db
LATER = cast.AT + 14 * cast.HOUR


@pytest.fixture
def now(monkeypatch):
    """The evening of a day on which everything was prepared; it goes on by a minute with every look."""
    moments = iter(range(10**6))
    monkeypatch.setattr(clock, "now", lambda: LATER + cast.HOUR * next(moments) / 60)
    return LATER


@pytest.fixture
def case(now, worker):
    return cast.case(worker)


@pytest.fixture
def desk(worker):
    return signed_in(worker)


def at(case, path=""):
    return f"/desk/cases/{case.reference}/behaviour{path}"


def text(answer):
    return unescape(answer.content.decode())


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", text(answer)).split())


def when(moment=cast.AT + cast.HOUR):
    return {"day-day": moment.day, "day-month": moment.month, "day-year": moment.year, "clock": f"{moment:%H:%M}"}


def test_a_step_goes_its_whole_way_at_the_desk(desk, case, worker, other):
    mother = cast.mother(case).pk
    proposed = desk.post(
        at(case, "/propose"), {"tool": "FIRST_WARNING", "subject": cast.subject(case).pk, "purpose": "That it stops."}
    )
    step = Intervention.objects.get()
    assert proposed["Location"] == at(case, f"/{step.pk}")
    assert "has not been asked about this step" in text(desk.get(at(case, f"/{step.pk}")))
    here = at(case, f"/{step.pk}")
    consult = {"view": "agrees", "wishes": "Stop it.", "fears": "None.", "weighed": "As she wants.", "how": "telephone"}
    assert desk.post(f"{here}/asked/{mother}", {**consult, **when()}).status_code == 302
    cast.reassess(step, worker, at=clock.now())
    for path, typed in {
        "risk": {"may_do": "Revenge.", "measures": "A lock.", **when()},
        "evidence": {"kinds": ["recording"], "why": "It can be heard."},
        "fairness": {**dict.fromkeys(QUESTIONS, "Not known."), "is_proportionate": "yes"},
        "heard": {"result": "heard", "words": "He is sorry."},
        "support": {"is_offered": "yes", "kinds": ["education"], "words": "A course."},
        "agreement": {"tenancy": cast.tenancy_of(case).pk, "link": "tenant"},
    }.items():
        assert desk.post(f"{here}/{path}", typed).status_code == 302, path
    letter = {**cast.WORDS, "clauses": [each.pk for each in cast.clauses(cast.tenancy_of(case))]}
    assert desk.post(f"{here}/letter", letter)["Location"] == here
    assert "The shield found nothing in it." in text(desk.get(here))
    desk.post(f"{here}/ask")
    assert "Somebody else decides." in text(desk.get(here))
    colleague = signed_in(other)
    page = text(colleague.get(f"{here}/decide"))
    step.refresh_from_db()
    assert cast.WORDS["conduct"] in page
    assert step.text_hash in page
    assert colleague.post(f"{here}/decide", {"go": "approve", "text": step.text_hash}).status_code == 302
    assert "does not know yet that this will happen" in text(desk.get(here))
    desk.post(f"{here}/told/{mother}", {"is_told": "yes", "words": "She knows.", **when()})
    assert "Record that it was carried out" in text(desk.get(here))
    moment = clock.now()
    done = desk.post(f"{here}/served", {"how": "by_hand", **when(moment + cast.HOUR / 60)})
    assert done.status_code == 302, plain(done)
    step.refresh_from_db()
    assert step.state == "executed"
    assert "counts until" in text(desk.get(at(case)))
    desk.post(f"{here}/outcome", {"kind": "repeated", "words": "He shouted again."})
    assert "It was repeated" in text(desk.get(at(case)))
    desk.post(f"{here}/end", {"ended_as": "replaced"})
    assert "Another step took its place" in text(desk.get(here))


@pytest.mark.clause("3.5.2")
def test_every_condition_is_a_line_with_its_clause_and_what_to_press(desk, case, worker):
    step = cast.propose(case, worker)
    page = desk.get(at(case, f"/{step.pk}"))
    for label in ("Each person harmed was asked", "It rests on the agreement", "The letter tells nobody who told"):
        assert label in text(page)
    assert plain(page).count("Missing") == 10
    for path in (f"asked/{cast.mother(case).pk}", "risk", "evidence", "heard", "support", "agreement", "letter"):
        assert f'href="{at(case, f"/{step.pk}/{path}")}"' in text(page), path
    assert "Policy 3.4.4" in plain(page)


@pytest.mark.clause("3.5.2")
def test_a_refusal_says_why_and_keeps_what_was_typed(desk, case, worker):
    step = cast.propose(case, worker)
    page = text(desk.post(at(case, f"/{step.pk}/heard"), {"result": "heard", "words": "He says it was a joke"}))
    assert "Each person harmed is asked first." in page
    assert "Policy</span> 3.5.2" in page or "Policy 3.5.2" in " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "He says it was a joke" in page


@pytest.mark.clause("3.5.2(c)")
def test_mediation_is_refused_on_the_page_and_the_words_are_kept(desk, case, worker):
    cast.reassess(cast.propose(case, worker), worker)
    typed = {"tool": "MEDIATION", "subject": cast.subject(case).pk, "purpose": "They could talk."}
    page = text(desk.post(at(case, "/propose"), typed))
    assert "Mediation is never the first or only offer." in page
    assert "They could talk." in page
    assert Intervention.objects.count() == 1


def test_something_empty_is_said_where_it_is(desk, case, worker):
    step = cast.propose(case, worker)
    page = text(desk.post(at(case, f"/{step.pk}/asked/{cast.mother(case).pk}"), {"view": "agrees", "wishes": "W", **when()}))
    assert page.count("Write what they fear") == 2
    assert "Error:" in page


def test_what_is_pressed_twice_happens_once_and_says_so(desk, case, worker):
    step = cast.propose(case, worker)
    typed = {
        "view": "agrees", "wishes": "W", "fears": "F", "weighed": "X", "how": "telephone", "press": str(uuid4()), **when(),
    }  # fmt: skip
    for _ in range(2):
        answer = desk.post(at(case, f"/{step.pk}/asked/{cast.mother(case).pk}"), typed)
        assert answer["Location"] == at(case, f"/{step.pk}")
    assert Consultation.objects.count() == 1
    assert "This was recorded already." in text(desk.get(at(case, f"/{step.pk}")))


@pytest.fixture
def leaking(case, worker):
    """A letter with a name and a time in it, before it is written."""
    step = cast.propose(case, worker)
    for act in (cast.consult, cast.reassess, cast.review, cast.evidence, cast.hear, cast.support, cast.tenure):
        act(step, worker)
    return step


def letter_of(step, **more):
    clauses = [each.pk for each in cast.clauses(cast.tenancy_of(step.case))]
    return {**cast.WORDS, "clauses": clauses, **more}


@pytest.mark.clause("3.3.3")
def test_what_the_shield_finds_is_marked_in_its_place(desk, case, leaking):
    here = at(case, f"/{leaking.pk}/letter")
    sent = desk.post(here, letter_of(leaking, conduct="On Sunday you banged at <Amina>’s door."))
    assert sent["Location"] == here
    page = desk.get(here).content.decode()
    assert re.search(r'On <mark id="found-0">Sunday</mark><sup>', page)
    assert re.search(r'&lt;<mark id="found-1">Amina</mark>', page)
    assert "found 2 things" in page


@pytest.mark.clause("3.3.3")
def test_only_a_second_person_clears_what_was_found_and_one_by_one(desk, case, leaking, worker, other):
    cast.write(leaking, worker, conduct="On Sunday you banged at Amina’s door.")
    cast.ask(leaking, worker)
    here = at(case, f"/{leaking.pk}/decide")
    own = text(desk.post(here, {"go": "clear", "number": "0", "reason": "It is known."}))
    assert "cannot approve it" in own
    colleague = signed_in(other)
    assert "Write why it can stay" in text(colleague.post(here, {"go": "clear", "number": "0", "reason": ""}))
    leaking.refresh_from_db()
    refused = text(colleague.post(here, {"go": "approve", "text": leaking.text_hash}))
    assert "found 2 things" in refused
    for number in (0, 1):
        assert colleague.post(here, {"go": "clear", "number": str(number), "reason": "He was there."}).status_code == 302
    assert "Cleared: Cy Colleague" in plain(colleague.get(here))
    assert colleague.post(here, {"go": "approve", "text": leaking.text_hash}).status_code == 302
    leaking.refresh_from_db()
    assert leaking.state == "approved"


def test_a_letter_is_sent_back_with_what_must_be_mended(case, worker, other):
    step = cast.ready(case, worker)
    cast.ask(step, worker)
    here = at(case, f"/{step.pk}/decide")
    colleague = signed_in(other)
    step.refresh_from_db()
    assert text(colleague.post(here, {"go": "back", "text": step.text_hash, "reason": ""})).count("Write what must be mended")
    colleague.post(here, {"go": "back", "text": step.text_hash, "reason": "Say more plainly what he did."})
    assert "Say more plainly what he did." in text(signed_in(worker).get(at(case, f"/{step.pk}")))


@pytest.mark.clause("3.5.2")
def test_a_text_that_was_changed_while_it_was_read_is_not_approved(case, worker, other):
    step = cast.ready(case, worker)
    cast.ask(step, worker)
    before = step.text_hash
    cast.write(step, worker, at=cast.AT + 10 * cast.HOUR, conduct="Something else.")
    cast.ask(step, worker, at=cast.AT + 11 * cast.HOUR)
    page = text(signed_in(other).post(at(case, f"/{step.pk}/decide"), {"go": "approve", "text": before}))
    assert "The text was changed since you opened it." in page
    assert "Something else." in page


def test_two_people_writing_the_second_sees_both(desk, case, leaking, other):
    here = at(case, f"/{leaking.pk}/letter")
    opened = {"draft": page_of(desk.get(here))}
    signed_in(other).post(here, letter_of(leaking, change="Stop at once."))
    refused = desk.post(here, {**opened, **letter_of(leaking, change="Stop, please.")})
    page = text(refused)
    assert "Somebody else has written the letter meanwhile." in page
    assert "Stop at once." in page
    assert "Stop, please." in page
    assert Letter.objects.count() == 1
    both_seen = {"draft": page_of(refused), **letter_of(leaking, change="Stop, please.")}
    assert desk.post(here, both_seen).status_code == 302
    assert Letter.objects.count() == 2


def page_of(answer):
    """The hidden field of a page, which says which form it is and what it would write over."""
    return re.search(r'name="draft" value="([^"]+)"', answer.content.decode())[1]


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("letter", {"conduct": "You have shouted at"}),
        ("heard", {"words": "He says that"}),
        ("asked/{mother}", {"wishes": "It must"}),
    ],
)
def test_what_is_typed_about_a_step_is_there_again(desk, case, leaking, path, typed):
    here = at(case, f"/{leaking.pk}/{path.format(mother=cast.mother(case).pk)}")
    kept = {"draft": page_of(desk.get(here)), **typed}
    assert desk.post("/desk/drafts/keep", kept, HTTP_ACCEPT="application/json").json()["kept"]
    page = text(desk.get(here))
    assert "Draft kept" in page
    assert next(iter(typed.values())) in page


def test_a_proposal_that_was_begun_is_there_again_and_gone_once_it_was_sent(desk, case):
    here = at(case, "/propose")
    desk.post("/desk/drafts/keep", {"draft": page_of(desk.get(here)), "purpose": "That it"}, HTTP_ACCEPT="application/json")
    assert "A proposal for a step" in text(desk.get("/desk/drafts"))
    again = desk.get(here)
    assert "That it" in text(again)
    said = {"tool": "FIRST_WARNING", "subject": cast.subject(case).pk, "purpose": "That it stops."}
    assert desk.post(here, {"draft": page_of(again), **said}).status_code == 302
    assert "A proposal for a step" not in text(desk.get("/desk/drafts"))


@pytest.mark.clause("3.4.3(c)")
def test_a_translation_is_put_in_beside_the_english(desk, case, leaking, worker):
    cast.reads(cast.subject(case), "pl")
    cast.write(leaking, worker)
    here = at(case, f"/{leaking.pk}")
    assert "not in the language that this person reads" in text(desk.get(here))
    assert "They read Polish." in text(desk.get(f"{here}/letter"))
    page = text(desk.get(f"{here}/translation"))
    assert cast.WORDS["conduct"] in page
    typed = {part: f"Tekst {number}." for number, part in enumerate(HEADINGS)}
    typed |= {f"{part}_heading": f"Tytuł {number}" for number, part in enumerate(HEADINGS)}
    typed |= {"clauses_heading": "Umowa", "clause_0_heading": "Szacunek", "clause_0": "Nie wolno.", "language": "pl"}
    missing = text(desk.post(f"{here}/translation", {**typed, "conduct": ""}))
    assert "Put in the translation" in missing
    assert desk.post(f"{here}/translation", typed).status_code == 302
    assert "not in the language" not in text(desk.get(here))
    document = text(desk.get(f"{here}/documents/html"))
    assert '<html lang="pl" dir="ltr">' in document
    assert "Nie wolno." in document


def test_documents_are_handed_out_under_names_that_say_nothing(desk, case, leaking, worker):
    cast.write(leaking, worker)
    number = Letter.objects.get().pk
    for kind, ending in {"html": ".html", "pdf": ".pdf", "large": "-large.pdf", "text": ".txt"}.items():
        answer = desk.get(at(case, f"/{leaking.pk}/documents/{kind}"))
        assert answer["Content-Disposition"].endswith(f'filename="letter-{number}{ending}"')
    assert desk.get(at(case, f"/{leaking.pk}/documents/docx")).status_code == 404
    last = Entry.objects.filter(chain=case.trail_chain).order_by("-seq")[:1]
    assert [item["title"] for item in trail_items(last, LATER)] == ["Took a letter as a document"]


def test_words_that_doubt_are_advised_against(desk, case, leaking, worker):
    cast.write(leaking, worker, conduct="It is alleged that you shout.")
    assert "“alleged”" in text(desk.get(at(case, f"/{leaking.pk}/letter")))


@pytest.mark.clause("3.5.1")
def test_a_closed_case_says_why_nothing_is_proposed(desk, case, worker):
    step = cast.propose(case, worker)
    people.closed(case, people.AT)
    assert "This case is closed." in text(desk.get(at(case)))
    page = text(desk.post(at(case, f"/{step.pk}/support"), {"is_offered": "no", "words": "He moved away."}))
    assert "This case is closed." in page
    assert "He moved away." in page


@pytest.mark.clause("3.3.3")
def test_whoever_may_not_see_the_case_does_not_find_its_steps(case, worker):
    step = cast.ready(case, worker)
    stranger = signed_in(people.caseworker(people.team("Wear")))
    here = f"/{step.pk}"
    paths = ("", "/propose", here, f"{here}/letter", f"{here}/decide", f"{here}/documents/pdf", f"{here}/risk")
    assert {stranger.get(at(case, path)).status_code for path in paths} == {404}


@pytest.mark.clause("3.3.3")
def test_nothing_of_another_case_is_reached_through_this_one(desk, case, worker):
    other = cast.propose(cast.case(worker), worker)
    paths = (f"/{other.pk}", f"/{other.pk}/letter", f"/{other.pk}/risk", f"/{other.pk}/decide")
    assert {desk.get(at(case, path)).status_code for path in paths} == {404}
    own = cast.propose(case, worker)
    stranger = cast.mother(other.case).pk
    assert desk.get(at(case, f"/{own.pk}/asked/{stranger}")).status_code == 404
    assert desk.get(at(case, f"/{own.pk}/nothing")).status_code == 404


def test_no_tab_says_a_name(desk, case, worker):
    step = cast.ready(case, worker)
    for path in ("", "/propose", f"/{step.pk}", f"/{step.pk}/letter", f"/{step.pk}/asked/{cast.mother(case).pk}"):
        title = re.search(r"<title>(.*?)</title>", text(desk.get(at(case, path))), re.DOTALL)[1]
        assert not re.search(r"Amina|Dean|warning", title), title


def test_the_list_takes_as_many_queries_for_one_as_for_many(desk, case, worker):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(at(case)).status_code == 200
        return len(queries)

    step = cast.propose(case, worker)
    actions.end_intervention(intervention=step, ended_as="withdrawn", by=worker, at=LATER)
    count()
    before = count()
    for _ in range(6):
        step = cast.propose(case, worker)
        actions.end_intervention(intervention=step, ended_as="withdrawn", by=worker, at=LATER)
    assert count() == before
