"""A copy of the example pack that a test may spoil, and the lines on which it did so."""

import shutil
from pathlib import Path

import pytest

from haven.policy.pack import EXAMPLE, check


class CopiedPack:
    """The example pack in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(EXAMPLE, folder)

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, encoding="utf-8")

    def change(self, file: str, old: str, new: str, after: str = "") -> None:
        """Replace the first `old` that follows `after`."""
        text = self.text(file)
        assert after in text, f"{after!r} is not in {file}"
        start = text.index(after)
        assert old in text[start:], f"{old!r} does not follow {after!r} in {file}"
        self.write(file, text[:start] + text[start:].replace(old, new, 1))

    def line(self, file: str, words: str, after: str = "") -> int:
        """The line of the first `words` that follow `after` (or hold it), counted in the text itself."""
        text = self.text(file)
        found = text.find(words, max(text.find(after), 0))
        return text.count("\n", 0, found if found >= 0 else text.index(words)) + 1

    def faults(self) -> list[str]:
        return [str(fault) for fault in check(self.folder)]


@pytest.fixture
def copied(tmp_path: Path) -> CopiedPack:
    return CopiedPack(tmp_path / "pack")
