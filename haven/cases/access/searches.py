"""Searches kept under an id, so that no name ever stands in an address bar, a log or a browser's history."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.http import Http404

from haven.accounts.models import Staff
from haven.cases.models import Search
from haven.kernel.sealing import derived_key, seal, unseal

KEPT = timedelta(days=1)
LONGEST = 200


def keep_search(viewer: Staff, words: str, *, at: datetime) -> str:
    """Keep what somebody looks for, sealed, for a day, and return the id under which they alone find it again."""
    name = secrets.token_hex(12)
    sealed = seal(derived_key("searches"), words[:LONGEST].encode("utf-8", "replace"), name)
    Search.objects.create(id=name, staff=viewer, at=at, sealed=sealed)
    return name


def words_of_search(viewer: Staff, name: str, *, at: datetime) -> str:
    """Return what this member of staff looked for; raises Http404 for anybody else's and after a day."""
    found = Search.objects.filter(pk=name, staff=viewer, at__gte=at - KEPT).first()
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return unseal(derived_key("searches"), bytes(found.sealed), name).decode("utf-8")


def forget_searches(*, at: datetime) -> None:
    """Forget what was looked for more than a day ago."""
    Search.objects.filter(at__lt=at - KEPT).delete()
