"""Lines of a TOML text: each key where it stands, whatever strings, arrays and comments lie between."""

import json
import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.policy.pack import EXAMPLE
from haven.policy.pack.lines import line_of, lines_of

DIFFICULT = '''\
# a comment with [brackets] and "quotes" = 'signs'
first = 1

"quoted key" = "with = sign and # no comment"
'literal key'.inner = 'C:\\no\\escape'
multi = """
line [not.a.table]
key = "no key"
\\"""still inside""\\" and a backslash at the end \\
   """
after = true
raw = \'\'\'
[[neither]] """ nor
this'\'\'\'\'
after_raw = 2 # a comment, with ] and }
four = """two quotes before the end"""""
dates = [
  2026-12-25, # one, two ]
  2026-12-28,
]
nested = [ [1,
  2], [
  3] ]
inline = { a = 1, "b c" = [ "x", "}" ], d.e = { f = "," } }
rows = [
  { code = "A", deep = { er = 1 } },
  { code = "B" },
]
empty = []
none = {}
time = 08:30:00
stamp = 2026-11-22 21:40:00

[table] # after a header
one = 1
[table.sub."dotted.name"]
two = 2

[[many]]
code = "A"
  [many.child]
  x = 1
  [[many.kids]]
  y = 1
  [[many.kids]]
  y = 2
[[many]]
code = "B"
  [[many.kids]]
  y = 3
'''


def paths_of(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every key and element that tomllib sees."""
    found = {path}
    if isinstance(value, dict):
        for name, inner in value.items():
            found |= paths_of(inner, (*path, name))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            found |= paths_of(inner, (*path, index))
    return found


@pytest.mark.parametrize("file", sorted(path.name for path in EXAMPLE.glob("*.toml")))
def test_everything_in_the_example_pack_has_its_line(file):
    text = (EXAMPLE / file).read_text(encoding="utf-8")
    lines, rows = lines_of(text), text.split("\n")
    for path in paths_of(tomllib.loads(text)):
        assert path in lines
        if path and isinstance(path[-1], str):
            assert path[-1] in rows[lines[path] - 1]


def test_everything_in_a_difficult_text_has_a_line():
    assert paths_of(tomllib.loads(DIFFICULT)) - set(lines_of(DIFFICULT)) == {("table", "sub")}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("first",), "first = 1"),
        (("quoted key",), '"quoted key"'),
        (("literal key", "inner"), "'literal key'"),
        (("multi",), "multi ="),
        (("after",), "after = true"),
        (("after_raw",), "after_raw ="),
        (("four",), "four ="),
        (("dates", 1), "2026-12-28"),
        (("nested", 0, 1), "  2], ["),
        (("nested", 1, 0), "  3] ]"),
        (("inline", "d", "e", "f"), "inline ="),
        (("rows", 0, "deep", "er"), 'code = "A", deep'),
        (("rows", 1, "code"), '{ code = "B" }'),
        (("stamp",), "stamp ="),
        (("table",), "[table] # after"),
        (("table", "sub", "dotted.name", "two"), "two = 2"),
        (("many", 0, "child", "x"), "  x = 1"),
        (("many", 0, "kids", 1, "y"), "  y = 2"),
        (("many", 1, "code"), 'code = "B"\n  [['),
        (("many", 1, "kids", 0, "y"), "  y = 3"),
    ],
)
def test_a_key_is_found_on_the_line_on_which_it_is_written(path, words):
    assert lines_of(DIFFICULT)[path] == DIFFICULT.count("\n", 0, DIFFICULT.index(words)) + 1


def test_what_has_no_line_of_its_own_is_found_at_what_surrounds_it():
    lines = lines_of(DIFFICULT)
    assert line_of(lines, ("rows", 1, "label")) == lines["rows", 1]
    assert line_of(lines, ("nowhere", 3)) == 1


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=12)
scalars = st.booleans() | st.integers(-1000, 1000) | texts | st.dates(date(1900, 1, 1))
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))


def written(value: object, gap: str) -> str:
    """Write a value as TOML, with this gap between the elements of a list."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + gap + ("," + gap).join(written(each, gap) for each in value) + gap + "]"
    if isinstance(value, dict):
        pairs = (f"{written(name, gap)} = {written(inner, ' ')}" for name, inner in value.items())
        return "{ " + ", ".join(pairs) + " }"
    return str(value)


tables = st.lists(st.dictionaries(texts, values, max_size=4), min_size=1, max_size=4)
gaps = st.sampled_from(["", " ", "\n", " # ],}\n"])


@given(tables, gaps)
def test_whatever_is_written_each_key_is_found_where_it_was_written(rows, gap):
    text, expected = "", {}
    for index, row in enumerate(rows):
        expected["row", index] = text.count("\n") + 1
        text += "[[row]]\n"
        for name, value in row.items():
            expected["row", index, name] = text.count("\n") + 1
            text += f"{written(name, gap)} = {written(value, gap)}\n"
    found = lines_of(text)
    assert {path: found.get(path) for path in expected} == expected
    assert paths_of(tomllib.loads(text)) <= set(found)
