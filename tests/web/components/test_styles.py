"""What the styles, scripts and templates may and may not hold, and what they weigh."""

import gzip
import re

import pytest

from haven.web.assets.build import ASSETS, PACKAGES, ROOT, build
from tests.web.components import gallery

TEMPLATES = ROOT / "haven" / "web" / "components" / "templates"
EVERY_TEMPLATE = sorted(TEMPLATES.rglob("*.html"))
SHEETS = sorted((ASSETS / "styles").glob("*.scss"))
SCRIPTS = sorted((ASSETS / "scripts").glob("*.js"))
ONE_SIDED = re.compile(
    r"(?:^|[\s;{])((?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|width|height"
    r"|(?:min|max)-(?:width|height)|float|clear|text-align:\s*(?:left|right))\s*:",
    re.MULTILINE,
)
BUILT = ROOT / "build" / "static" / "web"
KIB = 1024


@pytest.fixture(scope="module", autouse=True)
def _built():
    build()


def short(path):
    return path.name


@pytest.mark.parametrize("sheet", SHEETS, ids=short)
def test_styles_name_no_side_of_the_screen(sheet):
    css = re.sub(r"//.*|@media \([^)]*\)|@container \([^)]*\)", "", sheet.read_text())
    assert ONE_SIDED.findall(css) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=short)
def test_colours_are_named_in_one_place(sheet):
    if sheet.name in ("_tokens.scss", "_print.scss"):
        return
    white_cover = re.sub(r"\.hv-exit__cover \{[^}]*\}", "", sheet.read_text())
    assert re.findall(r"#[0-9a-f]{3,6}\b(?!\{)", white_cover) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=short)
def test_scripts_store_nothing_and_run_no_text(script):
    source = script.read_text()
    for word in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "eval(", "innerHTML", "http"):
        assert word not in source.replace("hx-headers", "")


@pytest.mark.parametrize("name", ["public.css", "public.js", "desk.css"])
def test_built_files_name_no_other_machine(name):
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", (BUILT / name).read_text()) == []


@pytest.mark.parametrize("template", EVERY_TEMPLATE, ids=short)
def test_template_begins_by_listing_its_variables(template):
    opening = template.read_text()[:400]
    assert re.match(r"({% (?:extends|load) [^%]*%}\s*)*{% comment %}", opening)


@pytest.mark.parametrize("template", EVERY_TEMPLATE, ids=short)
def test_template_holds_no_style_or_script_of_its_own(template):
    source = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?! src=)|javascript:", source)


@pytest.mark.parametrize("template", EVERY_TEMPLATE, ids=short)
def test_template_never_calls_user_words_safe(template):
    assert "|safe" not in template.read_text()
    assert "autoescape" not in template.read_text()


def test_moj_names_are_those_of_the_release_that_is_installed():
    css = (PACKAGES / "@ministryofjustice" / "frontend" / "moj" / "moj-frontend.min.css").read_text()
    ours = {
        name
        for template in EVERY_TEMPLATE
        for name in re.findall(r"moj-[a-z-]+(?:__[a-z-]*[a-z](?![a-z-]))?", template.read_text())
    }
    own_parts = {
        "moj-filter__result", "moj-filter__clear", "moj-filter__fields", "moj-filter__submit",
    }  # fmt: skip
    assert {name for name in ours - own_parts if f".{name}" not in css} == set()


def compressed(name):
    return len(gzip.compress((BUILT / name).read_bytes(), 9))


def test_first_public_page_weighs_less_than_60_kilobytes():
    html = len(gzip.compress(gallery.page("start").encode(), 6))
    fonts = sum((BUILT / "fonts" / name).stat().st_size for name in ("latin-400.woff2", "latin-700.woff2"))
    whole = html + compressed("public.css") + compressed("public.js") + fonts + compressed("shape.svg")
    assert whole < 60 * 1000


def test_public_script_stays_tiny():
    assert compressed("public.js") < 3 * KIB


def test_languages_beyond_latin_load_no_font_of_ours():
    css = (BUILT / "public.css").read_text()
    with_our_font = re.search(r"((?::root:lang\([a-z-]+\),?)+)\{--font: ?\"Atkinson", css)
    assert with_our_font
    languages = set(re.findall(r"lang\(([a-z-]+)\)", with_our_font.group(1)))
    assert languages == {"en", "fr", "es", "pt", "so"}
