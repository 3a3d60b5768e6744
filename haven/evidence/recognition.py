"""What a file is, by its first bytes: never by its name, and never by what the sender says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from haven.evidence import packed
from haven.evidence.choices import Kind

_LOOK = 64 * 1024
_ENDS = 2_000_000


@dataclass(frozen=True, slots=True)
class Sort:
    """What a file turned out to be."""

    kind: Kind
    media_type: str
    ending: str


JPEG = Sort(Kind.PICTURE, "image/jpeg", "jpg")
PNG = Sort(Kind.PICTURE, "image/png", "png")
GIF = Sort(Kind.PICTURE, "image/gif", "gif")
WEBP = Sort(Kind.PICTURE, "image/webp", "webp")
HEIC = Sort(Kind.PICTURE, "image/heic", "heic")
MP3 = Sort(Kind.SOUND, "audio/mpeg", "mp3")
M4A = Sort(Kind.SOUND, "audio/mp4", "m4a")
OGG = Sort(Kind.SOUND, "audio/ogg", "ogg")
WAV = Sort(Kind.SOUND, "audio/wav", "wav")
WEBM_SOUND = Sort(Kind.SOUND, "audio/webm", "weba")
MP4 = Sort(Kind.VIDEO, "video/mp4", "mp4")
MOV = Sort(Kind.VIDEO, "video/quicktime", "mov")
GP3 = Sort(Kind.VIDEO, "video/3gpp", "3gp")
WEBM = Sort(Kind.VIDEO, "video/webm", "webm")
PDF = Sort(Kind.DOCUMENT, "application/pdf", "pdf")
DOCX = Sort(Kind.DOCUMENT, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
XLSX = Sort(Kind.DOCUMENT, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
ODT = Sort(Kind.DOCUMENT, "application/vnd.oasis.opendocument.text", "odt")
EML = Sort(Kind.TEXT, "message/rfc822", "eml")
TXT = Sort(Kind.TEXT, "text/plain", "txt")

SORTS = (
    JPEG, PNG, GIF, WEBP, HEIC, MP3, M4A, OGG, WAV, WEBM_SOUND, MP4, MOV, GP3, WEBM, PDF, DOCX, XLSX, ODT, EML, TXT,
)  # fmt: skip
ENDINGS = {sort.media_type: sort.ending for sort in SORTS}

_BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"\xef\xbb\xbf%PDF-", PDF),
    (b"ID3", MP3),
)
_PACKED = {"docx": DOCX, "xlsx": XLSX, "odt": ODT}
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_MP4 = (b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"dash", b"MSNV", b"mmp4", b"f4v")
_LIKE_MARKUP = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml|head|body|iframe|\?php)", re.IGNORECASE)
_HEADER = re.compile(rb"^(From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version):\s", re.I | re.M)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_OTHERS = (b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"<script", b"<html", b"<!doctype", b"<svg", b"<?php", b"MZ\x90\x00")


def recognise(file: BinaryIO) -> Sort | None:
    """Return what the file is, or None where it is nothing that may be kept."""
    file.seek(0)
    head = file.read(_LOOK)
    for beginning, sort in _BEGINNINGS:
        if head.startswith(beginning):
            return sort
    if head.startswith(b"PK\x03\x04"):
        return _PACKED.get(packed.content_of(file))
    return _framed(head, file) or _media(head) or _written(head, file)


def is_mixed(file: BinaryIO, sort: Sort) -> bool:
    """Say whether the file bears the marks of another type as well (a PDF, page or archive inside a picture)."""
    if sort.kind is Kind.TEXT or sort.ending in _PACKED:
        return False
    own = b"%PDF-" if sort is PDF else b""
    file.seek(0)
    head = file.read(_LOOK)
    file.seek(0, 2)
    file.seek(max(0, file.tell() - _LOOK))
    around = (head + file.read(_LOOK)).lower()
    if any(mark.lower() in around for mark in _OTHERS if mark != own):
        return True
    return sort is JPEG and _goes_on_after_its_end(file)


def _goes_on_after_its_end(file: BinaryIO) -> bool:
    """Say whether a JPEG is followed by something that is neither padding nor another JPEG (as some cameras add)."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - _LOOK))
    tail = file.read(_LOOK)
    after = tail[tail.rfind(b"\xff\xd9") + 2 :] if b"\xff\xd9" in tail else b""
    return bool(after.strip(b"\x00\xff \r\n")) and len(after) > 64


def _framed(head: bytes, file: BinaryIO) -> Sort | None:
    """Recognise the families that say their brand in a first box: MP4, QuickTime, HEIC."""
    if head[4:8] in (b"moov", b"mdat", b"wide") and len(head) > 16:
        return MOV
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    if brand in _HEIF:
        return HEIC
    if brand in (b"M4A ", b"M4B "):
        return M4A
    if brand == b"qt  ":
        return MOV
    if brand.startswith((b"3gp", b"3g2")):
        return GP3
    if brand.startswith(_MP4):
        return MP4 if _has_moving_pictures(file) else M4A
    return None


def _has_moving_pictures(file: BinaryIO) -> bool:
    """Say whether an MP4 has a picture track; its list of tracks is at one end or the other."""
    file.seek(0)
    first = file.read(_ENDS)
    file.seek(0, 2)
    file.seek(max(0, file.tell() - _ENDS))
    around = first + file.read(_ENDS)
    return b"vide" in around or b"soun" not in around


def _media(head: bytes) -> Sort | None:
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"WEBP"):
        return WAV if head[8:12] == b"WAVE" else WEBP
    if head[:4] == b"OggS":
        return OGG if any(mark in head[:200] for mark in (b"OpusHead", b"\x01vorbis", b"\x7fFLAC", b"Speex")) else None
    if head[:4] == b"\x1aE\xdf\xa3" and b"webm" in head[:80]:
        return WEBM if b"V_VP" in head or b"V_AV1" in head else WEBM_SOUND
    return MP3 if _is_mpeg_sound(head) else None


def _is_mpeg_sound(head: bytes) -> bool:
    """Say whether two MPEG layer III frames follow each other from the first byte."""
    length = _frame_length(head[:4])
    return bool(length) and bool(_frame_length(head[length : length + 4]))


def _frame_length(header: bytes) -> int:
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    is_first = header[1] & 0x18 == 0x18
    rates = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320) if is_first else (
        8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # fmt: skip
    rate, frequency = header[2] >> 4, (header[2] >> 2) & 3
    if rate in (0, 15) or frequency == 3 or header[1] & 0x18 == 0x08:
        return 0
    hertz = (44100, 48000, 32000)[frequency] // {0x18: 1, 0x10: 2, 0x00: 4}[header[1] & 0x18]
    return (144 if is_first else 72) * rates[rate - 1] * 1000 // hertz + ((header[2] >> 1) & 1)


def _written(head: bytes, file: BinaryIO) -> Sort | None:
    """Recognise plain text and saved e-mail; markup and programs are not text."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start or start.startswith((b"MZ", b"#!", b"\x7fELF")) or _LIKE_MARKUP.match(start):
        return None
    file.seek(0)
    text = _as_text(file.read())
    if text is None or _NOT_TEXT.search(text):
        return None
    headers = head.split(b"\r\n\r\n")[0].split(b"\n\n")[0]
    return EML if len(_HEADER.findall(headers)) >= 3 else TXT


def _as_text(content: bytes) -> str | None:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for attempt in (encoding, "cp1252"):
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    return None
