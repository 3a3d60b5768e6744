"""govuk-frontend's own examples of its components, and how to lay ours beside them."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from django.utils.safestring import mark_safe

from haven.web.assets.build import PACKAGES

FOLDER = PACKAGES / "govuk-frontend" / "dist" / "govuk" / "components"
VOID = {"input", "path", "br", "hr", "img"}
AS_THEY_ARE = {"attributes", "values"}


def examples(component):
    """Return the published examples of a component: name, options and HTML of each."""
    return json.loads((FOLDER / component / "fixtures.json").read_text())["fixtures"]


def in_our_words(given):
    """Turn the options of a Nunjucks macro into ours: snake case, and HTML as a text that is safe."""
    if isinstance(given, list):
        return [in_our_words(one) for one in given]
    if not isinstance(given, dict):
        return given
    found = {}
    for key, value in given.items():
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower()
        found[name] = value if key in AS_THEY_ARE else in_our_words(value)
    for name in [name for name in found if name == "html" or name.endswith("_html")]:
        html = found.pop(name)
        if html:
            found[name.replace("html", "text")] = mark_safe(html)
    return found


class _Tree(HTMLParser):
    """Reads HTML into lines that say the same for the same meaning."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines = []
        self.verbatim = False

    def handle_starttag(self, tag, attrs):
        attributes = {}
        for name, value in attrs:
            words = (value or "").split()
            attributes[name] = " ".join(sorted(words) if name == "class" else words)
        written = "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))
        self.lines.append(f"<{tag}{written}>")
        self.verbatim = tag == "textarea"

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        self.verbatim = False
        if tag not in VOID:
            self.lines.append(f"</{tag}>")

    def handle_data(self, data):
        text = data.removeprefix("\n") if self.verbatim else " ".join(data.split())
        if text:
            self.lines.append(text)


def meaning(html):
    """Return HTML as lines, without white space that means nothing and with attributes in order."""
    tree = _Tree()
    tree.feed(str(html))
    tree.close()
    joined = []
    for line in tree.lines:
        if joined and not line.startswith("<") and not joined[-1].startswith("<"):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def path_of(component):
    """Return where the examples of a component are published, for the message when they are missing."""
    return Path(FOLDER / component / "fixtures.json")
