"""`python -m tests.machinery.refusals PART…`: take every refusal out of a part's rules once, and see which tests miss it.

Each `Decision.no(…)` of haven/PART/rules answers yes in a process of its own, in which the part's tests of rules then
run. Prints a line of JSON for each: the place, and whether a test failed as it should.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from haven.kernel.decision import Decision
from tests.machinery.cluster import ROOT

Place = tuple[Path, int, int]


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


def is_missed(part: str, place: Place) -> bool:
    """Say whether a test of the part's rules fails without this refusal."""
    child = os.fork()
    if child == 0:
        _take_out(place)
        os._exit(_tests_of(part))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == pytest.ExitCode.TESTS_FAILED


def _tests_of(part: str) -> int:
    files = sorted(map(str, ROOT.glob(f"tests/{part}/test_rules*.py")))
    with open(os.devnull, "w") as quiet, redirect_stdout(quiet):
        return pytest.main(["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *files]) if files else 0


def _take_out(place: Place) -> None:
    path, first, last = str(place[0]), place[1], place[2]
    really_no = Decision.no.__func__  # type: ignore[attr-defined]

    def no(cls: type[Decision], reason: str, *, clause: str, remedy: str = "") -> Decision:
        caller = sys._getframe(1)
        if caller.f_code.co_filename == path and first <= caller.f_lineno <= last:
            return cls.yes(clause=clause)
        refused: Decision = really_no(cls, reason, clause=clause, remedy=remedy)
        return refused

    Decision.no = classmethod(no)  # type: ignore[assignment, method-assign]


def main(wanted: list[str]) -> int:
    """Take out every refusal of these parts, one after the other."""
    for part in wanted:
        if _tests_of(part) != pytest.ExitCode.OK:  # with everything loaded, what follows needs a fraction of a second
            raise SystemExit(f"The tests of the rules of {part} fail without anything taken out.")
        for place in _places(part):
            sys.stdout.write(json.dumps({"place": _name(place), "missed": is_missed(part, place)}) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
