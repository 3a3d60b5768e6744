"""The landlord's policy pack: a folder of TOML, read once, validated whole and then never changed."""

import os
from functools import lru_cache
from pathlib import Path

from haven.policy.pack.checks_clocks import check_against_holidays_package
from haven.policy.pack.clocks import Clock, ClockKind
from haven.policy.pack.contents import Pack
from haven.policy.pack.faults import Fault, PackError
from haven.policy.pack.loading import load, read

__all__ = ["Clock", "ClockKind", "Fault", "Pack", "PackError", "check", "configured_folder", "load", "pack"]

EXAMPLE = Path(__file__).resolve().parents[3] / "packs" / "example"


def configured_folder() -> Path:
    """Return the folder that HAVEN_PACK names, or the example of the fictional landlord."""
    named = os.environ.get("HAVEN_PACK", "").strip()
    return Path(named).expanduser() if named else EXAMPLE


@lru_cache(maxsize=1)
def pack() -> Pack:
    """Return the configured pack, read once; raises PackError with every fault if it cannot be used.

    `pack.cache_clear()` makes the next call read again.
    """
    return load(configured_folder())


def check(folder: Path | str) -> list[Fault]:
    """Return every fault of the pack in this folder, by file and line; none if it can be used and is whole.

    Beyond what loading asks, the bank holidays must agree with the Python package `holidays`.
    """
    reading = read(Path(folder))
    check_against_holidays_package(reading)
    return reading.all_faults()
