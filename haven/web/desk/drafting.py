"""What is typed at the desk is kept: drafts on the server, one press done once, and what others did meanwhile.

A page of the desk asks for its form with one line, and shows it with `{% include "desk/_draft.html" %}` inside `<form>`:

    form = drafted(request, case, "finding", FindingForm, initial=…)

Sent, the form is as ever; opened again, it holds what was typed before. `seen` is the version of what the form would
write over; an act that is given `seen(form)` refuses where somebody else has changed it, and the page then shows
both. Acts are asked for by `pages.perform`, which forgets the draft and does one press once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect

from haven.accounts.models import Staff
from haven.cases import access, drafts, presses
from haven.cases.access import files
from haven.cases.kept import Draft
from haven.cases.models import Case
from haven.kernel import clock
from haven.kernel.clock import local
from haven.kernel.sealing import derived_key
from haven.reports.models import Report
from haven.trail.models import Entry
from haven.web.desk.requests import StaffRequest

FormType = TypeVar("FormType", bound=forms.Form)
SALT, FIELD = "desk.draft", "draft"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", FIELD, "keep", "go"})
LONGEST = 400_000
"""More than any form of the desk holds; what is longer is no draft of ours."""


@dataclass(slots=True)
class Page:
    """One showing of one form to one member of staff: what stands in its hidden field, signed."""

    staff: int
    about: str
    form: str
    address: str
    seen: str
    at: datetime
    number: str

    def token(self) -> str:
        """Return what the hidden field holds."""
        said = [self.staff, self.about, self.form, self.address, self.seen, self.at.timestamp(), self.number]
        return signing.dumps(said, salt=SALT)


@dataclass(slots=True)
class Drafting:
    """What a form knows of its draft: which page it stands on, since when it is kept, and what changed meanwhile."""

    page: Page
    about: Case | Report
    fresh: Callable[[], forms.Form]
    kept_at: datetime | None = None
    now: str = ""
    is_behind: bool = False
    has_words: bool = True

    @property
    def token(self) -> str:
        """Return what stands in the hidden field."""
        return self.page.token()

    @property
    def kept(self) -> str:
        """Return when the draft was kept, as it is read: 12:03."""
        return f"{local(self.kept_at):%H:%M}" if self.kept_at else ""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What others did since a form was opened, and what is recorded now beside what was typed."""

    entries: list[Entry]
    both: list[dict[str, str]]


def drafted(
    request: StaffRequest,
    about: Case | Report,
    name: str,
    form_class: Callable[..., FormType],
    *,
    seen: int = 0,
    address: str = "",
    is_sent: bool = True,
    **given: Any,
) -> FormType:
    """Return a form as it was sent, as it was typed and kept before, or empty.

    `name` tells the form from others about the same case or report; `seen` is the version of what it would write over
    as it is now. `is_sent` is false for a form that is merely shown on the page that answers to another.
    """
    posted = request.POST if is_sent and request.method == "POST" else None
    sent = _sent(request, about, name) if posted else None
    draft = None if posted else drafts.draft_of(request.user, about, name)
    if draft is not None:
        form = _restored(form_class(_typed(draft), **given))
    else:
        form = form_class(posted or None, **given)
    page = Page(
        staff=request.user.pk,
        about=_code(about),
        form=name,
        address=sent.address if sent else address or request.path,
        seen=sent.seen if sent else str(seen),
        at=sent.at if sent else clock.now(),
        number=secrets.token_hex(16),
    )
    form.draft = Drafting(  # type: ignore[attr-defined]
        page=page,
        about=about,
        fresh=lambda: form_class(None, **given),
        now=str(seen),
        kept_at=draft.at if draft else None,
        is_behind=draft is not None and draft.seen != str(seen),
        has_words=any(_is_words(field) for field in form.fields.values()),
    )
    if draft is not None and form.draft.is_behind:  # type: ignore[attr-defined]
        page.at, page.seen = draft.at, draft.seen
    return form


def meanwhile(form: Any, viewer: Staff) -> Meanwhile | None:
    """Return what others did since a form was opened, where it was refused or its draft is behind the record.

    Whoever is shown it may send the form again: the version that it shows is the one that it now bears.
    """
    draft: Drafting | None = getattr(form, "draft", None)
    if draft is None or not (draft.is_behind or getattr(form, "refusal", None) is not None):
        return None
    changed = draft.page.seen != draft.now
    found = Meanwhile(
        entries=list(files.done_since(draft.about, draft.page.at, without=viewer)), both=list(both(form)) if changed else []
    )
    draft.page.seen = draft.now
    return found if found.entries or found.both else None


def seen(form: forms.Form) -> int:
    """Return the version that whoever sent a form had in front of them; what cannot be read is none at all."""
    draft: Drafting = form.draft  # type: ignore[attr-defined]
    return int(draft.page.seen) if draft.page.seen.isdecimal() else -1


def kept_at(form: forms.Form) -> datetime | None:
    """Return when the draft that a form holds was kept, if it holds one."""
    draft: Drafting = form.draft  # type: ignore[attr-defined]
    return draft.kept_at


