"""One page of questions after the other; every answer is kept on the server for the length of the visit."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.reports import actions, drafts, questions
from haven.reports.drafts import Opened
from haven.reports.queries import homes_at
from haven.reports.questions import Kind, Page
from haven.reports.questions.reading import Reading, read_page
from haven.web.public import asking, errors
from haven.web.public.pages import language_of_page, public, show, show_kept
from haven.web.public.posted import REPLACEMENT, Posted, posted
from haven.web.public.visits import Visit, draft_of, remember, visit_of

ACCOUNT_PAGE = 3


@public("GET", "POST")
def step(request: HttpRequest, number: int, *, changing: bool = False) -> HttpResponse:
    """Show one page of questions, or keep what was answered on it and go on."""
    page = questions.page_numbered(number)
    if page is None:
        return errors.nothing_here(request)
    visit, draft = visit_of(request), draft_of(request, clock.now())
    if draft is not None and draft.is_sent:
        return HttpResponseRedirect("/done")
    if request.method == "POST" and page.questions and (draft or visit.token or number == 1):
        return _answered(request, page, visit, draft, changing=changing)
    if draft is None and number > 1:
        return errors.over(request)
    answers = draft.answers if draft else {}
    if not page.shown_when(answers):
        return HttpResponseRedirect(_place(questions.step_after(number, answers), changing=changing))
    return _shown(request, page, draft, changing=changing)


def change(request: HttpRequest, number: int) -> HttpResponse:
    """Show one page of questions from the check page, to which it goes back."""
    return step(request, number, changing=True)


change.is_public = True  # type: ignore[attr-defined]
change.audience = step.audience  # type: ignore[attr-defined]


def _place(page: Page | None, *, changing: bool = False) -> str:
    if page is None:
        return "/check"
    return f"/c/{page.number}" if changing else f"/p/{page.number}"


def _shown(
    request: HttpRequest,
    page: Page,
    draft: Opened | None,
    *,
    changing: bool,
    sent: Posted | None = None,
    reading: Reading | None = None,
) -> HttpResponse:
    """Answer with a page of questions, as they stand or as they were just sent."""
    answers = draft.answers if draft else {}
    shown = {**answers, **(reading.answers if reading else {})}
    state = asking.State(
        language=language_of_page(),
        answers=answers,
        sent=sent.values if sent else None,
        errors=reading.errors if reading else {},
        homes=_homes(page, sent, answers),
    )
    asked = page.asked(shown)
    before = questions.step_before(page.number, answers)
    back = "/check" if changing else f"/p/{before.number}" if before else "/before"
    context = {
        "page": page,
        "back": back,
        "changing": changing,
        "on": _place(questions.step_after(page.number, answers), changing=changing),
        "may_send": "account" in answers and page.number > ACCOUNT_PAGE,
        "was_away": bool(draft and draft.content.get("was_away") and page.number == 1),
    }
    which = "now" if page.code == "now" else "step"
    if asking.is_untouched(asked, state) and not (draft and draft.sealing_key_id):
        codes = tuple(one.code for one in asked)
        key = (codes, *(value for name, value in context.items() if name != "page"))
        return show_kept(request, which, key, lambda: {**context, **_questions(page, asked, state)})
    files = actions.files_of(draft) if draft and page.code == "files" else ()
    return show(request, which, context, **_questions(page, asked, state), files=files)


def _questions(page: Page, asked: tuple[questions.Question, ...], state: asking.State) -> dict[str, Any]:
    """Return what the page needs to ask its questions."""
    first = asked[0] if asked else None
    return {
        "questions": asking.questions_html(page, asked, state),
        "heading_inside": first is not None and asking.is_heading(page, first, 0) and first.kind != Kind.FILES,
        "error_list": asking.error_list(page, state),
        "page_error": bool(state.errors),
        "is_account": page.code == "account",
        "takes_files": any(one.kind == Kind.FILES for one in page.questions),
    }


def _homes(page: Page, sent: Posted | None, answers: dict[str, Any]) -> tuple[tuple[int, str], ...]:
    if page.code != "address":
        return ()
    postcode = sent.first("postcode") if sent else answers.get("postcode", "")
    return tuple(homes_at(postcode)) if postcode else ()


def _answered(request: HttpRequest, page: Page, visit: Visit, draft: Opened | None, *, changing: bool) -> HttpResponse:
    """Keep the answers of one page, those that can be kept, and go on unless one cannot."""
    at = clock.now()
    sent = posted(request)
    answers = draft.answers if draft else {}
    reading = read_page(
        page,
        sent.values,
        answers=answers,
        language=language_of_page(),
        today=clock.local_date(at),
        homes=homes_at,
    )
    note_broken(reading, sent)
    was_away = draft is None and page.number > 1
    if was_away or not reading.errors or (draft is not None and page.code == "files"):
        before = {one.number for one in questions.asked_pages(answers)}
        try:
            draft = _kept(draft, reading.answers, was_away=was_away)
        except KeyError:
            return errors.over(request)
        response = _after_keeping(request, page, draft, sent, reading, before, changing=changing)
    else:
        response = _shown(request, page, draft, changing=changing, sent=sent, reading=reading)
    if draft is not None and draft.token != visit.token:
        remember(response, visit.with_token(draft.token))
    return response


def _kept(draft: Opened | None, fresh: dict[str, Any], *, was_away: bool) -> Opened:
    if draft is None:
        return drafts.begin({"answers": fresh, **({"was_away": True} if was_away else {})}, clock.now())

    def keep(content: dict[str, Any]) -> None:
        content.setdefault("answers", {}).update(fresh)
        content.pop("was_away", None)

    return drafts.change(draft, keep, clock.now())


def _after_keeping(
    request: HttpRequest,
    page: Page,
    draft: Opened,
    sent: Posted,
    reading: Reading,
    before: set[int],
    *,
    changing: bool,
) -> HttpResponse:
    if draft.is_sent:
        return HttpResponseRedirect("/done")
    if "danger" not in draft.answers:
        return HttpResponseRedirect("/p/1")
    if page.code == "files" and (stays := _files(request, draft, sent, reading)):
        if stays == "here":
            return HttpResponseRedirect(_place(page, changing=changing))
        return _shown(request, page, draft, changing=changing, sent=sent, reading=reading)
    return HttpResponseRedirect(_next(page, draft, sent, before, changing=changing))


def _next(page: Page, draft: Opened, sent: Posted, before: set[int], *, changing: bool) -> str:
    """Return where to go on: the next page, the check page, or a question that this answer has opened."""
    if sent.first("go") == "find":
        return _place(page, changing=changing)
    if sent.first("go") == "check":
        return "/check"
    if not changing:
        return _place(questions.step_after(page.number, draft.answers))
    opened = [one for one in questions.asked_pages(draft.answers) if one.number not in before]
    return _place(opened[0] if opened else None, changing=True)


def note_broken(reading: Reading, sent: Posted) -> None:
    """Refuse values with characters that did not arrive, rather than keep others in their place."""
    for code in list(reading.answers):
        if code in sent.broken and REPLACEMENT in str(reading.answers[code]):
            del reading.answers[code]
            reading.errors[code] = _("Some letters did not reach us as you wrote them. Please write them again.")


def _files(request: HttpRequest, draft: Opened, sent: Posted, reading: Reading) -> str:
    """Keep or remove files; say "here" to stay on the page, "wrong" when one was refused, or nothing to go on."""
    at = clock.now()
    if (removed := sent.first("remove")).isdecimal():
        actions.forget_draft_file(draft=draft, item_id=int(removed), at=at)
        return "here"
    messages = keep_files(request, draft)
    if messages:
        reading.errors = {"files": " ".join(messages), **reading.errors}
    if reading.errors:
        again = draft_of(request, at) if draft.version > 1 else None
        draft.sealing_key_id = again.sealing_key_id if again else draft.sealing_key_id
        return "wrong"
    return "here" if sent.first("go") == "stay" else ""


def keep_files(request: HttpRequest, draft: Opened) -> list[str]:
    """Keep every file that was sent; return a message for each that could not be kept."""
    messages = []
    if (refusal := getattr(request, "upload_refusal", None)) is not None:
        messages.append(refused_words(refusal.reason, refusal.remedy))
    for file in request.FILES.getlist("files"):
        try:
            actions.keep_draft_file(draft=draft, name=file.name, file=cast(BinaryIO, file), at=clock.now())
        except Refused as refused:
            said = refused_words(refused.decision.reason, refused.decision.remedy)
            messages.append(f"“{file.name}”: {said}")
    return messages


def refused_words(reason: str, remedy: str) -> str:
    """Return why a file was not taken and what to do, in the language of the page."""
    return " ".join(_(part) for part in (reason, remedy) if part)
