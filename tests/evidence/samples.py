"""Small files of every type, made here: nothing is downloaded."""

import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime

from PIL import Image, PngImagePlugin

AT = datetime(2026, 11, 22, 18, tzinfo=UTC)


def stored(files):
    """Every finished file in a store."""
    return sorted(path for path in files.glob("??/??/*") if path.is_file())


def picture(form="JPEG", size=(64, 48), colour=(200, 30, 30), **options):
    """A picture of one colour with a white corner at the top left."""
    image = Image.new("RGB", size, colour)
    image.paste("white", (0, 0, size[0] // 4, size[1] // 4))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def telling_jpeg():
    """A JPEG that says where, when and with what it was taken, lying on its side."""
    image = Image.new("RGB", (80, 40), (10, 120, 10))
    image.paste((250, 250, 250), (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETMAKER"
    exif[0x9003] = "2026:11:20 21:58:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (54.0, 58.0, 12.0), 3: "W", 4: (1.0, 36.0, 48.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE" * 20, quality=95)
    return out.getvalue()


def telling_png():
    """A PNG with words in its text chunks."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "SECRETAUTHOR")
    notes.add_itxt("Description", "SECRETWORDS")
    out = io.BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 255, 128)).save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def png_of(width, height):
    """A PNG whose head claims any size; its pixels are nothing."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def box(name, content=b""):
    """One box of an MP4 file."""
    return struct.pack(">I", len(content) + 8) + name + content


def mp4(brand=b"isom", track=b"vide"):
    """The frame of an MP4 with one track."""
    handler = box(b"hdlr", bytes(8) + track + bytes(12))
    return box(b"ftyp", brand + bytes(4) + b"isom") + box(b"mdat", b"\1" * 200) + box(b"moov", box(b"trak", handler))


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**more):
    """The frame of a Word file."""
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", **more})


def xlsx():
    """The frame of an Excel file."""
    return zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})


def odt():
    """The frame of an OpenDocument text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()


def mp3():
    """Two frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return frame * 3


def wav():
    """A moment of silence."""
    return (
        b"RIFF"
        + struct.pack("<I", 136)
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
        + bytes(100)
    )


def pdf():
    """The least that calls itself a PDF."""
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


EML = (
    b"From: Sam <sam@haven.example>\r\nTo: Jo <jo@haven.example>\r\nSubject: again\r\n"
    b"Date: Fri, 20 Nov 2026 21:58:00 +0000\r\nMIME-Version: 1.0\r\n\r\nGo home.\r\n"
)
EBML = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webmB\x87\x81\x04"
OGG = b"OggS\0\x02" + bytes(20) + b"\x01\x13"

EVERY_TYPE = {
    "image/jpeg": picture("JPEG"),
    "image/png": picture("PNG"),
    "image/gif": picture("GIF"),
    "image/webp": picture("WEBP"),
    "image/heic": box(b"ftyp", b"heic" + bytes(4) + b"mif1heic") + box(b"meta", bytes(40)),
    "audio/mpeg": mp3(),
    "audio/mp4": mp4(b"M4A ", b"soun"),
    "audio/ogg": OGG + b"OpusHead\x01\x01" + bytes(40),
    "audio/wav": wav(),
    "audio/webm": EBML + b"\x86\x86A_OPUS",
    "video/mp4": mp4(),
    "video/quicktime": mp4(b"qt  "),
    "video/3gpp": mp4(b"3gp5"),
    "video/webm": EBML + b"\x86\x85V_VP8",
    "application/pdf": pdf(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": docx(),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": xlsx(),
    "application/vnd.oasis.opendocument.text": odt(),
    "message/rfc822": EML,
    "text/plain": "They said: “Go home”, 2 o’clock.\n".encode(),
}
