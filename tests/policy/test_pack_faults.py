"""A pack with a fault is refused, and the fault is named by file, line and reason: one spoilt pack for each kind."""

import re
from pathlib import Path

import pytest

from haven.policy import pack as the_package
from haven.policy.pack import Fault, PackError, check, load
from haven.policy.pack.checks_clocks import NEEDED as MUST_HAVE
from tests.policy.spoilt import SPOILT

EVERY_FILE = (
    "bank_holidays.toml", "casework.toml", "channels.toml", "danger.toml", "helplines.toml", "incident_types.toml",
    "landlord.toml", "languages.toml", "needs.toml", "permissions.toml", "place_types.toml", "plan_items.toml",
    "possession_regimes.toml", "questions_for_owner.toml", "repeat.toml", "retention.toml", "risk.toml",
    "roles.toml",
    "service_standards.toml", "strands.toml", "tools.toml", "wishes.toml",
)  # fmt: skip

@pytest.mark.parametrize("kind", SPOILT)
def test_the_fault_is_named_by_file_line_and_reason(copied, kind):
    file, after, old, new, words, reason = SPOILT[kind]
    copied.change(file, old, new, after)
    line = copied.line(file, words, after)
    found = copied.faults()
    assert [fault for fault in found if fault.startswith(f"{file}:{line}: ") and reason in fault], found


# what is taken away whole, the code, and what is said of the file
NEEDED = [
    ("strands.toml", "strand", "DISABILITY", "'DISABILITY' is missing, which the program knows by name"),
    ("incident_types.toml", "incident_type", "OTHER", "'OTHER' is missing"),
    ("channels.toml", "channel", "STAFF_OBS", "'STAFF_OBS' is missing"),
    ("channels.toml", "channel", "SOCIAL", "no channel serves clause 3.2.2(e) (By social media)"),
    ("permissions.toml", "recipient", "POLICE", "'POLICE' is missing"),
    ("permissions.toml", "scope", "WITHOUT_NAME", "'WITHOUT_NAME' is missing"),
    ("languages.toml", "language", "en", "'en' is missing"),
    ("helplines.toml", "helpline", "EMERGENCY", "'EMERGENCY' is missing"),
    ("retention.toml", "record", "CASE_FILE", "'CASE_FILE' is missing"),
    ("risk.toml", "override", "SELF_HARM_NOW", "'SELF_HARM_NOW' is missing"),
    ("risk.toml", "override", "VIOLENCE_LATELY", "'VIOLENCE_LATELY' is missing"),
    ("tools.toml", "tool", "MEDIATION", "'MEDIATION' is missing"),
    ("roles.toml", "reporter_role", "VICTIM", "no public role is the person harmed"),
    ("service_standards.toml", "standard", "safeguarding", "'safeguarding' is missing"),
]


@pytest.mark.parametrize(("file", "table", "code", "reason"), NEEDED)
def test_what_the_program_knows_by_name_must_be_there(copied, file, table, code, reason):
    blocks = re.split(r"(?m)^(?=\[)", copied.text(file))
    kept = [each for each in blocks if not re.match(rf'\[\[{table}\]\]\n(code|key|tag) = "{code}"', each)]
    assert len(kept) == len(blocks) - 1
    copied.write(file, "".join(kept))
    assert any(fault.startswith(f"{file}:1: ") and reason in fault for fault in copied.faults())


def test_every_standard_that_code_asks_for_by_name_is_one_that_a_pack_must_have():
    haven = Path(the_package.__file__).parents[2]
    texts = (path.read_text(encoding="utf-8") for path in haven.rglob("*.py"))
    asked = {name for text in texts for name in re.findall(r"\bdue\(\s*\"(\w+)\"", text)}
    assert "triage" in asked
    assert asked <= set(MUST_HAVE)


@pytest.mark.parametrize(
    ("flag", "reason"),
    [
        ("call_999 = true", "no public answer calls 999"),
        ("exclusive = true", "no public answer is exclusive"),
    ],
)
def test_danger_can_always_be_told_and_always_be_denied(copied, flag, reason):
    copied.write("danger.toml", copied.text("danger.toml").replace(flag, flag.replace("true", "false")))
    assert f"danger.toml:1: {reason}" in "\n".join(copied.faults())


def test_the_example_pack_has_no_fault(copied):
    assert copied.faults() == []


