"""What keeps people out of a page, as axe-core and the width of the screen tell; and pages as somebody meets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.people import Person
from tests.journeys.sights import FACTS

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
IN_ANOTHER_LIGHT = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
    "preload": False,
}
"""What the light can change; everything else was looked at in the first of the media."""
FOUND = """async ([rules]) => (await axe.run(document, rules)).violations.flatMap(
  one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`))"""
WIDE = 1000
EXCEPTIONS: dict[str, str] = {}
"""What axe says and we do not mend: the start of its message, and the reason."""


@dataclass
class Screen:
    """How somebody looks at pages, into each of which axe comes first, and all that was wrong on those that they met."""

    media: tuple[dict[str, str], ...]
    found: dict[str, list[str]] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)

    def meet(self, person: Person, name: str = "", *, media: int = 9) -> None:
        """Look at the page that is open, in each of these media; remember what is wrong with it."""
        name = name or person.path
        facts = person.page.evaluate(FACTS)
        wrong = list(_wrong(facts, getattr(person, "language", "en")))
        for number, medium in enumerate(self.media[:media]):
            person.page.emulate_media(**medium)
            for said in person.page.evaluate(FOUND, [IN_ANOTHER_LIGHT if number else RULES]):
                if not any(said.startswith(start) for start in EXCEPTIONS):
                    wrong.append(f"{medium} {said}")
        self.met[name] = facts["title"]
        if wrong:
            self.found[name] = wrong

    def sent_wrong(self, person: Person, button: Any, name: str) -> None:
        """Press a button that leads to an error, and look at it: where the screen is narrow, in the first of the media.

        What an error adds is the same few words everywhere; a wide screen has room for them.
        """
        if person.page.viewport_size["width"] < WIDE:
            self.meet(person.click(button), name, media=1)

    def said(self) -> str:
        """Everything that is wrong, a line for each."""
        return "\n".join(f"{name}: {line}" for name, lines in self.found.items() for line in lines)


def _wrong(facts: dict[str, Any], language: str) -> Iterable[str]:
    if (facts["lang"].split("-")[0], facts["dir"]) != (language, "rtl" if language == "ar" else "ltr"):
        yield f"language {facts['lang']}, direction {facts['dir']}"
    if len(facts["headings"]) != 1 or not all(facts["headings"]):
        yield f"main headings: {facts['headings']}"
    if facts["outside"] > 0:
        yield f"{facts['outside']} px wider than the screen"


LIGHT, DARK = {"color_scheme": "light", "forced_colors": "none"}, {"color_scheme": "dark", "forced_colors": "none"}
FORCED = {"color_scheme": "light", "forced_colors": "active"}
