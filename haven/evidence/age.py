"""An age identity written from 32 secret bytes, as the age format writes it (Bech32, BIP 173)."""

from __future__ import annotations

from collections.abc import Iterable

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_PREFIX = "age-secret-key-"


def identity_text(secret: bytes) -> str:
    """Return `AGE-SECRET-KEY-1…` for an X25519 secret of 32 bytes."""
    if len(secret) != 32:
        raise ValueError("An X25519 secret has 32 bytes.")
    data = _in_fives(secret)
    shown = [*(ord(c) >> 5 for c in _PREFIX), 0, *(ord(c) & 31 for c in _PREFIX)]
    check = _remainder([*shown, *data, 0, 0, 0, 0, 0, 0]) ^ 1
    data += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{_PREFIX}1{''.join(_LETTERS[value] for value in data)}".upper()


def _in_fives(secret: bytes) -> list[int]:
    """Cut bytes into groups of five bits, the last one filled with zeros."""
    bits = "".join(f"{byte:08b}" for byte in secret)
    bits += "0" * (-len(bits) % 5)
    return [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]


def _remainder(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check
