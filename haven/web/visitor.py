"""Where a request comes from, for counting wrong guesses; kept nowhere but as a keyed hash."""

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 - an address that nobody has


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address as the outermost of our proxies saw it, or of nowhere when that is not said.

    What a visitor writes into X-Forwarded-For stands further to the left than what our own proxies add.
    """
    if not settings.HAVEN_PROXIES:
        return request.META.get("REMOTE_ADDR") or NOWHERE
    said = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return said[-settings.HAVEN_PROXIES] or NOWHERE if len(said) >= settings.HAVEN_PROXIES else NOWHERE
