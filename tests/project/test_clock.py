"""Only the surfaces and the fiction ask what time it is; everything below is told."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_ASK = {"web", "api", "jobs", "demo"}
ASKING = {"now", "utcnow", "today", "localdate", "localtime", "time", "time_ns", "monotonic"}
CLOCKS = {"datetime", "date", "clock", "timezone", "time"}
MODULES = {"clock", "timezone", "time"}
EXPRESSIONS = {"Now", "TransactionNow", "CurrentTimestamp"}


def modules() -> list[Path]:
    """Every module below the surfaces, migrations apart."""
    found = [path for path in ROOT.glob("haven/*/**/*.py") if "migrations" not in path.parts]
    parts = {path: path.relative_to(ROOT).parts[1] for path in found}
    return sorted(path for path in found if parts[path] not in MAY_ASK and path != ROOT / "haven/kernel/clock.py")


def askings(source: str) -> list[str]:
    """Every place in a source that asks a clock, as `line: expression`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ASKING and _is_clock(node.value):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[-1] in MODULES:
            found += [
                f"{node.lineno}: from {node.module} import {each.name}" for each in node.names if each.name in ASKING
            ]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EXPRESSIONS:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def _is_clock(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id in CLOCKS) or (
        isinstance(node, ast.Attribute) and node.attr in CLOCKS
    )


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_clock_below_the_surfaces(path):
    assert askings(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from haven.kernel import clock\nclock.now()",
        "from haven.kernel.clock import now\nnow()",
        "import datetime\ndatetime.datetime.now()",
        "from django.utils import timezone\nfield = Field(default=timezone.now)",
        "from datetime import date\ndate.today()",
        "import time\ntime.time()",
        "from django.db.models.functions import Now\nNow()",
    ],
)
def test_the_check_sees_each_way_of_asking(source):
    assert askings(source)
