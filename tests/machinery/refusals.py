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
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from haven.kernel.decision import Decision
from tests.machinery.cluster import ROOT

Place = tuple[Path, int, int]
NOT_NEEDED = ("xdist", "cacheprovider", "unraisableexception", "threadexception", "randomly")


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


class Rehearsal:
    """Runs the tests of a part's rules, notes which come upon which refusal, and then runs those again without it."""

    def __init__(self, parts: list[str]) -> None:
        self.places = [place for part in parts for place in _places(part)]
        self.met: dict[Place, dict[str, pytest.Item]] = {place: {} for place in self.places}
        self.missed: dict[Place, bool] = {}
        self.took: dict[str, float] = {}
        self.failed = False
        self.running: pytest.Item | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run everything once as it is; then each refusal's tests, in a process of their own, where it is taken out."""
        before = Decision.no
        _at(self.places, self.note)
        self.run(session.items)
        Decision.no = before  # type: ignore[method-assign]
        if self.failed:
            session.testsfailed = 1
            return True
        self.missed = {place: self.is_missed(place) for place in self.places}
        return True

    def run(self, items: Iterable[pytest.Item]) -> None:
        """Run tests one after the other, up to the first that fails."""
        for self.running in items:
            self.running.config.hook.pytest_runtest_protocol(item=self.running, nextitem=None)
            if self.failed:
                return

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed, and how long it took."""
        self.failed = self.failed or report.failed
        self.took[report.nodeid] = self.took.get(report.nodeid, 0) + report.duration

    def note(self, place: Place) -> bool:
        """Note that the running test came upon a refusal; it stands."""
        assert self.running is not None
        self.met[place][self.running.nodeid] = self.running
        return False

    def is_missed(self, place: Place) -> bool:
        """Say whether one of the tests that come upon a refusal fails without it; the quick ones are asked first."""
        tests = sorted(self.met[place].values(), key=lambda test: self.took[test.nodeid])
        child = os.fork()
        if child == 0:
            _at([place], lambda _: True)
            try:
                self.run(tests)
            finally:
                os._exit(int(self.failed))
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


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


def main(wanted: list[str]) -> int:
    """Take out every refusal of these parts, one after the other."""
    rehearsal = Rehearsal(wanted)
    files = [str(path) for part in wanted for path in sorted(ROOT.glob(f"tests/{part}/test_rules*.py"))]
    order = ["-q", "--tb=no", *(f"-pno:{each}" for each in NOT_NEEDED), *files]
    with open(os.devnull, "w") as quiet, redirect_stdout(quiet):
        code = pytest.main(order, plugins=[rehearsal])
    if code != pytest.ExitCode.OK:
        raise SystemExit(f"Without anything taken out {rehearsal.running and rehearsal.running.nodeid} fails.")
    for place, is_missed in rehearsal.missed.items():
        sys.stdout.write(json.dumps({"place": _name(place), "missed": is_missed}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
