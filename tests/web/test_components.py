"""Our components give the same HTML as govuk-frontend's own, on all of its published examples."""

import pytest

from haven.web.assets.build import build
from haven.web.components import component
from tests.web.components import official

COMPONENTS = (
    "back-link", "breadcrumbs", "button", "character-count", "checkboxes", "date-input", "details",
    "error-message", "error-summary", "fieldset", "file-upload", "hint", "input", "inset-text", "label",
    "notification-banner", "pagination", "panel", "radios", "select", "skip-link", "summary-list", "table",
    "tag", "textarea", "warning-text",
)  # fmt: skip

# What differs on purpose, each with its reason.
DROP_ZONE = "We have no drop zone: the browser's own control does the same with no script and in every language."
DELIBERATE = {
    ("file-upload", "enhanced"): DROP_ZONE,
    ("file-upload", "enhanced, with error message and hint"): DROP_ZONE,
    ("file-upload", "enhanced, multiple files"): DROP_ZONE,
    ("file-upload", "enhanced, custom wrapper classes and attributes"): DROP_ZONE,
    ("file-upload", "translated"): DROP_ZONE,
    ("select", "with falsy values"): "The value of a choice is a text; Python's False is written False.",
}


def _examples():
    build()
    for name in COMPONENTS:
        for example in official.examples(name):
            yield pytest.param(name, example, id=f"{name}: {example['name']}")


@pytest.mark.parametrize(("name", "example"), list(_examples()))
def test_component_gives_the_same_html_as_the_official_example(name, example):
    ours = official.meaning(component(name, official.in_our_words(example["options"])))
    theirs = official.meaning(example["html"])
    if (name, example["name"]) in DELIBERATE:
        assert ours != theirs, "This no longer differs: take it off the list."
    else:
        assert ours == theirs
