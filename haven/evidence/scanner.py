"""A small client of clamd: one file a connection, streamed, with time-outs, and plain about what it cannot tell."""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass

from django.conf import settings

from haven.evidence.choices import Scan
from haven.evidence.models import Item
from haven.evidence.reading import pour

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
_PIECE = 64 * 1024
_ANSWER_BYTES = 4096


class ScannerDown(Exception):
    """The scanner could not be asked, or gave no answer that can be understood; ask again later."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said, and its own name for what it found."""

    scan: Scan
    found: str = ""


def is_set_up() -> bool:
    """Say whether this deployment has a scanner (HAVEN_CLAMD)."""
    return bool(settings.HAVEN_CLAMD)


def verdict_on(item: Item) -> Verdict:
    """Ask the scanner about an original; UNSCANNED where none is set up, IMPOSSIBLE where it is longer than it accepts.

    Raises ScannerDown, or Missing or Changed where the original is not as it was given.
    """
    address: str | None = settings.HAVEN_CLAMD
    if not address:
        return Verdict(Scan.UNSCANNED)
    with Conversation(address) as conversation:
        pour(item, conversation)
        return conversation.verdict()


class Conversation:
    """One INSTREAM conversation; bytes written to it are scanned."""

    def __init__(self, address: str, *, connect: float = CONNECT_SECONDS, answer: float = ANSWER_SECONDS) -> None:
        self._address = address
        self._connect = connect
        self._answer = answer
        self._waiting = b""
        self._was_cut_off = False

    def __enter__(self) -> Conversation:
        try:
            self._socket = _reached(self._address, self._connect)
            self._socket.settimeout(self._answer)
            self._socket.sendall(b"zINSTREAM\0")
        except OSError as problem:
            raise ScannerDown(f"cannot be reached ({problem.strerror or problem})") from None
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def write(self, content: bytes, /) -> int:
        """Have bytes scanned; what the scanner no longer listens to is dropped, and its answer says why."""
        self._waiting += content
        if len(self._waiting) >= _PIECE:
            self._send(self._waiting)
            self._waiting = b""
        return len(content)

    def _send(self, piece: bytes) -> None:
        if self._was_cut_off or not piece:
            return
        try:
            self._socket.sendall(struct.pack(">I", len(piece)) + piece)
        except TimeoutError:
            raise ScannerDown("stopped listening") from None
        except OSError:
            self._was_cut_off = True

    def verdict(self) -> Verdict:
        """Say that these were all the bytes and return what the scanner answers."""
        self._send(self._waiting)
        try:
            if not self._was_cut_off:
                self._socket.sendall(struct.pack(">I", 0))
            return understood(self._heard())
        except TimeoutError:
            raise ScannerDown("did not answer in time") from None
        except OSError as problem:
            raise ScannerDown(f"broke off ({problem.strerror or problem})") from None

    def _heard(self) -> bytes:
        heard = b""
        while b"\0" not in heard and len(heard) < _ANSWER_BYTES:
            piece = self._socket.recv(_ANSWER_BYTES)
            if not piece:
                break
            heard += piece
        return heard


def understood(answer: bytes) -> Verdict:
    """Return what an answer of clamd means; anything but a plain OK or FOUND is no verdict."""
    said = answer.split(b"\0")[0].decode("ascii", "replace").strip()
    if said == "stream: OK":
        return Verdict(Scan.CLEAN)
    if found := re.fullmatch(r"stream: (.+) FOUND", said):
        return Verdict(Scan.INFECTED, re.sub(r"[^\w.:-]", "_", found[1])[:80])
    if "size limit exceeded" in said:
        return Verdict(Scan.IMPOSSIBLE, "longer-than-the-scanner-accepts")
    raise ScannerDown(f"answered {said[:80]!r}" if said else "said nothing")


def _reached(address: str, patience: float) -> socket.socket:
    """Connect to unix:/path/of/socket or machine:port."""
    if address.startswith("unix:"):
        reached = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            reached.settimeout(patience)
            reached.connect(address.removeprefix("unix:"))
        except OSError:
            reached.close()
            raise
        return reached
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=patience)
