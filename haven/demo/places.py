"""Invented towns, streets and postcodes; none of them exists, and the postcode area XK is not in use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Town:
    """A town, the patch that looks after it, its invented council, and roughly where it would lie."""

    name: str
    patch: str
    council_code: str
    district: str
    latitude: float
    longitude: float
    localities: tuple[str, ...]


TOWNS = (
    Town("Skelmouth", "SKEL", "E06999001", "XK1", 55.312, -0.871, ("Harbour Side", "Netherton Bank", "The Ropery")),
    Town("Braddlesworth", "BRAD", "E06999001", "XK2", 55.287, -0.912, ("Kiln Green", "Upper Braddle")),
    Town("Eastwold", "EAST", "E06999002", "XK3", 55.241, -0.853, ("Marram Estate", "Wold Top")),
    Town("Carrowby", "CARR", "E06999002", "XK4", 55.208, -0.934, ("Pit Lonnen", "Carrowby Moor", "Station Quarter")),
    Town("Hollinsby", "HOLL", "E07999003", "XK5", 55.176, -0.801, ("Tannery Fields", "Low Hollin")),
    Town("Marfleet Dene", "MARF", "E07999003", "XK6", 55.143, -0.889, ("Dene Head", "Quarry Side")),
)

STREETS = (
    "Tansy Row", "Plover Close", "Kiln Bank", "Lantern Street", "Gannet Way", "Old Smithy Lane", "Bracken Rise",
    "Ropewalk", "Larkfield Crescent", "Saltpan Road", "Juniper Court", "Wheatear Drive", "Cobbler's Yard", "Hawthorn Grove",
    "Mill Race Terrace", "Sandpiper View", "Coble Street", "Marigold Avenue", "Ashlar Place", "Pottery Bank",
    "Nettle Hill", "Fulmar House", "Osprey House", "Kestrel House", "Chandlery Court", "Dunlin Square", "Thrift Gardens",
    "Quern Street", "Bellwether Road", "Tidewater Close",
)  # fmt: skip

BLOCKS = frozenset({"Fulmar House", "Osprey House", "Kestrel House", "Chandlery Court", "Juniper Court"})
"""Streets that are blocks of flats with a shared entrance."""
