"""Says on which line of a TOML text each key and each entry stands, which `tomllib` does not.

It reads only text that `tomllib` has accepted, so it need not judge it: it follows table headers, keys, strings of
all four kinds, arrays and inline tables, and keeps the line on which each of them begins.
"""

import re
import tomllib
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"""(?:"{1,2}(?!"))?', re.DOTALL),
    re.compile(r"'''.*?'''(?:'{1,2}(?!'))?", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line (from 1) of every key, entry and array element, by its path from the top."""
    return _Scanner(text).read()


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of a path, or of the nearest thing around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    """Walks once through the text from beginning to end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.counted_to = 0
        self.line = 1
        self.lines: dict[Path, int] = {(): 1}
        self.latest: dict[Path, int] = {}

    def read(self) -> Mapping[Path, int]:
        table: Path = ()
        self._blank()
        while self.at < len(self.text):
            if self._peek("["):
                table = self._header()
            else:
                self._pair(table)
            self._blank()
        return self.lines

    def _header(self) -> Path:
        line, of_array = self._line(), self._peek("[[")
        self.at += 2 if of_array else 1
        parts = self._key()
        self.at += 2 if of_array else 1
        path: Path = ()
        for part in parts[:-1]:
            path = self._into((*path, part))
        path = (*path, parts[-1])
        self.lines.setdefault(path, line)
        if of_array:
            self.latest[path] = self.latest.get(path, -1) + 1
        path = self._into(path)
        self.lines[path] = line
        return path

    def _into(self, path: Path) -> Path:
        """Step into the newest entry, if the path is an array of tables."""
        return (*path, self.latest[path]) if path in self.latest else path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.at += 1  # the equals sign
        self._blank()
        self._value(path)

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._blank()
            parts.append(self._key_part())
            self._blank()
            if not self._peek("."):
                return parts
            self.at += 1

    def _key_part(self) -> str:
        if self._peek('"') or self._peek("'"):
            return str(tomllib.loads(f"it = {self._take_string()}")["it"])
        return self._take(_BARE)

    def _value(self, path: Path) -> None:
        if self._peek('"') or self._peek("'"):
            self._take_string()
        elif self._peek("["):
            self._array(path)
        elif self._peek("{"):
            self._inline_table(path)
        else:
            self._take(_SCALAR)

    def _array(self, path: Path) -> None:
        self.at += 1
        self._blank()
        index = 0
        while not self._peek("]"):
            self.lines[*path, index] = self._line()
            self._value((*path, index))
            index += 1
            self._comma()
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        self._blank()
        while not self._peek("}"):
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._blank()
        if self._peek(","):
            self.at += 1
            self._blank()

    def _take_string(self) -> str:
        for pattern in _STRINGS:
            if found := pattern.match(self.text, self.at):
                self.at = found.end()
                return found.group()
        raise AssertionError(f"no string at line {self._line()}")

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise AssertionError(f"cannot follow line {self._line()}")
        self.at = found.end()
        return found.group()

    def _blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        if found is not None:
            self.at = found.end()

    def _peek(self, text: str) -> bool:
        return self.text.startswith(text, self.at)

    def _line(self) -> int:
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line
