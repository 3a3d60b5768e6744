"""Every act has its words in the trail."""

import re
from pathlib import Path

from haven.trail.words import ACTS

ROOT = Path(__file__).resolve().parents[2] / "haven"
NAMES = re.compile(r'@action\(\s*"([a-z_.]+)"|record_seen\(\s*act="([a-z_.]+)"')


def named() -> set[str]:
    """The acts that the code can leave in the trail."""
    texts = (path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py"))
    return {one or other for text in texts for one, other in NAMES.findall(text)}


def test_every_act_that_the_code_names_has_words():
    assert named() - set(ACTS) == set()


def test_no_words_are_kept_for_an_act_that_is_gone():
    assert set(ACTS) - named() == set()


def test_words_say_what_was_done():
    assert all(words[0].isupper() and not words.endswith(".") for words in ACTS.values())
