"""Whatever is done to the trail behind its back is found."""

from datetime import timedelta

import pytest

from tests.trail.conftest import SUNDAY_NIGHT

HOUR = timedelta(hours=1)


def faults():
    """What is wrong, as text."""
    from haven.trail.verify import verify

    return [str(fault) for fault in verify()]


@pytest.fixture
def chains(fresh_database, append):
    """Three chains of five entries each."""
    for chain in ("case:3", "report:7", "staff:2"):
        append(chain, 5)


def checkpoint(hours: int = 1):
    """Seal what is there."""
    from haven.trail.checkpoint import make_checkpoint

    return make_checkpoint(at=SUNDAY_NIGHT + hours * HOUR)


def test_a_trail_as_it_was_written_has_no_fault(chains):
    checkpoint()
    assert faults() == []


def test_an_empty_trail_has_no_fault_and_needs_no_checkpoint(fresh_database):
    assert faults() == []
    assert checkpoint() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "'case.opened'"),
        ("at", "at + interval '1 hour'"),
        ("outcome", "'refused'"),
        ("actor_kind", "'staff'"),
        ("actor_id", "2"),
        ("subject_id", "9"),
        ("guards", """'["cases.may_open"]'"""),
        ("clause", "'3.3.3'"),
        ("codes", """codes || '{"number": 9}'"""),
        ("link", r"'\x00'"),
    ],
)
def test_a_changed_entry_is_found(chains, behind, column, value):
    behind(f"UPDATE trail_entry SET {column} = {value} WHERE chain = 'report:7' AND seq = 3")
    assert "report:7/3: is not as it was written" in faults()


def test_an_entry_moved_to_another_chain_is_found(chains, behind):
    behind("UPDATE trail_entry SET chain = 'report:8' WHERE chain = 'report:7' AND seq = 5")
    found = faults()
    assert "report:7/5: entry 5 was removed" in found
    assert "report:8/5: entries 1 to 4 were removed" in found
    assert "report:8/5: is not as it was written" in found


def test_two_entries_that_changed_places_are_found(chains, behind):
    behind("UPDATE trail_entry SET seq = seq + 100 WHERE chain = 'report:7' AND seq IN (2, 3)")
    behind("UPDATE trail_entry SET seq = 105 - seq WHERE chain = 'report:7' AND seq > 100")
    assert "report:7/2: does not follow from the entry before it" in faults() or "report:7/2: is not as" in str(
        faults()
    )


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("seq = 1", "report:7/2: entry 1 was removed"),
        ("seq IN (2, 3)", "report:7/4: entries 2 to 3 were removed"),
        ("seq = 5", "report:7/5: entry 5 was removed"),
        ("seq > 0", "report:7/5: entries 1 to 5 were removed"),
    ],
)
def test_a_removed_entry_is_found(chains, behind, where, fault):
    behind(f"DELETE FROM trail_entry WHERE chain = 'report:7' AND {where}")
    assert faults() == [fault]


def test_an_entry_put_at_the_end_is_found(chains, behind):
    behind(
        "INSERT INTO trail_entry (chain, seq, at, act, outcome, actor_kind, subject_kind, guards, clause, codes,"
        " before, link) SELECT chain, 6, at, act, outcome, actor_kind, subject_kind, guards, clause, codes, link,"
        " before FROM trail_entry WHERE chain = 'report:7' AND seq = 5"
    )
    assert any("report:7/6" in fault for fault in faults())


def test_a_head_that_disagrees_is_found(chains, behind):
    behind(r"UPDATE trail_chain SET head = '\x00' WHERE name = 'case:3'")
    behind("DELETE FROM trail_chain WHERE name = 'staff:2'")
    assert faults() == [
        "case:3/5: the chain's head is another: an entry was added or put in its place",
        "staff:2/5: the chain's head was removed",
    ]


def test_a_truncated_trail_is_found(chains, behind):
    checkpoint()
    behind("TRUNCATE trail_entry")
    assert len(faults()) == 4


def test_a_chain_rewritten_from_end_to_end_is_found_by_the_checkpoint(chains, behind):
    from haven.trail.models import Chain, Entry
    from haven.trail.recording import GENESIS, link_of

    sealed = checkpoint()
    link = GENESIS
    for entry in Entry.objects.filter(chain="report:7").order_by("seq"):
        entry.act, entry.before = "report.set_aside", link
        link = link_of(entry)
        order = "UPDATE trail_entry SET act = %s, before = %s, link = %s WHERE id = %s"
        behind(order, entry.act, entry.before, link, entry.pk)
    behind("UPDATE trail_chain SET head = %s WHERE name = 'report:7'", link)
    assert Chain.objects.get(name="report:7").length == 5
    assert faults() == [f"checkpoint/{sealed.pk}: entries that it sealed were rewritten"]


def test_a_whole_chain_removed_with_its_head_is_found_by_the_checkpoint(chains, behind):
    sealed = checkpoint()
    behind("DELETE FROM trail_entry WHERE chain = 'report:7'")
    behind("DELETE FROM trail_chain WHERE name = 'report:7'")
    assert faults() == [f"checkpoint/{sealed.pk}: 5 of the 15 entries that it sealed were removed"]


def test_a_chain_put_under_an_old_seal_is_found(chains, behind, append):
    checkpoint(1)
    append("case:9", 2)
    second = checkpoint(2)
    behind("DELETE FROM trail_chain WHERE name = 'case:9'")
    behind("UPDATE trail_entry SET id = id - 1000 WHERE chain = 'case:9'")
    assert f"checkpoint/{second.pk}: 2 of the 2 entries that it sealed were removed" in faults()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail_checkpoint SET at = at + interval '1 day' WHERE id = {first}",
        "UPDATE trail_checkpoint SET entries = 3 WHERE id = {first}",
        "DELETE FROM trail_checkpoint WHERE id = {first}",
        r"UPDATE trail_checkpoint SET seal = '\x00' WHERE id = {first}",
    ],
)
def test_a_changed_or_removed_checkpoint_breaks_the_seals(chains, behind, append, change):
    first = checkpoint(1)
    append("case:3", 2)
    checkpoint(2)
    behind(change.format(first=first.pk))
    assert any("its seal is broken" in fault for fault in faults())


def test_one_fault_does_not_hide_the_next(chains, behind):
    behind("UPDATE trail_entry SET act = 'x' WHERE seq = 2")
    assert len(faults()) == 3


def test_codes_that_the_database_would_change_are_refused(fresh_database, append):
    with pytest.raises(TypeError):
        append("report:7", codes={"share": 0.5})
    with pytest.raises(TypeError):
        append("report:7", codes={"shares": [{"share": 0.5}]})


def test_progress_is_told(chains, append, monkeypatch):
    from haven.trail import verify

    monkeypatch.setattr(verify, "TOLD_EVERY", 100)
    append("report:7", 100 - 15)
    told = []
    assert verify.verify(told.append) == []
    assert told == [100]
