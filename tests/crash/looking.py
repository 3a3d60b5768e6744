"""Look at everything that lies in a Haven's database and store, and print it: run in that Haven's surroundings."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from typing import Any


def report_facts() -> list[dict[str, Any]]:
    """Every report with all that belongs to it."""
    from haven.reports.models import Attachment, Report
    from haven.trail.models import Entry

    found = []
    for report in Report.objects.select_related("sealing_key").order_by("pk"):
        entries = Entry.objects.filter(chain=report.trail_chain, act="report.received", outcome="done")
        files = [one.item for one in Attachment.objects.filter(report=report).select_related("item__sealing_key")]
        people = report.persons.select_related("person__sealing_key")
        found.append(
            {
                "reference": report.reference,
                "mark": report.account.partition(":")[0],
                "is_danger": report.is_danger,
                "people": [[one.part, one.person.name, one.person.safe_contacts.count()] for one in people],
                "permissions": sorted([one.recipient, str(one.scope)] for one in report.permissions.all()),
                "alarms": report.alarms.count(),
                "entries": entries.count(),
                "duties": _duties(report),
                "files": [is_whole(one) for one in files],
            }
        )
    return found


def _duties(report: Any) -> int:
    from haven.obligations.models import Duty

    return Duty.objects.filter(report=report).count()


def is_whole(item: Any) -> bool:
    """Say whether the stored file opens with its record's key and is what was given."""
    from haven.evidence.store import identity_for, store

    into = io.BytesIO()
    store().get(item.stored_as, identity_for(item.sealing_key), into)
    return hashlib.sha256(into.getvalue()).digest() == bytes(item.sha256)


def half_there() -> dict[str, int]:
    """How many rows there are that belong to nothing, though each is only ever written with what it belongs to."""
    from haven.evidence.models import Item
    from haven.people.models import Person
    from haven.reports.models import Draft
    from haven.trail.models import Entry

    received = Entry.objects.filter(act="report.received").values("subject_id")
    from haven.reports.models import Report

    return {
        "persons of no report": Person.objects.filter(told_in=None).count(),
        "reports of no trail": Report.objects.exclude(pk__in=received).count(),
        "trail of no report": received.exclude(subject_id__in=Report.objects.values("pk")).count(),
        "drafts that are sent and still hold files": Draft.objects.exclude(report=None).exclude(files=None).count(),
        "files that do not open": sum(not is_whole(one) for one in Item.objects.select_related("sealing_key")),
    }


def main() -> None:
    """Print what there is as JSON."""
    import django

    django.setup()
    from haven.trail.verify import verify

    facts = {"reports": report_facts(), "half": half_there(), "trail": [str(fault) for fault in verify()]}
    json.dump(facts, sys.stdout)


if __name__ == "__main__":
    main()
