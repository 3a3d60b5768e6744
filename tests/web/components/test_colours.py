"""Every pair of colours that is used together can be told apart: WCAG 2.2 contrast, in light and in dark."""

import re

import pytest

from haven.web.assets.build import ASSETS

TOKENS = (ASSETS / "styles" / "_tokens.scss").read_text()
GROUNDS = ("paper", "surface", "sunken", "brand-tint", "danger-tint", "warn-tint", "good-tint")
TEXT = [
    *(("ink", ground) for ground in (*GROUNDS, "note-tint")),
    *(("ink-soft", ground) for ground in (*GROUNDS, "note-tint")),
    *(("link", ground) for ground in ("paper", "surface", "sunken", "brand-tint", "warn-tint")),
    *(("link-visited", ground) for ground in ("paper", "surface", "sunken", "brand-tint")),
    *(("danger-ink", ground) for ground in ("paper", "surface", "sunken", "brand-tint", "danger-tint")),
    *(("warn-ink", ground) for ground in ("paper", "surface", "brand-tint", "warn-tint")),
    ("good-ink", "good-tint"), ("good-ink", "surface"), ("note-ink", "note-tint"),
    ("brand", "paper"), ("brand", "surface"), ("brand-strong", "paper"), ("brand-strong", "surface"),
    ("on-panel", "panel"), ("on-brand", "brand"), ("on-brand", "brand-strong"),
    ("on-danger", "danger-fill"), ("on-danger", "danger-fill-strong"),
]  # fmt: skip
SHAPES = [
    *(("edge", ground) for ground in ("paper", "surface", "sunken", "brand-tint")),
    *(("danger", ground) for ground in ("paper", "surface", "danger-tint")),
    *(("brand", ground) for ground in ("paper", "surface", "brand-tint")),
    ("danger-fill", "paper"), ("danger-fill", "surface"), ("warn-edge", "warn-tint"), ("good-edge", "good-tint"),
    ("note-edge", "note-tint"),
]  # fmt: skip


def tokens(scheme):
    """Return the colours of a scheme by name, read from the style sheet itself."""
    light, dark, _ = re.split(r"@media", TOKENS)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", dark))


def luminance(colour):
    """Return the relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return how far apart two colours are, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_worked_out_as_the_guidelines_do():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), TEXT)
def test_words_can_be_read(scheme, words, ground):
    colours = tokens(scheme)
    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_of_what_can_be_pressed_can_be_seen(scheme, shape, ground):
    colours = tokens(scheme)
    assert contrast(colours[shape], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", [*GROUNDS, "brand", "danger-fill"])
def test_one_of_the_two_rings_of_focus_is_seen_on_every_ground(scheme, ground):
    colours = tokens(scheme)
    assert max(contrast(colours[ring], colours[ground]) for ring in ("focus", "focus-ink")) >= 3
    assert contrast(colours["focus"], colours["focus-ink"]) >= 3


def test_dark_names_every_colour_that_light_names():
    light, dark, _ = re.split(r"@media", TOKENS)
    named = [set(re.findall(r"--([\w-]+): #", part)) for part in (light, dark)]
    assert named[0] == named[1]
