"""What keeps people out of a page, as axe-core finds it (WCAG 2.2 AA, and what its makers advise)."""

from __future__ import annotations

from typing import Any

from haven.web.assets.build import PACKAGES

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
"""What the light can change, for a page at which all else was looked at already."""
FOUND = """async ([rules]) => (await axe.run(document, rules)).violations.flatMap(
  one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`))"""


def comes_into(context: Any) -> None:
    """Bring axe into every page that this browser context opens from now on; its content policy must be bypassed."""
    context.add_init_script((PACKAGES / "axe-core" / "axe.min.js").read_text())


def violations(page: Any, rules: dict[str, Any] = RULES) -> list[str]:
    """Return a line for each part of the open page that breaks a rule: the rule, and how the part begins."""
    return list(page.evaluate(FOUND, [rules]))


def faults(page: Any, rules: dict[str, Any] = RULES) -> list[str]:
    """Return the same, and whether the page is wider than its window or has not exactly one main heading."""
    found = [] if page.evaluate("document.documentElement.scrollWidth <= innerWidth") else ["wider than the screen"]
    found += [] if page.locator("h1").count() == 1 else ["not one h1"]
    return found + violations(page, rules)
