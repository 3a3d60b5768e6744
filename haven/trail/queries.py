"""Reads of the trail without a viewer: how much there is, what was sealed, how often each guard was asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from haven.trail.models import Chain, Checkpoint, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How far the trail goes, and how far it is sealed."""

    entries: int
    chains: int
    unsealed: int
    checkpoint: int | None
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How often a guard was asked, and how often it refused."""

    asked: int = 0
    refused: int = 0


def extent() -> Extent:
    """Say how much there is in the trail and how much of it has been sealed; counts everything, so not for pages."""
    last = Checkpoint.objects.order_by("-pk").first()
    return Extent(
        entries=Entry.objects.count(),
        chains=Chain.objects.count(),
        unsealed=Entry.objects.filter(pk__gt=last.last_entry_id if last else 0).count(),
        checkpoint=last.pk if last else None,
        sealed_at=last.at if last else None,
    )


def has_seal(seal: str) -> bool:
    """Say whether a checkpoint bears this seal, given as hexadecimal digits."""
    try:
        return Checkpoint.objects.filter(seal=bytes.fromhex(seal.strip())).exists()
    except ValueError:
        return False


GUARDS_ASKED = """
SELECT guard, sum(asked)::bigint, sum(refused)::bigint FROM (
  SELECT guard, asked, refused FROM trail_guardtally
  UNION ALL
  SELECT guard, 1, CASE WHEN outcome = 'refused' AND place = jsonb_array_length(guards) THEN 1 ELSE 0 END
  FROM trail_entry CROSS JOIN LATERAL jsonb_array_elements_text(guards) WITH ORDINALITY AS asked (guard, place)
  WHERE id > (SELECT coalesce(max(last_entry_id), 0) FROM trail_checkpoint) AND guards <> '[]'
) AS everything
WHERE %(all)s OR guard = ANY(%(guards)s)
GROUP BY guard
"""


def guards_asked(guards: Collection[str] | None = None) -> dict[str, Asked]:
    """Count how often each guard was asked and refused: the tallies, and what came since the latest checkpoint."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS_ASKED, {"all": guards is None, "guards": list(guards or ())})
        return {guard: Asked(asked=asked, refused=refused) for guard, asked, refused in cursor.fetchall()}


def latest_seal() -> Checkpoint | None:
    """Return the latest checkpoint, if there is one."""
    return Checkpoint.objects.order_by("-pk").first()
