"""Leaving in a hurry: everything of the visit goes, here and in the browser, and a neutral page comes."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from haven.kernel import clock
from haven.policy.pack import pack
from haven.reports import actions
from haven.web.public.pages import public
from haven.web.public.visits import COOKIE, visit_of

log = logging.getLogger(__name__)


@public("GET", "POST")
def leave(request: HttpRequest) -> HttpResponse:
    """Destroy the draft with its files, take back the cookies, and go to the neutral site without a referrer.

    Also by GET: the way out has to work as a plain link. It destroys only what its own visitor's cookie opens.
    """
    response = HttpResponseRedirect(pack().landlord.exit_url)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    for name in (COOKIE, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
        response.delete_cookie(name, path="/", samesite="Lax")
    if token := visit_of(request).token:
        try:
            actions.leave(token=token, at=clock.now())
        except DatabaseError:
            log.error("a visit could not be destroyed and waits for the clearing of old drafts")
    return response
