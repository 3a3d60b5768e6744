"""A code app, as RFC 6238 says; worked out here by itself, not by the library under test."""

import base64
import hashlib
import hmac
import struct


def code_at(secret: str, seconds: float) -> str:
    """Return the six digits that an app with this secret shows at a time."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", int(seconds) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
