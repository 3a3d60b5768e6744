"""Makes frozen entries of TOML tables, and says of everything that does not fit where it stands and why."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from haven.policy.clauses import is_clause
from haven.policy.pack.faults import Fault
from haven.policy.pack.keys import Rule
from haven.policy.pack.lines import Path, line_of, lines_of

_SAID = {bool: "true or false", int: "a whole number", str: "text", date: "a date", time: "a time of day"}


class Misread(Exception):
    """A value does not fit; the fault is already noted."""


class Reference(NamedTuple):
    """A code that must be known in another table."""

    path: Path
    value: str
    table: str


class Reader:
    """Reads the tables of one file, noting faults and references as it goes."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.faults: list[Fault] = []
        self.references: list[Reference] = []

    @cached_property
    def lines(self) -> Mapping[Path, int]:
        """Where everything stands; found out for the first fault, for a file without one needs no lines."""
        return lines_of(self.text)

    def fault(self, path: Path, reason: str) -> None:
        """Note that what stands at this path is wrong."""
        self.faults.append(Fault(self.file, line_of(self.lines, path), reason))

    def entry(self, kind: type[Any], table: object, path: Path) -> Any:
        """Make one entry of a table, or note every fault in it and raise Misread."""
        if not isinstance(table, dict):
            raise self._misread(path, f"{_named(path)} must be a table")
        known = {each.name: each for each in fields(kind)}
        sound = self._unknown_keys(table, known, path)
        values: dict[str, object] = {}
        for name, declared in known.items():
            try:
                if name in table:
                    values[name] = self._field(kind, declared, table[name], (*path, name))
                elif _is_required(declared):
                    raise self._misread(path, f"{name!r} is missing{_why(name)}")
            except Misread:
                sound = False
        if not sound:
            raise Misread
        return kind(**values)

    def _unknown_keys(self, table: dict[str, object], known: Mapping[str, object], path: Path) -> bool:
        unknown = [name for name in table if name not in known]
        for name in unknown:
            near = get_close_matches(name, known, n=1)
            self.fault((*path, name), f"unknown key {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        return not unknown

    def _field(self, kind: Any, declared: "Field[Any]", value: object, path: Path) -> object:
        rule: Rule = declared.metadata.get("rule", Rule())
        hint = _hints(kind)[declared.name]
        made = self._value(hint, value, path, rule)
        if isinstance(made, str) and not made.strip() and _is_required(declared):
            raise self._misread(path, f"{declared.name!r} is empty")
        return made

    def _value(self, hint: Any, value: object, path: Path, rule: Rule) -> object:
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            inner = next(each for each in get_args(hint) if each is not type(None))
            return self._value(inner, value, path, rule)
        if origin is tuple:
            return self._list(get_args(hint)[0], value, path, rule)
        if origin is Literal:
            return self._one_of(get_args(hint), value, path)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._texts(value, path, rule)
        return self._single(hint, value, path, rule)

    def _single(self, hint: Any, value: object, path: Path, rule: Rule) -> object:
        if rule.parse is not None:
            return self._parsed(rule.parse, value, path)
        if is_dataclass(hint):
            return self.entry(hint, value, path)  # type: ignore[arg-type]
        if issubclass(hint, StrEnum):
            return hint(self._one_of(tuple(str(each) for each in hint), value, path))
        if not _fits(hint, value):
            raise self._misread(path, f"{_named(path)} must be {_SAID[hint]}, not {value!r}")
        return self._ruled(value, path, rule)

    def _ruled(self, value: object, path: Path, rule: Rule) -> object:
        if reason := rule.fault_of(value):
            raise self._misread(path, f"{_named(path)}: {reason}")
        if rule.is_clause and not is_clause(str(value)):
            raise self._misread(path, f"the policy has no clause {value!r}")
        if rule.refers and value:
            self.references.append(Reference(path, str(value), rule.refers))
        return value

    def _list(self, inner: Any, value: object, path: Path, rule: Rule) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise self._misread(path, f"{_named(path)} must be a list, in square brackets")
        made: list[object] = []
        sound = True
        for index, each in enumerate(value):
            try:
                made.append(self._value(inner, each, (*path, index), rule))
            except Misread:
                sound = False
        if not sound:
            raise Misread
        return tuple(made)

    def _texts(self, value: object, path: Path, rule: Rule) -> Mapping[str, str]:
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            raise self._misread(path, f"{_named(path)} must be a table of texts by language")
        self.references.extend(Reference((*path, name), name, rule.refers) for name in value if rule.refers)
        return types.MappingProxyType(dict(value))

    def _one_of(self, allowed: tuple[Any, ...], value: object, path: Path) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise self._misread(path, f"{_named(path)} must be one of {', '.join(allowed)}, not {value!r}")
        return value

    def _parsed(self, parse: Callable[[str], object], value: object, path: Path) -> object:
        try:
            if not isinstance(value, str):
                raise ValueError(f"{value!r} must be text")
            return parse(value)
        except ValueError as problem:
            raise self._misread(path, f"{_named(path)}: {problem}") from None

    def _misread(self, path: Path, reason: str) -> Misread:
        self.fault(path, reason)
        return Misread(reason)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _fits(hint: Any, value: object) -> bool:
    if isinstance(value, bool):
        return hint is bool
    if isinstance(value, datetime):
        return False
    return isinstance(value, hint)


def _is_required(declared: "Field[Any]") -> bool:
    return declared.default is MISSING and declared.default_factory is MISSING


def _named(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return repr(names[-1]) if names else "the file"


def _why(name: str) -> str:
    return ": say 'found', 'unverified' or 'recommendation'" if name == "verified" else ""
