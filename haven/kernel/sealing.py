"""Sealing: what identifies people is AES-256-GCM ciphertext in the database, under a key per report, case or person.

Each record key is 32 random bytes, wrapped by the deployment's key, which lives outside the database. Destroying a record
key makes everything sealed with it unreadable. (How that reaches backups is in docs/adr/0004-sealing.md.)
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


class Unreadable(Exception):
    """The key was destroyed, or the ciphertext is not what was sealed."""


@lru_cache(maxsize=4)
def _read_key(path: str) -> bytes:
    key = Path(path).read_bytes()
    if len(key) != 32:
        raise Unreadable("The deployment key file must hold exactly 32 bytes.")
    return key


def deployment_key() -> bytes:
    """Return the 32 bytes that wrap every record key (HAVEN_KEY_FILE)."""
    return _read_key(str(settings.HAVEN_KEY_FILE))


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
    """Seal a record key under the deployment's key."""
    return seal(_derived(deployment_key(), "wrap"), key, context)


def unwrap(wrapped: bytes, context: str) -> bytes:
    """Open a wrapped record key, or raise Unreadable."""
    return unseal(_derived(deployment_key(), "wrap"), wrapped, context)


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


def encode_text(text: Any) -> bytes:
    """Return text as UTF-8."""
    return str(text).encode("utf-8")
