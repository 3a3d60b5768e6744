"""The evidence store: a folder of age files under names that mean nothing.

Each file is in the age format (age-encryption.org), sealed for the identity of its record, so that any age program
opens it in a disaster: docs/how-to/open-evidence-without-haven.md. A file is whole before anything points to it: it is
written under another name, flushed to the disk and renamed; only then is its row inserted.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pyrage
from django.conf import settings

from haven.evidence.age import identity_text
from haven.kernel.models import SealingKey
from haven.kernel.sealing import purpose_key

ENDING = ".age"


class Missing(Exception):
    """The stored file is not there."""


class Changed(Exception):
    """The stored file is not what was put there."""


class Sink(Protocol):
    """Something that plain bytes can be written to."""

    def write(self, content: bytes, /) -> int:
        """Take bytes and return how many."""


def identity_for(sealing_key: SealingKey) -> pyrage.x25519.Identity:
    """Return the age identity that opens the files of one record; `str()` of it is what age programs read.

    Raises Unreadable once the key has been destroyed.
    """
    return pyrage.x25519.Identity.from_str(identity_text(purpose_key(sealing_key.record_key(), "evidence")))


class _Watched:
    """Remembers what went wrong on either side, which pyrage passes on as a mere OSError."""

    def __init__(self, do: Callable[[Any], Any]) -> None:
        self._do = do
        self.problem: Exception | None = None

    def __call__(self, argument: Any) -> Any:
        try:
            return self._do(argument)
        except Exception as problem:
            self.problem = problem
            raise

    read = write = __call__

    def flush(self) -> None:
        """Do nothing: everything is passed on at once."""


class Folder:
    """Sealed files in a local or mounted folder, two levels deep, readable by their owner only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """Return where a file lies; refuses a name that is not one of ours."""
        if len(name) != 32 or any(c not in "0123456789abcdef" for c in name):
            raise Missing(name)
        return self.root / name[:2] / name[2:4] / f"{name}{ENDING}"

    def put(self, source: BinaryIO, identity: pyrage.x25519.Identity) -> str:
        """Seal everything that `source` holds and return its name, once it is safely on the disk."""
        name = secrets.token_hex(16)
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{name}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                source.seek(0)
                pyrage.encrypt_io(source, file, [identity.to_public()])
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        for folder in (path.parent, path.parent.parent, self.root):
            _flush(folder)
        return name

    def get(self, name: str, identity: pyrage.x25519.Identity, into: Sink) -> None:
        """Open a file into `into`, piece by piece; raises Missing or Changed (perhaps after some pieces)."""
        try:
            file = self.path(name).open("rb")
        except FileNotFoundError:
            raise Missing(name) from None
        with file:
            source, sink = _Watched(file.read), _Watched(into.write)
            try:
                pyrage.decrypt_io(source, sink, [identity])
            except (pyrage.DecryptError, OSError):
                if problem := source.problem or sink.problem:
                    raise problem from None
                raise Changed(name) from None

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is fine."""
        with contextlib.suppress(FileNotFoundError, Missing):
            self.path(name).unlink()

    def written_before(self, moment: datetime) -> Iterator[tuple[str, Path]]:
        """Give the name and path of each file, finished or not, that was last written before that moment."""
        for path in self.root.glob("??/??/*"):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < moment.timestamp():
                    yield path.name.removesuffix(ENDING), path


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@lru_cache(maxsize=4)
def _folder(root: str) -> Folder:
    Path(root).mkdir(parents=True, exist_ok=True, mode=0o700)
    return Folder(Path(root))


def store() -> Folder:
    """Return the store of this deployment: the folder `files` under HAVEN_DATA."""
    return _folder(str(Path(settings.HAVEN_DATA) / "files"))
