"""Signing in to the desk without its pages."""

from django.test import Client

from haven.web.staff.guard import SHOWN


def signed_in(staff) -> Client:
    """Return a browser in which this member of staff has signed in with both factors."""
    client = Client()
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[SHOWN] = True
    session.save()
    return client