def test_every_file_of_the_pack_is_listed_here(copied):
    assert sorted(path.name for path in copied.folder.glob("*.toml")) == list(EVERY_FILE)


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_missing_file_is_named_and_nothing_else_is_blamed_on_it(copied, file):
    (copied.folder / file).unlink()
    assert copied.faults() == [f"{file}:1: the file is missing"]


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_file_that_is_not_text_is_named_with_its_line(copied, file):
    content = (copied.folder / file).read_bytes()
    (copied.folder / file).write_bytes(content + b'\nlabel = "\xff"\n')
    line = content.count(b"\n") + 2
    assert copied.faults() == [f"{file}:{line}: the file is not UTF-8 text"]


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_file_that_cannot_be_opened_is_named(copied, file):
    (copied.folder / file).unlink()
    (copied.folder / file).mkdir()
    assert copied.faults() == [f"{file}:1: the file cannot be read: Is a directory"]


@pytest.mark.parametrize("file", EVERY_FILE)
def test_an_empty_file_lacks_its_tables(copied, file):
    copied.write(file, "")
    found = copied.faults()
    assert found
    assert all(fault.startswith(f"{file}:1: ") for fault in found if "is unknown; " not in fault)
    assert any("is missing" in fault for fault in found)


@pytest.mark.parametrize("written", ["wish = []", "wish = {}", "wish = 3"])
def test_a_list_of_tables_needs_at_least_one(copied, written):
    copied.write("wishes.toml", f"# none\n{written}\n")
    assert copied.faults() == ["wishes.toml:2: write at least one [[wish]], in double brackets"]


def test_a_file_that_no_pack_has_is_named(copied):
    copied.write("strand.toml", "")
    assert copied.faults() == ["strand.toml:1: unknown file; a pack holds no file of this name"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert [fault.reason for fault in check(tmp_path / "nowhere")] == ["there is no such folder"]


def test_lines_are_the_same_in_a_file_written_on_windows(copied):
    copied.change("strands.toml", "national = ", "natonal = ", 'code = "AGE"')
    line = copied.line("strands.toml", "natonal = ")
    content = copied.text("strands.toml").replace("\n", "\r\n").encode()
    (copied.folder / "strands.toml").write_bytes(content)
    assert f"strands.toml:{line}: unknown key 'natonal'" in "\n".join(copied.faults())


def test_all_faults_are_told_at_once_by_file_and_line(copied):
    copied.change("wishes.toml", 'code = "MOVE"', 'code = "move"')
    copied.change("strands.toml", "national = false\n", "", 'code = "AGE"')
    copied.change("strands.toml", "adopted = true", 'adopted = "yes"', 'code = "AGE"')
    copied.change("channels.toml", '"3.2.2(c)"', '"3.2.2(z)"', 'code = "EMAIL"')
    found = check(copied.folder)
    assert [fault.file for fault in found] == ["channels.toml", "strands.toml", "strands.toml", "wishes.toml"]
    assert found == sorted(found)


def test_loading_refuses_with_every_fault_in_the_message(copied):
    copied.change("wishes.toml", 'code = "MOVE"', 'code = "move"')
    copied.change("strands.toml", "national = false\n", "", 'code = "AGE"')
    with pytest.raises(PackError) as refused:
        load(copied.folder)
    assert refused.value.faults == tuple(check(copied.folder))
    assert all(str(fault) in str(refused.value) for fault in refused.value.faults)
    assert len(refused.value.faults) == 2


def test_loading_does_not_ask_the_holidays_package(copied):
    copied.change("bank_holidays.toml", "day = 2027-05-31", "day = 2027-06-01")
    assert check(copied.folder)
    assert "2027-06-01" in load(copied.folder).bank_holidays


def test_a_day_that_was_moved_is_said_and_then_agrees(copied):
    copied.change("bank_holidays.toml", "day = 2027-05-31\n", "day = 2027-05-31\nkept = false\n")
    extra = '[[bank_holiday]]\nday = 2027-06-01\nname = "Moved"\none_off = true\n'
    extra += 'source = "Proclaimed"\nverified = "found"\n'
    copied.write("bank_holidays.toml", copied.text("bank_holidays.toml") + extra)
    assert copied.faults() == []


def test_a_fault_is_written_as_file_line_and_reason():
    assert str(Fault("strands.toml", 12, "it is wrong")) == "strands.toml:12: it is wrong"
