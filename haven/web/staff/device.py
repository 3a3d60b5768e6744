"""Devices that have signed in to an account before: their owner is not slowed by what strangers guess.

The cookie is signed and holds, for up to five accounts, a keyed hash of the address and a random word. It lets nobody
in; it only gives a guess a count of its own.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from haven.kernel.sealing import keyed_hash

COOKIE = "device"
SALT = "haven device"
LASTS = 180 * 24 * 60 * 60
ACCOUNTS = 5


def device_of(request: HttpRequest, account: str) -> str:
    """Return this device's own word for an account that has signed in on it, else nothing."""
    return _known(request).get(_mark(account), "")


def remember(request: HttpRequest, response: HttpResponseBase, account: str) -> None:
    """Give the device its cookie after somebody has signed in all the way."""
    known = _known(request)
    word = known.pop(_mark(account), None) or secrets.token_urlsafe(12)
    kept = dict([*list(known.items())[-(ACCOUNTS - 1) :], (_mark(account), word)])
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=LASTS,
        path="/staff/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, Any]:
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return known if isinstance(known, dict) else {}


def _mark(account: str) -> str:
    return keyed_hash("device", account.strip().lower()).hex()[:16]
