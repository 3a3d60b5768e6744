"""What the layouts need to know on every page; nothing is asked of the database for pages that anybody sees."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_bidi

from haven.policy.pack import pack
from haven.web.staff import navigation, sessions
from haven.web.staff.guard import has_shown_second_factor, is_public, may_do_without_second_factor
from haven.web.staff.start import KEYS


def staff(request: HttpRequest) -> dict[str, Any]:
    """Return landlord, direction and demo_banner for all, and the menus of whoever is signed in."""
    landlord = pack().landlord
    known = {
        "landlord": {"name": landlord.name, "telephone": landlord.telephone},
        "direction": "rtl" if get_language_bidi() else "ltr",
        "demo_banner": bool(settings.HAVEN_DEMONSTRATION),
    }
    match = request.resolver_match
    if match is None or is_public(match.func) or not request.user.is_authenticated:
        return known
    return known | _of_staff(request)


def _of_staff(request: HttpRequest) -> dict[str, Any]:
    goes_on = has_shown_second_factor(request) or may_do_without_second_factor()
    return {
        "staff": {"name": request.user.name, "role": ", ".join(request.user.role_labels[:2])},
        "nav": navigation.shown_to(request) if goes_on else [],
        "home_url": reverse("staff:start"),
        "account_url": reverse("staff:account"),
        "sign_out_url": reverse("account_logout"),
        "session_seconds": sessions.seconds_left(request),
        "keep_alive_url": reverse("staff:stay"),
        "shortcuts": request.COOKIES.get(KEYS, "on"),
        "shortcuts_url": reverse("staff:shortcuts"),
    }
