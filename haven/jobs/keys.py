"""The deployment's key and the database passwords: files that only their owner can read."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class KeyUnusable(Exception):
    """The deployment's key is missing or is not a key; the message says what to do."""


def read_key(path: Path) -> bytes:
    """Read the deployment's key, or keys while and after one is changed (haven.kernel.rotation), or refuse in words."""
    try:
        key = path.read_bytes()
    except OSError as problem:
        raise KeyUnusable(
            f"The deployment's key {path} cannot be read ({problem.strerror}). Bring it back from where you keep "
            "keys: without it, what people told Haven cannot be opened."
        ) from None
    if not key or len(key) % KEY_BYTES:
        raise KeyUnusable(f"{path} is not a key of Haven: it has {len(key)} bytes and should have {KEY_BYTES}.")
    return key


def make_key(path: Path) -> None:
    """Make a new deployment key; refuses when the file is already there."""
    write_private(path, secrets.token_bytes(KEY_BYTES))


def write_private(path: Path, content: bytes) -> None:
    """Write a new file of mode 0600 that appears whole or not at all; refuses to replace one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()


def replace_key(path: Path, content: bytes) -> Path:
    """Put new content in the place of the key file at once; return where what it held before is kept."""
    number = 1
    while (before := path.with_name(f"{path.name}.before-{number}")).exists():
        number += 1
    write_private(before, path.read_bytes())
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    write_private(fresh, content)
    fresh.replace(path)
    return before


def password(folder: Path, role: str) -> str:
    """The password of a database role, generated the first time that it is asked for."""
    path = folder / f"{role}.password"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24).encode())
    return path.read_text(encoding="ascii")


def signing_key(path: Path) -> str:
    """Django's signing key, derived from the deployment's key; empty (so Django refuses) without one."""
    try:
        key = read_key(path)[:KEY_BYTES]
    except KeyUnusable:
        return ""
    return HKDF(algorithm=SHA256(), length=48, salt=None, info=b"haven signing").derive(key).hex()