def _is_words(field: forms.Field) -> bool:
    return type(field) is forms.CharField and not field.widget.is_hidden


def _restored(form: FormType) -> FormType:
    """Let a form show what was typed without blaming anybody for what is not finished, and never count as sent."""
    form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]
    form.is_valid = lambda: False  # type: ignore[method-assign]
    return form


def _typed(draft: Draft) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        typed.setlist(name, values)
    return typed


def _code(about: Case | Report) -> str:
    return f"{'case' if isinstance(about, Case) else 'report'}:{about.pk}"


def page_sent(request: StaffRequest) -> Page | None:
    """Return the page from which something was sent, where it is this member of staff's own."""
    with suppress(signing.BadSignature, ValueError, TypeError):
        staff, about, form, address, seen, at, number = signing.loads(request.POST.get(FIELD, ""), salt=SALT)
        if staff == request.user.pk:
            moment = datetime.fromtimestamp(at, clock.now().tzinfo)
            return Page(staff, about, form, address, seen, moment, number)
    return None


def _sent(request: StaffRequest, about: Case | Report, name: str) -> Page | None:
    page = page_sent(request)
    return page if page is not None and (page.about, page.form) == (_code(about), name) else None


def once(request: StaffRequest, act: Callable[[], Any]) -> Any:
    """Do what a form asks for, once for each press, and forget its draft; forms without a page are simply done."""
    page = page_sent(request)
    if page is None:
        return act()

    def forgetting() -> Any:
        made = act()
        if (about := _of(request.user, page)) is not None:
            drafts.forget_draft(request.user, about, page.form)
        return made

    return presses.done_once(
        key=_press(request, page), page=page.number, staff=request.user, at=clock.now(), act=forgetting
    )


def _press(request: StaffRequest, page: Page) -> str:
    """Return the keyed hash of a page and of what was sent from it: the same page sent otherwise is another press."""
    rows = sorted((name, values) for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", FIELD))
    said = repr((page.number, request.path, rows)).encode()
    return hmac.new(derived_key("presses"), said, hashlib.sha256).hexdigest()


def _of(staff: Staff, page: Page) -> Case | Report | None:
    """Return what a page is about, or None where this member of staff may not see it (any more)."""
    kind, _, pk = page.about.partition(":")
    if kind == "case":
        return access.visible_cases(staff).select_related("sealing_key").filter(pk=pk).first()
    rows = access.visible_reports(staff, at=clock.now()).select_related("sealing_key")
    return rows.filter(pk=pk).first()


def keep(request: StaffRequest) -> HttpResponse:
    """Keep what was typed into a form: for a script as it is typed, or for whoever presses "Keep as draft"."""
    page = page_sent(request)
    about = _of(request.user, page) if page else None
    if page is None or about is None:
        raise Http404("There is nothing here under that reference.")
    kept = _keep(request, page, about)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"kept": f"{local(kept.at):%H:%M}" if kept else ""})
    if kept is not None:
        messages.success(request, f"Draft kept {local(kept.at):%H:%M}. Only you see it.")
    return redirect(page.address)


def _keep(request: StaffRequest, page: Page, about: Case | Report, **more: list[str]) -> Draft | None:
    """Keep a draft, unless the form was sent meanwhile or is longer than any."""
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED} | more
    if presses.is_done(page.number, request.user) or sum(len(v) for vs in typed.values() for v in vs) > LONGEST:
        return None
    return drafts.keep_draft(
        staff=request.user,
        about=about,
        form=page.form,
        address=page.address,
        typed=typed,
        seen=page.seen,
        at=clock.now(),
    )


def save(request: StaffRequest, form: Any, *, step: str) -> None:
    """Keep what was sent with one step of a longer form as its draft, to go on from the step that is shown next."""
    if kept := _keep(request, form.draft.page, form.draft.about, step=[step]):
        form.draft.kept_at = kept.at


def rescue(request: StaffRequest) -> bool:
    """Keep as a draft what is sent just as a session ends; say whether anything was."""
    page = page_sent(request) if request.method == "POST" else None
    about = _of(request.user, page) if page else None
    return page is not None and about is not None and _keep(request, page, about) is not None


def both(form: Any) -> Iterator[dict[str, str]]:
    """Give each field that is recorded otherwise than it was typed: its label, what is recorded now, and what was typed."""
    fresh = form.draft.fresh()
    for name in form.fields:
        if name not in fresh.fields or form[name].is_hidden:
            continue
        now, typed = _words(fresh[name], fresh[name].value()), _words(form[name], form[name].value())
        if now != typed:
            yield {"label": str(form[name].label), "now": now or "nothing", "typed": typed or "nothing"}


def _words(field: Any, value: Any) -> str:
    """Return a value as the page shows it: a choice by its label, several with commas between."""
    labels = {str(code): str(text) for code, text in getattr(field.field, "choices", ())}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(each), str(each)) for each in values if each not in (None, ""))
