"""A file of a report: what it is, its picture when somebody asks for it, its original to take away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from haven.cases import access
from haven.cases.access.files import attachment_for
from haven.evidence.access import Damaged, open_copy, open_original
from haven.evidence.choices import Size
from haven.evidence.memory import NoRoom
from haven.evidence.rules import may_open_original, may_show_copy
from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.kernel.sealing import Unreadable
from haven.reports.models import Attachment
from haven.web.desk import words
from haven.web.desk.pages import CASEWORK, page, refusal
from haven.web.staff.guard import staff_page

PICTURE = "image/jpeg"


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def file(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Show what a file is; its picture stays covered until it is asked for."""
    return _show(request, _attachment(request, reference, pk))


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def picture(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """Answer with the copy of a picture that was made again from its pixels; the trail keeps who saw it."""
    attachment = _attachment(request, reference, pk)
    try:
        with open_copy(
            attachment.item, Size.PAGE, about=attachment.report, by=request.user, at=clock.now()
        ) as copy:
            content = copy.getvalue()
    except (Refused, Damaged, NoRoom, Unreadable) as problem:
        raise Http404("There is nothing here under that reference.") from problem
    return HttpResponse(content, content_type=PICTURE)


@staff_page(*CASEWORK, methods=("POST",))
def original(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """Hand out the original under a neutral name, checked against its hash; the trail keeps who took it."""
    attachment = _attachment(request, reference, pk)
    item = attachment.item
    try:
        with open_original(item, about=attachment.report, by=request.user, at=clock.now()) as held:
            content = held.getvalue()
    except Refused as refused:
        return _show(request, attachment, refusal(refused.decision, kept=False))
    except (Damaged, NoRoom, Unreadable) as problem:
        return _show(request, attachment, {"title": "This file cannot be opened now", "reason": str(problem)})
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="file-{item.pk}"'
    return answer


def _attachment(request: HttpRequest, reference: str, pk: int) -> Attachment:
    report = access.report_for(request.user, reference, at=clock.now())
    found = attachment_for(report, pk)
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def _show(request: HttpRequest, attachment: Attachment, refused: dict[str, Any] | None = None) -> HttpResponse:
    item = attachment.item
    facts = [
        ("What it is", item.get_kind_display()),
        ("Type, by its content", item.media_type),
        ("Size", f"{item.size:,} bytes"),
        ("Reached us", words.when(item.received_at, clock.now())),
        ("Checked", item.get_scan_display()),
        ("Name as given", item.given_name or "None"),
        ("Fingerprint (SHA-256)", bytes(item.sha256).hex()),
    ]
    context = {
        "attachment": attachment,
        "item": item,
        "facts": [{"term": term, "text": text} for term, text in facts],
        "may_show": may_show_copy(copying=item.copying),
        "may_take": may_open_original(scan=item.scan, trouble=item.trouble),
        "is_asked": request.GET.get("show") == "1" or not item.is_abusive,
    }
    if refused:
        context["refusal"] = refused
    return page(request, "file", context, here="queue")

