"""The reference page of the policy pack names every file, table and key, and its examples are true."""

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from haven.policy.pack import EXAMPLE, pack
from haven.policy.pack.checks_clocks import NEEDED
from haven.policy.pack.contents import TABLES
from haven.policy.pack.keys import Entry

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "policy-pack.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"(?m)^## ", PAGE)
SHARED = {declared.name for declared in dataclasses.fields(Entry)}


def section_of(file: str) -> str:
    return next(each for each in SECTIONS if f"`{file}`" in each.splitlines()[0])


def rows_of(path: Path, table: str) -> list[dict[str, object]]:
    found = tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.attribute)
def test_the_page_names_every_table_and_every_key(table):
    section = section_of(table.file)
    assert (f"[{table.table}]" if table.is_single else f"[[{table.table}]]") in section
    keys = {declared.name for declared in dataclasses.fields(table.kind)} - SHARED
    assert {key for key in keys if f"`{key}`" not in section} == set()


def test_the_page_names_what_all_entries_share():
    assert all(f"`{key}`" in PAGE for key in SHARED)


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
def test_an_example_of_the_page_stands_in_the_example_pack(example):
    [(table, written)] = tomllib.loads(example).items()
    rows = [row for path in EXAMPLE.glob("*.toml") for row in rows_of(path, table)]
    assert (written[0] if isinstance(written, list) else written) in rows


def test_the_page_lists_the_latest_time_of_every_standard_that_has_one():
    listed = {}
    for keys, latest in re.findall(r"(?m)^\| ((?:`\w+`(?:, )?)+) \| (\d+ \w+) \|", PAGE):
        listed.update(dict.fromkeys(re.findall(r"`(\w+)`", keys), latest))
    assert listed == {key: latest for key, latest in NEEDED.items() if latest}


def test_the_page_lists_every_start_of_a_clock():
    assert all(f'`"{standard.starts}"`' in PAGE for standard in pack().standards.values())
