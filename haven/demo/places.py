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
    Town("Merrowdale", "MERROWDALE_1", "E99000001", "XK1", 55.312, -0.871, ("Market End", "Netherton Bank", "The Ropery")),
    Town("Skelling", "MERROWDALE_2", "E99000001", "XK2", 55.287, -0.912, ("Kiln Green", "Upper Merrowdale")),
    Town("Tarnholme", "TARNHOLME_1", "E99000002", "XK3", 55.241, -0.853, ("Marram Estate", "Wold Top")),
    Town("Tarn Quays", "TARNHOLME_2", "E99000002", "XK4", 55.208, -0.934, ("Pit Lonnen", "Staithes", "Station Quarter")),
    Town("Eastmarch", "EASTMARCH_1", "E99000003", "XK5", 55.176, -0.801, ("Tannery Fields", "Low Hollin")),
    Town("Carrowby Sands", "EASTMARCH_2", "E99000003", "XK6", 55.143, -0.889, ("Dene Head", "Quarry Side")),
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
