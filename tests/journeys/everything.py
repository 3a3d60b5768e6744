"""One report in which every question has an answer, page by page, as somebody gives it in front of a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.journeys.people import Reporter

ACCOUNT = "Er schrie „raus“ – ثم ضرب الباب 😡\nThird time.\n\n  <b>He said</b> 'go home' & laughed."
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73000000164944415478da63f8cfc0f0"
    "9f81818181e13f03030300211c03ff0fcc5a6d0000000049454e44ae426082"
)
FILE = {"name": "the door.png", "mimeType": "image/png", "buffer": PICTURE}
Answers = dict[str, Any]

PAGES: dict[int, Answers] = {
    1: {"danger": ["HAPPENING_NOW", "WEAPON"]},
    2: {},
    3: {"account": ACCOUNT},
    4: {"role": "VICTIM"},
    6: {"when_kind": "range"},
    7: {
        "when_from-day": "27",
        "when_from-month": "3",
        "when_from-year": "2025",
        "when_to-month": "4",
        "when_to-year": "2025",
        "when_words": "about 9 at night",
    },
    8: {"place": "DOORSTEP"},
    9: {"place_words": "the blue door"},
    11: {"strands": ["RACE", "RELIGION"], "why_words": "what he shouted"},
    12: {"incident_types": ["VERBAL", "THREAT"]},
    13: {"history": "often"},
    14: {"getting_worse": "yes", "history_words": "in spring"},
    15: {"responsible_kinds": ["NEIGHBOUR", "GROUP"]},
    16: {"responsible_names": "Dean\nKyle", "responsible_home": "next door", "has_key": "unknown"},
    17: {"harm": ["AFRAID", "DAMAGE"], "harm_words": "the lock is loose"},
    18: {"children": "yes", "children_words": "two, 4 and 9"},
    19: {"needs": ["LOCKS", "INTERPRETER"], "needs_words": "tonight"},
    20: {"files": FILE, "evidence": "doorbell camera", "evidence_at_risk": "yes"},
    21: {"witnesses": "the postman"},
    22: {"police_told": "yes", "police_reference": "NP-1234"},
    23: {"permission_POLICE": "WITH_NAME", "permission_COUNCIL": "NO", "permission_SUPPORT": "WITH_NAME"},
    24: {"police_ways": ["PHONE"]},
    25: {"wants": ["STOP_IT", "REPAIRS"], "wants_words": "quiet"},
    26: {"identity": "named"},
    27: {"name": "Amina Yusuf", "birth": "41", "may_learn": "no"},
    28: {"preferred": "call"},
    29: {
        "number": "07700 900123",
        "hours": "10 to 2",
        "name_to_use": "Sam from the library",
        "code_word": "lemon",
        "safe_ways": ["text"],
    },
    30: {"spoken": "ar", "interpreter": "yes", "written": "ar", "formats": ["large_print"]},
}


def tell_everything(person: Reporter, postcode: str, look: Callable[[Reporter], None]) -> list[str]:
    """Answer every page from the first question to the check page; return the addresses of the pages."""
    person.begin()
    seen = []
    while person.path != "/check":
        look(person)
        seen.append(person.path)
        answer_page(person, int(person.path.rsplit("/", 1)[1]), postcode, look)
    look(person)
    return seen


def answer_page(person: Reporter, number: int, postcode: str, look: Callable[[Reporter], None]) -> None:
    """Answer one page and go on."""
    if number == 2:
        person.click('main a[href="/p/3"]')
        return
    if number == 9:
        person.answer(postcode=postcode).go("find")
        look(person)
        person.page.locator("[name=home]").first.check()
    person.answer(**PAGES[number]).go()
