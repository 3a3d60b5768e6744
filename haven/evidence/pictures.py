"""Pictures: measured before they are decoded, and made again from nothing but their pixels."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps

from haven.evidence.limits import PAGE_PIXELS, PICTURE_PIXELS, SMALL_PIXELS

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
"""What Pillow may open, by the type found from the content; nothing else is ever tried."""

Image.MAX_IMAGE_PIXELS = PICTURE_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
_NOT_A_PICTURE = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError)


class CannotCopy(Exception):
    """No picture can be made from these bytes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A rebuilt picture: JPEG bytes that hold pixels and nothing else."""

    content: bytes
    width: int
    height: int


def pixels_of(file: BinaryIO, media_type: str) -> int:
    """Return width times height from the picture's head, or 0 where it has none that can be read."""
    if media_type not in FORMATS:
        return 0
    try:
        with _opened(file, media_type) as image:
            return image.width * image.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return PICTURE_PIXELS + 1
    except _NOT_A_PICTURE:
        return 0


def rebuilt(file: BinaryIO, media_type: str) -> tuple[Picture, Picture]:
    """Return the picture to look at and its thumbnail, upright, or raise CannotCopy."""
    if media_type not in FORMATS:
        raise CannotCopy(f"{media_type} cannot be decoded here")
    try:
        with _opened(file, media_type) as image:
            if image.width * image.height > PICTURE_PIXELS:
                raise CannotCopy("too many pixels")
            image.draft("RGB", (PAGE_PIXELS, PAGE_PIXELS))
            upright = ImageOps.exif_transpose(_on_white(_reduced(image, PAGE_PIXELS), image))
            return _saved(upright), _saved(_reduced(upright, SMALL_PIXELS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError, *_NOT_A_PICTURE) as wrong:
        raise CannotCopy(type(wrong).__name__) from None


def _opened(file: BinaryIO, media_type: str) -> Image.Image:
    """Read the head only, with the one decoder that the content calls for."""
    file.seek(0)
    return Image.open(file, formats=[FORMATS[media_type]])


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    if image.mode in ("P", "PA", "1"):
        image = image.convert("RGBA")
    elif image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    smaller = image.copy()
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return smaller


def _on_white(image: Image.Image, original: Image.Image) -> Image.Image:
    """Flatten onto white; keep the one thing that is still needed, which way is up."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        flat = Image.new("RGB", layer.size, "white")
        flat.paste(layer, mask=layer.getchannel("A"))
    else:
        flat = image.convert("RGB")
    flat.info = {}
    exif = original.getexif()
    if orientation := exif.get(0x0112):
        flat.getexif()[0x0112] = orientation
    return flat


def _saved(image: Image.Image) -> Picture:
    """Write a new picture from the pixels alone: no EXIF, place, comment, profile or text of the old one."""
    bare = Image.frombytes("RGB", image.size, image.convert("RGB").tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85, optimize=True)
    return Picture(out.getvalue(), bare.width, bare.height)
