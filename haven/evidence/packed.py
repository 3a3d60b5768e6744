"""Word, Excel and OpenDocument files are zip archives: looked at from outside, never unpacked."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from haven.evidence.limits import PACKED_ENTRIES, PACKED_INDEX_BYTES

_END = b"PK\x05\x06"
_END_LENGTH = 22


@dataclass(frozen=True, slots=True)
class Packing:
    """What an archive says of itself."""

    names: frozenset[str]
    unpacked: int
    is_readable: bool


UNREADABLE = Packing(frozenset(), 0, is_readable=False)


def content_of(file: BinaryIO) -> str:
    """Return docx, xlsx or odt, or nothing for any other archive, for one with macros and for one that is not sound."""
    packing = look_into(file)
    names = packing.names
    if not packing.is_readable or any("vbaproject" in name.lower() for name in names):
        return ""
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
    return "odt" if _says_opendocument(file) and "content.xml" in names else ""


def look_into(file: BinaryIO) -> Packing:
    """Return the names in an archive and how large it says that it becomes; the list itself is bounded first."""
    if not _index_is_small(file):
        return UNREADABLE
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeDecodeError):
        return UNREADABLE
    return Packing(frozenset(e.filename for e in entries), sum(e.file_size for e in entries), is_readable=True)


def _index_is_small(file: BinaryIO) -> bool:
    """Read the archive's end as `zipfile` would, before `zipfile` trusts what it says."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(max(0, length - _END_LENGTH - 65_536))
    tail = file.read()
    plain = tail[-_END_LENGTH:]
    at = len(tail) - _END_LENGTH if plain[:4] == _END and plain[-2:] == b"\0\0" else tail.rfind(_END)
    end = tail[at : at + _END_LENGTH]
    if at < 0 or len(end) < _END_LENGTH:
        return False
    entries, size = struct.unpack("<HL", end[10:16])
    return entries <= PACKED_ENTRIES and size <= PACKED_INDEX_BYTES and b"PK\x06\x07" not in tail[max(0, at - 20) : at]


def _says_opendocument(file: BinaryIO) -> bool:
    file.seek(0)
    return b"mimetypeapplication/vnd.oasis.opendocument.text" in file.read(120)
