"""`python -m bench.counting`: how many queries each page asks, in the database of HAVEN_DATA; prints JSON."""

from __future__ import annotations

import json
import os
import re
import sys

from bench import visitors
from bench.desk import CASE, CONTACT, DONE, NAMES, REPORT, TALK, just_now


def main() -> int:
    """Ask for each page twice within this process and count the queries of the second time."""
    from haven import environment
    from haven.jobs.databases import at_hand

    with at_hand(environment.read(), lambda _: None):
        os.environ["DJANGO_SETTINGS_MODULE"] = "haven.settings"
        import django

        django.setup()
        print(json.dumps({**_public(), **_desk()}))
    return 0


def _client() -> object:
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1")


def _counted(client, method: str, path: str, **more):  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = getattr(client, method)(path, **more)
    return len(queries), answer


def _public() -> dict[str, int]:
    client, found, at = _client(), {}, "/p/1"
    for path in ("/", "/before"):
        found[f"GET {path}"], _ = _counted(client, "get", path)
    while True:
        found[f"GET {at}"], page = _counted(client, "get", at)
        if at == "/done":
            return found
        body: dict[str, list[str]] = {}
        for name, value in visitors.answers(page.content.decode(), at, whole=False):
            body.setdefault(name, []).append(value)
        found[f"POST {at}"], page = _counted(client, "post", at, data=body)
        at = page.headers["Location"]


def _desk() -> dict[str, int]:
    from haven.accounts.models import Staff
    from haven.demo.sign_in import email_of
    from haven.web.staff.guard import SHOWN

    client = _client()
    client.force_login(  # type: ignore[attr-defined]
        Staff.objects.get(email=email_of("manager")), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session  # type: ignore[attr-defined]
    session[SHOWN] = True
    session.save()
    cases = CASE.findall(client.get("/desk/cases?whose=team").content.decode())  # type: ignore[attr-defined]
    reports = REPORT.findall(client.get("/desk/queue").content.decode())  # type: ignore[attr-defined]
    pages = {
        "needs me now": "/desk/", "queue": "/desk/queue", "cases": "/desk/cases?whose=team", "a case": cases[0],
        "a report in triage": reports[0], "the team": "/desk/team", "a case with 500 entries": _longest(),
    }  # fmt: skip
    found = {}
    for name, path in pages.items():
        client.get(path)  # type: ignore[attr-defined]
        found[name], _ = _counted(client, "get", path)
    found["recording a contact"] = _recording(client, _talk(client, cases[0]), TALK)
    found["recording a done duty"] = _recording(client, _duty(client), DONE)
    found["search, asking"], answer = _counted(client, "post", "/desk/find", data={"words": NAMES[0]})
    found["search by name"], _ = _counted(client, "get", answer.headers["Location"])
    return found


def _longest() -> str:
    """Return where the case stands in which most was done."""
    from haven.cases.models import Case
    from haven.trail.models import Chain

    chain = Chain.objects.filter(name__startswith="case:").order_by("-length")[0]
    return f"/desk/cases/{Case.objects.get(pk=chain.name.partition(':')[2]).reference}"


def _talk(client, case: str) -> str:  # type: ignore[no-untyped-def]
    """Return where a contact with somebody in a case is recorded."""
    found = CONTACT.search(client.get(f"{case}/contact").content.decode())
    if found is None:
        raise RuntimeError("there is nobody to speak with")
    return found[1]


def _duty(client) -> str:  # type: ignore[no-untyped-def]
    """Return where a duty is recorded as done."""
    from haven.kernel.clock import now
    from haven.obligations.models import OPEN, Duty

    duty = Duty.objects.filter(OPEN, key="police_notify", due_at__gt=now(), staff__team__isnull=False).order_by("-pk")
    for pk in duty.values_list("pk", flat=True)[:50]:
        if client.get(f"/desk/duties/{pk}").status_code == 200:
            return f"/desk/duties/{pk}"
    raise RuntimeError("there is no duty left to record")


def _recording(client, path: str, said: dict[str, str]) -> int:  # type: ignore[no-untyped-def]
    """Count the queries of recording something on its page."""
    draft = re.search(r'name="draft" value="([^"]+)"', client.get(path).content.decode())
    typed = {**said, **just_now(), **({"draft": draft[1]} if draft else {})}
    return _counted(client, "post", path, data=typed)[0]


if __name__ == "__main__":
    sys.exit(main())
