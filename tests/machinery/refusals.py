"""`python -m tests.machinery.refusals PART…`: take every refusal out of a part's rules once, and see which tests miss it.

Each `Decision.no(…)` of haven/PART/rules answers yes in a process of its own, in which those of the part's tests of rules
that come upon it run again. Prints a line of JSON for each: the place, and whether a test failed as it should.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from haven.kernel.decision import Decision
from tests.machinery.cluster import ROOT

Place = tuple[Path, int, int]
NOT_NEEDED = ("xdist", "cacheprovider", "unraisableexception", "threadexception", "randomly")
MOST = 12
"""How many of the tests that come upon a refusal are run first; one that fails is enough."""


def parts() -> list[str]:
    """Return the parts whose rules refuse something."""
    return sorted({path.relative_to(ROOT / "haven").parts[0] for path, *_ in _places("*")})


def places(part: str) -> list[str]:
    """Name every place in a part's rules at which something is refused."""
    return [_name(place) for place in _places(part)]


def _places(part: str) -> Iterator[Place]:
    files = [*ROOT.glob(f"haven/{part}/rules.py"), *ROOT.glob(f"haven/{part}/rules/**/*.py")]
    for path in sorted(files):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Decision.no":
                yield path, node.lineno, node.end_lineno or node.lineno


def _name(place: Place) -> str:
    path, line, _ = place
    return f"{path.relative_to(ROOT)}:{line}"


class Watch:
    """Notes which tests come upon which refusal, so that only those are run again without it."""

    def __init__(self, part: str) -> None:
        self.places = list(_places(part))
        self.met: dict[Place, list[str]] = {place: [] for place in self.places}
        self.test = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Know which test is running."""
        self.test = item.nodeid
        return (yield)

    def note(self, place: Place) -> bool:
        """Note that the running test came upon a refusal; it stands."""
        if self.test not in self.met[place]:
            self.met[place].append(self.test)
        return False


def is_missed(place: Place, tests: list[str]) -> bool:
    """Say whether one of these tests fails without this refusal."""
    child = os.fork()
    if child == 0:
        _at([place], lambda _: True)
        os._exit(_run(tests))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == pytest.ExitCode.TESTS_FAILED


def _run(what: list[str], *plugins: object) -> int:
    with open(os.devnull, "w") as quiet, redirect_stdout(quiet):
        order = ["-x", "-q", *(f"-pno:{each}" for each in NOT_NEEDED), *what]
        return pytest.main(order, plugins=plugins) if what else 0


def _at(places: list[Place], is_taken_out: Callable[[Place], bool]) -> None:
    """Ask at each refusal in these places whether it is taken out: it then says yes."""
    really_no = Decision.no.__func__  # type: ignore[attr-defined]
    files = defaultdict[str, list[Place]](list)
    for place in places:
        files[str(place[0])].append(place)

    def no(cls: type[Decision], reason: str, *, clause: str, remedy: str = "") -> Decision:
        caller = sys._getframe(1)
        for place in files.get(caller.f_code.co_filename, ()):
            if place[1] <= caller.f_lineno <= place[2] and is_taken_out(place):
                return cls.yes(clause=clause)
        refused: Decision = really_no(cls, reason, clause=clause, remedy=remedy)
        return refused

    Decision.no = classmethod(no)  # type: ignore[assignment, method-assign]


def _watched(part: str) -> Watch:
    """Run a part's tests of rules with every refusal in place, and note which test comes upon which."""
    watch = Watch(part)
    before = Decision.no
    _at(watch.places, watch.note)
    files = sorted(map(str, ROOT.glob(f"tests/{part}/test_rules*.py")))
    if _run(files, watch) != pytest.ExitCode.OK:
        raise SystemExit(f"The tests of the rules of {part} fail without anything taken out.")
    Decision.no = before  # type: ignore[method-assign]
    return watch


def main(wanted: list[str]) -> int:
    """Take out every refusal of these parts, one after the other."""
    for part in wanted:
        for place, tests in _watched(part).met.items():
            found = any(is_missed(place, some) for some in (tests[:MOST], tests[MOST:]) if some)
            sys.stdout.write(json.dumps({"place": _name(place), "missed": found}) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
