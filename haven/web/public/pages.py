"""How a public page is answered: neutral, never stored, with no query of its own and no account behind it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from haven.kernel import clock
from haven.policy import working_days
from haven.policy.pack import pack
from haven.web.staff.guard import Audience

View = Callable[..., HttpResponse]


def public(*methods: str) -> Callable[[View], View]:
    """Make a view a public page: these methods only, and never kept by a browser or anything between."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods or (request.method == "HEAD" and "GET" in methods):
                response = view(request, *args, **kwargs)
            else:
                response = show(request, "nothing", status=405)
                response["Allow"] = ", ".join(methods)
            return never_kept(response)

        answer.is_public = True  # type: ignore[attr-defined]
        allowed = (*methods, "HEAD") if "GET" in methods else methods
        answer.audience = Audience("public", methods=allowed)  # type: ignore[attr-defined]
        return answer

    return decorate


def never_kept(response: HttpResponse) -> HttpResponse:
    """Tell browsers and everything between not to keep this page."""
    response["Cache-Control"] = "no-store"
    return response


def show(
    request: HttpRequest, which: str, context: dict[str, Any] | None = None, /, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Answer with a public page; none of Django's context processors run."""
    given = {**standing(request, clock.now()), **(context or {}), **more}
    return HttpResponse(get_template(f"public/{which}.html").render(given), status=status)


def show_kept(
    request: HttpRequest, which: str, key: tuple[Hashable, ...], build: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """Answer with a page that is the same for everybody with this key, but for the secret of its forms.

    Such a page is rendered once and kept; `key` must name everything that it depends on besides language, landlord and
    path, and nothing that anybody told us.
    """
    at = clock.now()
    known = (which, request.path, language_of_page(), pack().fingerprint, landlord(at)["telephone"], *key)
    html = _KEPT.get(known)
    if html is None:
        given = {**standing(request, at), **build(), "csrf_token": _SECRET}
        html = get_template(f"public/{which}.html").render(given)
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[known] = html
    return HttpResponse(html.replace(_SECRET, get_token(request)))


_SECRET = f"secret-{token_hex(16)}"
"""Stands in a kept page where each visitor's own secret goes."""

_KEPT: dict[tuple[Hashable, ...], str] = {}
MOST_KEPT = 2_000


def standing(request: HttpRequest, at: datetime) -> dict[str, Any]:
    """Return what every public page is given."""
    language = language_of_page()
    return {
        "request": request,
        "csrf_token": SimpleLazyObject(lambda: get_token(request)),
        "landlord": landlord(at),
        "languages": languages(language),
        "is_reviewed": is_reviewed(language),
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "LANGUAGE_CODE": language,
        "show_exit": True,
        "demo_banner": settings.HAVEN_DEMONSTRATION,
        "ltr": {"dir": "ltr"},
        "auto": {"dir": "auto"},
    }


def language_of_page() -> str:
    """Return the page's language as an HTML tag: en, ar."""
    return (get_language() or "en").split("-")[0]


def landlord(at: datetime) -> dict[str, str]:
    """Return the landlord's name and the number that is answered at this time."""
    known = pack().landlord
    is_open = working_days.is_office_hours(at)
    return {
        "name": known.name,
        "telephone": known.telephone if is_open else known.telephone_out_of_hours,
        "by_day": known.telephone,
        "by_night": known.telephone_out_of_hours,
    }


@functools.lru_cache(maxsize=8)
def languages(current: str) -> tuple[dict[str, Any], ...]:
    """Return every language that public pages are shipped in."""
    shipped = [(code.split("-")[0], get_language_info(code)) for code, _name in settings.LANGUAGES]
    return tuple(
        {
            "code": code,
            "name": "English" if code == "en" else info["name_local"],
            "direction": "rtl" if info["bidi"] else "ltr",
            "current": code == current,
        }
        for code, info in shipped
    )


def is_reviewed(language: str) -> bool:
    """Say whether a native reader has reviewed the words of this language."""
    known = pack().languages.get(language)
    return language == "en" or (known is not None and known.reviewed)
