"""Which tests exercise which clause: read from the tests themselves, by `@pytest.mark.clause("3.2.1")`.

Where the tests are not shipped, from a file that `haven policy --keep-tests` wrote when they were there.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import haven

FOLDER = Path(haven.__file__).resolve().parent.parent / "tests"
KEPT = Path(__file__).with_name("tests_by_clause.json")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, order=True)
class Tested:
    """One test: its file, its name, the clauses that it names, and the functions that it calls."""

    file: str
    name: str
    clauses: tuple[str, ...]
    calls: frozenset[str]

    @property
    def sentence(self) -> str:
        """Return its name as a sentence, which it is."""
        words = self.name.removeprefix("test_").replace("_", " ")
        return words[:1].upper() + words[1:]


@lru_cache(maxsize=1)
def tests() -> tuple[Tested, ...]:
    """Return every test that names a clause; none where neither the tests nor the file about them are there."""
    if FOLDER.is_dir():
        return tuple(read(FOLDER))
    if not KEPT.exists():
        return ()
    rows = json.loads(KEPT.read_text(encoding="utf-8"))
    return tuple(Tested(row["file"], row["name"], tuple(row["clauses"]), frozenset(row["calls"])) for row in rows)


def are_known() -> bool:
    """Say whether it can be told which tests there are."""
    return FOLDER.is_dir() or KEPT.exists()


def of_clause(clause: str) -> tuple[Tested, ...]:
    """Return the tests that name this clause."""
    return tuple(test for test in tests() if clause in test.clauses)


def of_guard(name: str, clauses: tuple[str, ...]) -> tuple[Tested, ...]:
    """Return the tests that name a clause of this guard and call it (`part.function`)."""
    function = name.rpartition(".")[2]
    return tuple(test for test in tests() if function in test.calls and set(clauses) & set(test.clauses))


def keep() -> Path:
    """Write down which tests there are, for where they are not shipped."""
    rows = [{**asdict(test), "calls": sorted(test.calls)} for test in read(FOLDER)]
    KEPT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return KEPT


def read(folder: Path) -> Iterator[Tested]:
    """Find the tests that name clauses in every `test_*.py` under a folder."""
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        yield from _in_module(tree, path.relative_to(folder.parent).as_posix())


def _in_module(tree: ast.Module, file: str) -> Iterator[Tested]:
    everywhere = _marks_of_module(tree)
    pieces: dict[str, ast.AST] = {each.name: each for each in ast.walk(tree) if isinstance(each, Function)}
    pieces |= {target.id: each for each in tree.body if isinstance(each, ast.Assign) for target in _names(each)}
    for outer in tree.body:
        inside = outer.body if isinstance(outer, ast.ClassDef) else [outer]
        more = _marked(outer.decorator_list) if isinstance(outer, ast.ClassDef) else ()
        for each in inside:
            if isinstance(each, Function) and each.name.startswith("test_"):
                clauses = dict.fromkeys([*everywhere, *more, *_marked(each.decorator_list)])
                if clauses:
                    yield Tested(file, each.name, tuple(clauses), frozenset(_calls(each.name, pieces, set())))


def _marks_of_module(tree: ast.Module) -> tuple[str, ...]:
    """Read `pytestmark = pytest.mark.clause(…)`, alone or in a list."""
    found: list[str] = []
    for each in tree.body:
        if isinstance(each, ast.Assign) and any(target.id == "pytestmark" for target in _names(each)):
            values = each.value.elts if isinstance(each.value, ast.List | ast.Tuple) else [each.value]
            found += _marked(values)
    return tuple(found)


def _marked(decorators: list[ast.expr]) -> tuple[str, ...]:
    return tuple(
        argument.value
        for each in decorators
        if isinstance(each, ast.Call) and ast.unparse(each.func) in ("pytest.mark.clause", "mark.clause")
        for argument in each.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    )


def _names(assigned: ast.Assign) -> list[ast.Name]:
    return [target for target in assigned.targets if isinstance(target, ast.Name)]


def _calls(name: str, pieces: dict[str, ast.AST], seen: set[str]) -> set[str]:
    """Return what a test calls, by itself and by way of helpers, fixtures and tables of its own file."""
    seen.add(name)
    inside = list(ast.walk(pieces[name]))
    named = {each.id for each in inside if isinstance(each, ast.Name)}
    named |= {each.attr for each in inside if isinstance(each, ast.Attribute)}
    named |= {each.arg for each in inside if isinstance(each, ast.arg)}
    for other in named & set(pieces) - seen:
        named |= _calls(other, pieces, seen)
    return named
