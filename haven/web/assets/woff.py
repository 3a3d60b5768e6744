"""Fonts for printed letters: WOFF taken apart into the TrueType that a typesetter reads."""

from __future__ import annotations

import struct
import zlib

_HEADER, _ENTRY = ">4sIIHHI", ">4sIIII"
_FAMILY, _FURTHER = "Hyperlegible".encode("utf-16-be"), "Hyperlegiblx".encode("utf-16-be")


def as_truetype(packed: bytes, *, further: bool = False) -> bytes:
    """Return the TrueType font in a WOFF file.

    `further` gives the family another name of the same length: a typesetter takes one file of a family, so letters that
    stand in a second file must be a family of their own.
    """
    _, flavour, _, count, _, _ = struct.unpack_from(_HEADER, packed)
    tables = [_table(packed, number, further) for number in range(count)]
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">IHHHH", flavour, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    place, listed, body = 12 + 16 * count, b"", b""
    for tag, checksum, raw in tables:
        listed += struct.pack(">4sIII", tag, checksum, place + len(body), len(raw))
        body += raw + b"\0" * (-len(raw) % 4)
    return head + listed + body


def _table(packed: bytes, number: int, further: bool) -> tuple[bytes, int, bytes]:
    tag, offset, length, unpacked, checksum = struct.unpack_from(_ENTRY, packed, 44 + 20 * number)
    raw = packed[offset : offset + length]
    raw = zlib.decompress(raw) if length < unpacked else raw
    return tag, checksum, raw.replace(_FAMILY, _FURTHER) if further and tag == b"name" else raw
