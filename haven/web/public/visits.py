"""The visitor's cookie: what opens their draft, their report, or neither; its value means nothing to anybody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from haven.reports import access, drafts
from haven.reports.drafts import Opened, Token
from haven.reports.models import Report

COOKIE = "visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """The token of a draft and the pass to a report, each if there is one."""

    token: Token | None = None
    passed: str = ""

    def __str__(self) -> str:
        return f"{self.token or ''}.{self.passed}"

    def with_token(self, token: Token) -> Visit:
        """Return this visit with the token of a draft."""
        return replace(self, token=token)

    def with_pass(self, passed: str) -> Visit:
        """Return this visit with the pass to a report."""
        return replace(self, passed=passed)


def visit_of(request: HttpRequest) -> Visit:
    """Return what the visitor's cookie says; nothing for a cookie that is not ours."""
    token, _dot, passed = request.COOKIES.get(COOKIE, "").partition(".")
    return Visit(Token.read(token), passed)


def remember(response: HttpResponse, visit: Visit) -> HttpResponse:
    """Give the visitor a cookie that ends with the browser."""
    response.set_cookie(COOKIE, str(visit), httponly=True, samesite="Lax", secure=settings.CSRF_COOKIE_SECURE, path="/")
    return response


def draft_of(request: HttpRequest, at: datetime) -> Opened | None:
    """Return the draft of this visit; one query, none without a cookie."""
    return drafts.open_draft(visit_of(request).token, at)


def report_of(request: HttpRequest, at: datetime) -> Report | None:
    """Return the report that this visit may see: by its pass, or because it was sent during this visit."""
    visit = visit_of(request)
    if visit.passed and (report := access.report_for_pass(visit.passed, at)):
        return report
    draft = drafts.open_draft(visit.token, at)
    return access.report_of_draft(draft) if draft else None
