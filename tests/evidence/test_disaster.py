"""The how-to for the day on which Haven does not run, followed to the letter."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from haven.kernel import rotation
from haven.kernel.models import SealingKey
from haven.reports.models import Attachment
from tests.cases import cast
from tests.evidence import samples

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "open-evidence-without-haven.md"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(os.environ.get("HAVEN_TEST_SCANNER") == "0", reason="HAVEN_TEST_SCANNER=0"),
]


def passage(language):
    """The first block of code in that language."""
    return re.search(rf"```{language}\n(.*?)```", HOW_TO.read_text(), re.S)[1]


def row_of(report):
    """What step 1 asks the restored database."""
    with connection.cursor() as cursor:
        cursor.execute(passage("sql").replace("HV-…", report.reference))
        [row] = cursor.fetchall()
    return row


def opened_by_the_how_to(tmp_path, files, key_file, row):
    """Steps 2 and 3: with `cryptography` and age alone, in a Python that knows nothing of Haven."""
    _, _, stored_as, _, kind, wrapped = row
    script = tmp_path / "identity.py"
    script.write_text(passage("python"))
    order = [sys.executable, "-I", script, key_file, kind, wrapped]
    made = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    identity = tmp_path / "identity.txt"
    identity.write_text(made.stdout)
    path = files / stored_as[:2] / stored_as[2:4] / f"{stored_as}.age"
    out = tmp_path / "item"
    subprocess.run(["age", "--decrypt", "--identity", identity, "--output", out, path], check=True, timeout=60)
    summed = subprocess.run(["sha256sum", out], capture_output=True, text=True, check=True, timeout=60)
    return out.read_bytes(), summed.stdout.split()[0]


def test_the_how_to_opens_a_file_with_database_folder_and_key_alone(keep, files, tmp_path, settings):
    report = cast.report(team=cast.team())
    Attachment.objects.create(report=report, item=keep(samples.telling_jpeg(), key=report.sealing_key))
    row = row_of(report)
    assert opened_by_the_how_to(tmp_path, files, settings.HAVEN_KEY_FILE, row) == (samples.telling_jpeg(), row[3])


def test_the_how_to_opens_it_after_the_wrapping_key_was_changed(keep, files, tmp_path, settings):
    changed = tmp_path / "changed.key"
    changed.write_bytes(rotation.begun(settings.HAVEN_KEY_FILE.read_bytes()))
    settings.HAVEN_KEY_FILE = changed
    report = cast.report(team=cast.team())
    Attachment.objects.create(report=report, item=keep(samples.pdf(), key=SealingKey.objects.get(report=report)))
    row = row_of(report)
    assert opened_by_the_how_to(tmp_path, files, changed, row) == (samples.pdf(), row[3])
