"""Changing the key that wraps record keys, while everything goes on (docs/adr/0004-sealing.md).

The key file holds keys of 32 bytes: the first for tokens, codes and signatures, the others for wrapping, newest first.
Begin: add a key to the file and restart every process. Rewrap: all record keys. Finish: drop the older keys, restart.
"""

from __future__ import annotations

from django.db import transaction

from haven.kernel.models import SealingKey
from haven.kernel.sealing import KEY_BYTES, Unreadable, new_record_key

BATCH = 500


def begun(held: bytes) -> bytes:
    """Return what the key file must hold so that a new key wraps and the older ones still open."""
    first, *wrapping = _keys(held)
    return b"".join([first, new_record_key(), *(wrapping or [first])])


def finished(held: bytes) -> bytes:
    """Return what the key file must hold once `rewrap_all` has left nothing for the older keys to open."""
    return b"".join(_keys(held)[:2])


def rewrap_all(batch: int = BATCH) -> int:
    """Wrap every record key under the newest wrapping key, a batch a transaction; return how many were changed.

    May be stopped and begun again. Raises Unreadable at a key that none of the file's keys opens.
    """
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            keys = list(SealingKey.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:batch])
            changed += sum(key.rewrap() for key in keys)
        if not keys:
            return changed
        last = keys[-1].pk


def _keys(held: bytes) -> list[bytes]:
    if not held or len(held) % KEY_BYTES:
        raise Unreadable("The deployment key file must hold one or more keys of exactly 32 bytes.")
    return [held[at : at + KEY_BYTES] for at in range(0, len(held), KEY_BYTES)]
