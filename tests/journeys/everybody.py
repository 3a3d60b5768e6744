"""What keeps people out of a page, as axe-core and the width of the screen tell; and pages as somebody meets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.people import Person
from tests.journeys.sights import FACTS
from tests.machinery import axe

EXCEPTIONS: dict[str, str] = {}
"""What axe says and we do not mend: the start of its message, and the reason."""


@dataclass(frozen=True)
class Look:
    """A width of the screen in pixels, and the lights in which pages are looked at on it."""

    width: int
    media: tuple[dict[str, str], ...]


@dataclass
class Screen:
    """How somebody looks at pages, into each of which axe comes first, and all that was wrong on those that they met."""

    looks: tuple[Look, ...]
    found: dict[str, list[str]] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)

    def meet(self, person: Person, name: str = "", *, most: int = 9) -> None:
        """Look at the page that is open, at most so often; remember what is wrong with it, and its title."""
        name = name or person.path
        for look in self.looks[:most]:
            person.page.set_viewport_size({"width": look.width, "height": person.page.viewport_size["height"]})
            facts = person.page.evaluate(FACTS)
            wrong = list(_wrong(facts, getattr(person, "language", "en")))
            for number, medium in enumerate(look.media[:most]):
                person.page.emulate_media(**medium)
                for said in axe.violations(person.page, axe.IN_ANOTHER_LIGHT if number else axe.RULES):
                    if not any(said.startswith(start) for start in EXCEPTIONS):
                        wrong.append(f"{medium} {said}")
            self.met[name] = facts["title"]
            if wrong:
                self.found[f"{name}, {look.width} px"] = wrong
        person.page.set_viewport_size({"width": self.looks[0].width, "height": person.page.viewport_size["height"]})

    def sent_wrong(self, person: Person, button: Any, name: str) -> None:
        """Press a button that leads to an error, and look at it once.

        What an error adds is the same few words everywhere; a wide screen has room for them.
        """
        self.meet(person.click(button), name, most=1)

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
