"""Members of staff for tests, and test clients that are signed in as them, second factor and all."""

import itertools

from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from haven.accounts.choices import Role
from haven.accounts.models import Staff, Team
from haven.kernel import clock
from haven.web.staff import guard, sessions

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PASSWORD = "plum harbour ninety crow"
SIGN_IN = "account_login"
_numbers = itertools.count(1)


def member(*roles: Role, team: Team | None = None, **more: object) -> Staff:
    """Make somebody with these roles; their address is staff.N@landlord.example."""
    number = next(_numbers)
    more.setdefault("name", f"Member {number}")
    email = str(more.pop("email", f"staff.{number}@landlord.example"))
    return Staff.objects.create_user(email, roles=sorted(roles), team=team, **more)


def with_password(*roles: Role, **more: object) -> Staff:
    """Make somebody who can sign in with PASSWORD."""
    staff = member(*roles, **more)
    staff.set_password(PASSWORD)
    staff.save()
    return staff


def signed_in(staff: Staff, client: Client | None = None, *, with_second_factor: bool = True) -> Client:
    """Return a client that has signed in just now, and has shown a second factor unless told otherwise."""
    client = client or Client()
    client.force_login(staff)
    session = client.session
    session[sessions.STARTED] = session[sessions.SEEN] = clock.now().timestamp()
    if with_second_factor:
        session[guard.SHOWN] = True
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock.now().timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(staff.pk)
    session.save()
    UserSession.objects.create(user=staff, ip="198.51.100.7", session_key=session.session_key, user_agent=AGENT)
    return client


def sign_in(client: Client, email: str, password: str, **more: object):
    """Post address and password to the sign-in page."""
    return client.post(reverse(SIGN_IN), {"login": email, "password": password, **more})
