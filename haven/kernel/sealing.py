"""Sealing: what identifies people is AES-256-GCM ciphertext in the database, under a key per report, case or person.

Each record key is 32 random bytes, wrapped by the deployment's key, which lives outside the database. Destroying a
record key makes everything sealed with it unreadable. (How that reaches backups is in docs/adr/0004-sealing.md.)
"""

from __future__ import annotations

import hashlib
import hmac
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12
KEY_BYTES = 32


class Unreadable(Exception):
    """The key was destroyed, or the ciphertext is not what was sealed."""


@lru_cache(maxsize=4)
def _read_keys(path: str) -> tuple[bytes, ...]:
    held = Path(path).read_bytes()
    if not held or len(held) % KEY_BYTES:
        raise Unreadable("The deployment key file must hold one or more keys of exactly 32 bytes.")
    return tuple(held[at : at + KEY_BYTES] for at in range(0, len(held), KEY_BYTES))


def deployment_key() -> bytes:
    """Return the deployment's first key (HAVEN_KEY_FILE), from which tokens, codes and signatures are derived."""
    return _read_keys(str(settings.HAVEN_KEY_FILE))[0]


def wrapping_keys() -> tuple[bytes, ...]:
    """Return the keys that wrap record keys, newest first: the first one alone, until it has been rotated."""
    keys = _read_keys(str(settings.HAVEN_KEY_FILE))
    return tuple(_derived(key, "wrap") for key in keys[1:] or keys)


@lru_cache(maxsize=32)
def _derived(root: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(root)


def derived_key(purpose: str) -> bytes:
    """Return the deployment's key for one purpose, such as word tokens or codes."""
    return _derived(deployment_key(), purpose)


def keyed_hash(purpose: str, text: str) -> bytes:
    """Return a 32-byte keyed hash, for looking a secret up without keeping it."""
    return hmac.new(derived_key(purpose), text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def new_record_key() -> bytes:
    """Return 32 fresh random bytes."""
    return os.urandom(32)


def wrap(key: bytes, context: str) -> bytes:
    """Seal a record key under the deployment's newest wrapping key."""
    return seal(wrapping_keys()[0], key, context)


def unwrap(wrapped: bytes, context: str) -> bytes:
    """Open a wrapped record key with whichever wrapping key it was sealed, or raise Unreadable."""
    newest, *older = wrapping_keys()
    for key in wrapping_keys():
        with suppress(Unreadable):
            return unseal(key, wrapped, context)
    raise Unreadable("This key was wrapped by another deployment's key, or has been changed.")


def is_newest(wrapped: bytes, context: str) -> bool:
    """Say whether a record key is wrapped under the newest wrapping key."""
    with suppress(Unreadable):
        unseal(wrapping_keys()[0], wrapped, context)
        return True
    return False


def seal(key: bytes, plain: bytes, context: str) -> bytes:
    """Return nonce and ciphertext; `context` (where it is kept) is bound to it and must match on opening."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """Return what was sealed, or raise Unreadable for a wrong key, a wrong place or a changed byte."""
    try:
        return AESGCM(key).decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), context.encode())
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable("This was sealed with another key, or has been changed.") from wrong


def purpose_key(record_key: bytes, purpose: str) -> bytes:
    """Derive a further key from a record key, for example for its evidence files."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(record_key)
