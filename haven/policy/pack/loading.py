"""Reads a pack from its folder, whole or not at all, with every fault by file, line and reason."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from haven.policy.pack.contents import TABLES, Pack, Table
from haven.policy.pack.faults import Fault, PackError
from haven.policy.pack.keys import Entry
from haven.policy.pack.lines import Path as TomlPath
from haven.policy.pack.reading import Misread, Reader

FILES = {table.attribute: table.file for table in TABLES}

_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)$")


@dataclass
class Reading:
    """What was read of a folder: sound entries with where they stand, and the faults."""

    folder: Path
    readers: dict[str, Reader] = field(default_factory=dict)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    places: dict[tuple[str, str], TomlPath] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    digest: Any = field(default_factory=hashlib.sha256)

    def of(self, attribute: str) -> Mapping[str, Any]:
        """Return the sound entries of a table, by code; none if its file could not be read."""
        return self.entries.get(attribute, {})

    def is_whole(self, attribute: str) -> bool:
        """Say whether every entry of a table could be read, so that what is not there is truly missing."""
        return FILES[attribute] in self.readers and len(self.of(attribute)) == len(self.codes.get(attribute, ()))

    def fault(self, attribute: str, code: str, reason: str, *keys: str | int) -> None:
        """Note a fault of one entry (or of the whole file, for a code that is not there), at one of its keys."""
        if reader := self.readers.get(FILES[attribute]):
            reader.fault((*self.places.get((attribute, code), ()), *keys), reason)

    def lacks(self, attribute: str, code: str) -> bool:
        """Say whether a file that could be read has no entry of this code, not even a faulty one."""
        return FILES[attribute] in self.readers and code not in self.codes.get(attribute, set())

    def all_faults(self) -> list[Fault]:
        """Return every fault, by file and line."""
        return sorted({*self.faults, *(fault for each in self.readers.values() for fault in each.faults)})


def load(folder: Path | str) -> Pack:
    """Return the pack in this folder, or raise PackError with every fault that it has."""
    reading = read(Path(folder))
    if faults := reading.all_faults():
        raise PackError(str(folder), faults)
    return _pack_of(reading)


def read(folder: Path) -> Reading:
    """Read all files and check what they say of one another."""
    from haven.policy.pack.checks import check_all

    reading = Reading(folder)
    if not folder.is_dir():
        reading.faults.append(Fault(str(folder), 1, "there is no such folder"))
        return reading
    for file in dict.fromkeys(table.file for table in TABLES):
        _read_file(reading, file)
    _refuse_strange_files(reading)
    _resolve_references(reading)
    check_all(reading)
    return reading


def _read_file(reading: Reading, file: str) -> None:
    tables = [table for table in TABLES if table.file == file]
    path = reading.folder / file
    if not path.exists():
        reading.entries.update({table.attribute: {} for table in tables})
        if not all(table.may_be_empty for table in tables):
            reading.faults.append(Fault(file, 1, "the file is missing"))
        return
    try:
        content = path.read_bytes()
    except OSError as problem:
        reading.faults.append(Fault(file, 1, f"the file cannot be read: {problem.strerror}"))
        return
    reading.digest.update(file.encode() + b"\0" + content)
    try:
        text = content.decode().replace("\r\n", "\n")
        data = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        reading.faults.append(_unreadable(file, content, problem))
        return
    reader = reading.readers[file] = Reader(file, text)
    names = {table.table for table in tables}
    for name in data.keys() - names:
        reader.fault((name,), f"unknown table {name!r}; this file holds {', '.join(sorted(names))}")
    for table in tables:
        _read_table(reading, reader, table, data.get(table.table))


def _unreadable(file: str, content: bytes, problem: UnicodeDecodeError | tomllib.TOMLDecodeError) -> Fault:
    if isinstance(problem, UnicodeDecodeError):
        return Fault(file, content.count(b"\n", 0, problem.start) + 1, "the file is not UTF-8 text")
    found = _AT_LINE.search(str(problem))
    line = int(found[1]) if found else content.count(b"\n") + 1
    return Fault(file, line, f"not readable as TOML: {_AT_LINE.sub('', str(problem))}")


def _read_table(reading: Reading, reader: Reader, table: Table, rows: object) -> None:
    reading.entries[table.attribute] = {}
    if rows is None and table.may_be_empty:
        return
    if rows is None:
        reader.fault((), f"the table {_written(table)} is missing")
    elif table.is_single:
        _read_entry(reading, reader, table, rows, (table.table,))
    elif not isinstance(rows, list) or not rows:
        reader.fault((table.table,), f"write at least one {_written(table)}, in double brackets")
    else:
        for index, row in enumerate(rows):
            _read_entry(reading, reader, table, row, (table.table, index))


def _read_entry(reading: Reading, reader: Reader, table: Table, row: object, path: TomlPath) -> None:
    code = str(row[table.kind.KEY]) if isinstance(row, dict) and table.kind.KEY in row else ""
    known = reading.codes.setdefault(table.attribute, set())
    if code and code in known:
        before = reader.lines.get(reading.places[table.attribute, code], 1)
        reader.fault((*path, table.kind.KEY), f"{code!r} is there twice; first on line {before}")
        return
    known.add(code)
    reading.places[table.attribute, code] = path
    try:
        entry: Entry = reader.entry(table.kind, row, path)
    except Misread:
        return
    reading.entries[table.attribute][code] = entry
    if bool(entry.verified_by) != bool(entry.verified_on):
        reader.fault(path, "'verified_by' and 'verified_on' belong together: who checked it, and when")


def _refuse_strange_files(reading: Reading) -> None:
    known = {table.file for table in TABLES}
    for path in sorted(reading.folder.glob("*.toml")):
        if path.name not in known:
            reading.faults.append(Fault(path.name, 1, "unknown file; a pack holds no file of this name"))


def _resolve_references(reading: Reading) -> None:
    for reader in reading.readers.values():
        for path, value, attribute in reader.references:
            if reading.lacks(attribute, value):
                reader.fault(path, f"{value!r} is unknown; {FILES[attribute]} does not have it")


def _pack_of(reading: Reading) -> Pack:
    parts: dict[str, Entry | Mapping[str, Entry]] = dict(_parts(reading))
    strange: dict[str, Any] = {"folder": str(reading.folder), "fingerprint": reading.digest.hexdigest()}
    return Pack(**strange, **parts)  # type: ignore[arg-type]


def _parts(reading: Reading) -> Iterator[tuple[str, Entry | Mapping[str, Entry]]]:
    for table in TABLES:
        entries = reading.entries[table.attribute]
        yield table.attribute, entries[""] if table.is_single else MappingProxyType(entries)


def _written(table: Table) -> str:
    return f"[{table.table}]" if table.is_single else f"[[{table.table}]]"
