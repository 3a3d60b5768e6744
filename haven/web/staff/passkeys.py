"""Where passkeys can work at all."""

import ipaddress

from django.http import HttpRequest


def can_hold_passkeys(request: HttpRequest) -> bool:
    """Say whether browsers let this address have passkeys: a name over TLS, or localhost; never a bare number."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return request.is_secure() or host == "localhost" or host.endswith(".localhost")
    return False
