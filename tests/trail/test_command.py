"""`haven trail` at a terminal."""

from __future__ import annotations

from click.testing import CliRunner


def run(*words: str):
    """What a command says, and its exit code."""
    from haven.jobs.cli import haven

    return CliRunner().invoke(haven, words)


def test_a_sound_trail_is_said_to_be_sound_and_how_far_it_is_sealed(fresh_database, append):
    append("report:7", 3)
    done = run("trail", "verify")
    assert done.exit_code == 0
    assert "3 entries in 1 chains" in done.stdout
    assert "no checkpoint yet" in done.stdout
    seal = run("trail", "checkpoint").stdout.strip()
    assert len(seal) == 64
    assert "0 entries since then" in run("trail", "verify", "--seal", seal).stdout
    assert run("trail", "checkpoint").stdout == "Nothing was added since the latest checkpoint.\n"


def test_a_fault_is_named_by_chain_and_number_with_exit_code_1(fresh_database, append, behind):
    append("report:7", 3)
    behind("UPDATE trail_entry SET act = 'x' WHERE seq = 2")
    done = run("trail", "verify")
    assert done.exit_code == 1
    assert "report:7/2: is not as it was written" in done.stdout


def test_checkpoints_cut_off_at_the_end_are_found_by_a_seal_kept_elsewhere(fresh_database, append, behind):
    append("report:7", 3)
    seal = run("trail", "checkpoint").stdout.strip()
    for table in ("trail_checkpoint", "trail_entry", "trail_chain"):
        behind(f"DELETE FROM {table}")
    assert run("trail", "verify").exit_code == 0
    done = run("trail", "verify", "--seal", seal)
    assert done.exit_code == 1
    assert f"no checkpoint bears the seal {seal}" in done.stdout
    assert run("trail", "verify", "--seal", "nonsense").exit_code == 1
