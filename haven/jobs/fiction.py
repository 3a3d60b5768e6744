"""The fictional landlord, reached through its name only: this part does not import it."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps

from haven.kernel import clock

NOTHING: dict[str, Any] = {"fictional": False, "sign_ins": []}


def found() -> dict[str, Any]:
    """Whether the data are the fictional landlord's, and then one sign-in for each role."""
    if not apps.is_installed("haven.demo"):
        return NOTHING
    sign_ins = [list(each) for each in import_module("haven.demo.load").sign_ins()]
    staff = import_module("haven.accounts.models").Staff
    known = staff.objects.filter(email__in=[email for _, email, _ in sign_ins]).count()
    return {"fictional": True, "sign_ins": sign_ins} if known else NOTHING


def load(say: Callable[[str], None]) -> dict[str, Any]:
    """Load the fictional landlord when the database is empty; otherwise say what is there."""
    if not apps.is_installed("haven.demo"):
        return NOTHING
    demo = import_module("haven.demo.load")
    if demo.is_empty():
        say("Making up a fictional landlord: homes, people, agencies, reports and cases.")
        demo.load(at=clock.now())
    return found()
