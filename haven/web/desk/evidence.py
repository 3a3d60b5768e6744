"""Files of a report: what each is, its picture when somebody asks for it, its original to take away (clause 3.3.3).

Only copies made again from pixels are ever shown. An original leaves as an attachment under a name that says nothing,
once the scanner has passed it. Whatever is opened is in the report's trail before its first byte leaves.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import path

from haven.cases import access
from haven.cases.access.files import attachment_for
from haven.evidence import actions, names, rules
from haven.evidence.access import Damaged, open_copy, open_original
from haven.evidence.choices import Scan, Size
from haven.evidence.memory import Held, NoRoom
from haven.evidence.models import Item
from haven.evidence.recognition import ENDINGS
from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.kernel.sealing import Unreadable
from haven.reports.models import Attachment, Report
from haven.web.desk import words
from haven.web.desk.pages import CASEWORK, StaffRequest, page, refusal
from haven.web.staff.guard import staff_page

ALONE = "sandbox; default-src 'none'"
"""What a browser that shows a file against our wish may do with it: nothing."""
SCAN_COLOURS = {Scan.CLEAN: "green", Scan.WAITING: "yellow", Scan.INFECTED: "red"}


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def files(request: StaffRequest, reference: str) -> HttpResponse:
    """List the files of a report; pictures stay covered where they may be abusive."""
    report = access.report_for(request.user, reference, at=clock.now())
    rows = Attachment.objects.filter(report=report).select_related("item__sealing_key").order_by("pk")
    return page(request, "evidence/files", {"report": report, "files": [_told(row.item) for row in rows]}, here="queue")


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def file(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Show what a file is; its picture is only asked for once somebody presses for it."""
    report, item = _found(request, reference, pk)
    return _show(request, report, item)


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def picture(request: StaffRequest, reference: str, pk: int) -> HttpResponseBase:
    """Answer with the copy of a picture that is made to be looked at."""
    return _copy(request, reference, pk, Size.PAGE)


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def thumbnail(request: StaffRequest, reference: str, pk: int) -> HttpResponseBase:
    """Answer with the small copy of a picture."""
    return _copy(request, reference, pk, Size.SMALL)


@staff_page(*CASEWORK, methods=("POST",))
def original(request: StaffRequest, reference: str, pk: int) -> HttpResponseBase:
    """Hand the original out under a neutral name, checked against its hash, or say on the page why not."""
    report, item = _found(request, reference, pk)
    try:
        held = open_original(item, about=report, by=request.user, at=clock.now())
    except Refused as refused:
        return _show(request, report, item, refusal(refused.decision, kept=False), status=409)
    except (Damaged, NoRoom, Unreadable) as problem:
        return _show(request, report, item, {"title": "This file cannot be opened", **_why(problem)}, status=409)
    return _alone(
        FileResponse(held, as_attachment=True, filename=_neutral(item), content_type="application/octet-stream")
    )


@staff_page(*CASEWORK, methods=("POST",))
def mask(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Say that a picture is to be covered until asked for, or need not be."""
    report, item = _found(request, reference, pk)
    is_abusive = request.POST.get("cover") != "no"
    actions.set_mask(about=report, item=item, is_abusive=is_abusive, by=request.user, at=clock.now())
    messages.success(request, "It stays covered." if is_abusive else "It is no longer covered.")
    return redirect("desk:file", report.reference, item.pk)


def _found(request: StaffRequest, reference: str, pk: int) -> tuple[Report, Item]:
    """Return a report that the viewer may see and the file of it, or 404."""
    report = access.report_for(request.user, reference, at=clock.now())
    attachment = attachment_for(report, pk)
    if attachment is None:
        raise Http404("There is nothing here under that reference.")
    return report, attachment.item


def _copy(request: StaffRequest, reference: str, pk: int, size: Size) -> HttpResponseBase:
    report, item = _found(request, reference, pk)
    try:
        held: Held = open_copy(item, size, about=report, by=request.user, at=clock.now())
    except (Refused, Damaged, NoRoom, Unreadable) as problem:
        raise Http404("There is no picture here.") from problem
    return _alone(FileResponse(held, filename=f"item-{item.pk}.jpg", content_type="image/jpeg"))


def _alone(answer: FileResponse) -> FileResponse:
    answer["Content-Security-Policy"] = ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _show(
    request: StaffRequest, report: Report, item: Item, refused: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "report": report,
        "file": _told(item),
        "facts": _facts(item),
        "is_asked": request.GET.get("show") == "1",
        **({"refusal": refused} if refused else {}),
    }
    return page(request, "evidence/file", context, here="queue", status=status)


def _told(item: Item) -> dict[str, Any]:
    """Return what pages say of a file."""
    return {
        "item": item,
        "kind": item.get_kind_display(),
        "type": ENDINGS.get(item.media_type, "file").upper(),
        "size": filesizeformat(item.size),
        "scan": {"text": item.get_scan_display(), "classes": f"govuk-tag--{SCAN_COLOURS.get(Scan(item.scan), 'grey')}"},
        "may_show": rules.may_show_copy(copying=item.copying),
        "may_take": rules.may_open_original(scan=item.scan, trouble=item.trouble),
    }


def _facts(item: Item) -> list[dict[str, Any]]:
    rows = [
        ("What it is", f"{item.get_kind_display()}, {ENDINGS.get(item.media_type, '').upper()} by its content"),
        ("Size", filesizeformat(item.size)),
        ("Reached us", words.when(item.received_at, clock.now())),
        ("Name as given", _name(item)),
        ("Handed out as", _neutral(item)),
        ("Fingerprint (SHA-256)", bytes(item.sha256).hex()),
    ]
    return [{"term": term, "text": text} for term, text in rows]


def _name(item: Item) -> str:
    try:
        return item.given_name or "None"
    except Unreadable:
        return "Erased"


def _neutral(item: Item) -> str:
    return names.neutral(item.pk, ENDINGS.get(item.media_type, "bin"))


def _why(problem: Exception) -> dict[str, str]:
    if isinstance(problem, Damaged):
        remedy = "Ask whoever looks after Haven to bring it back from a backup. This is in the trail."
        return {"reason": f"{problem.trouble.label}.", "remedy": remedy}
    if isinstance(problem, NoRoom):
        return {"reason": "Too many files are being opened at this moment.", "remedy": "Try again in a minute."}
    return {"reason": "The record that it belonged to has been erased.", "remedy": ""}


urlpatterns = [
    path("reports/<str:reference>/files", files, name="files"),
    path("reports/<str:reference>/files/<int:pk>", file, name="file"),
    path("reports/<str:reference>/files/<int:pk>/picture", picture, name="picture"),
    path("reports/<str:reference>/files/<int:pk>/thumbnail", thumbnail, name="thumbnail"),
    path("reports/<str:reference>/files/<int:pk>/original", original, name="original"),
    path("reports/<str:reference>/files/<int:pk>/cover", mask, name="mask"),
]
