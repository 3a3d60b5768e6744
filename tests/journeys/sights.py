"""What is true of every page whatever stands on it, as somebody in front of the screen would find."""

from __future__ import annotations

from typing import Any

from tests.journeys.people import Person

FACTS = """() => {
  const root = document.documentElement;
  return {
    lang: root.lang,
    dir: root.dir,
    headings: [...document.querySelectorAll("h1")].map(one => one.textContent.trim()),
    outside: Math.max(root.scrollWidth, document.body.scrollWidth) - window.innerWidth,
    title: document.title,
  }
}"""
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const places = [one, one.nextElementSibling, one.parentElement].filter(Boolean);
  const lined = style => style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
  return {
    what: one.outerHTML.slice(0, 160),
    shown: places.some(at => lined(getComputedStyle(at)) || lined(getComputedStyle(at, "::before"))),
  }
}"""


def look(person: Person) -> dict[str, Any]:
    """Fail for a page in the wrong language or direction, without its one main heading, or wider than the screen."""
    language = getattr(person, "language", "en")
    facts = person.page.evaluate(FACTS)
    where = f"{person.path}: {facts}"
    assert (facts["lang"], facts["dir"]) == (language, "rtl" if language == "ar" else "ltr"), where
    assert len(facts["headings"]) == 1, where
    assert all(facts["headings"]), where
    assert facts["outside"] <= 0, where
    assert facts["title"].strip(), where
    assert person.browser.faults == [], where
    return facts


def tab_round(page: Any, most: int = 200) -> list[str]:
    """Press Tab until the focus leaves the page; fail when it is not seen, or does not come out again."""
    page.evaluate("document.activeElement.blur()")
    seen: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            return seen
        assert focus["shown"], f"no focus to be seen on {focus['what']}"
        seen.append(focus["what"])
    raise AssertionError(f"the focus never left the page: {seen[-3:]}")
