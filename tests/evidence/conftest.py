"""An evidence store of each test's own, and records that files belong to."""

import io
from pathlib import Path

import pytest

from tests.evidence.samples import AT


@pytest.fixture
def files(settings, tmp_path) -> Path:
    """The folder of the store, empty; no scanner is set up."""
    settings.HAVEN_DATA = tmp_path
    settings.HAVEN_CLAMD = None
    return tmp_path / "files"


@pytest.fixture
def sealing_key(db, files):
    """The key of a record that has no files yet."""
    from haven.kernel.models import SealingKey

    return SealingKey.objects.create_for("report")


@pytest.fixture
def keep(sealing_key):
    """Keep some bytes with the record."""
    from haven.evidence import actions
    from haven.kernel.action import SYSTEM

    def keep(content, name="photo.jpg", key=None):
        file = content if hasattr(content, "read") else io.BytesIO(content)
        return actions.keep(sealing_key=key or sealing_key, name=name, file=file, by=SYSTEM, at=AT)

    return keep


@pytest.fixture
def about(db):
    """Something with a chain of its own that files belong to."""
    from haven.kernel.models import SealingKey
    from haven.people.models import Person

    return Person.objects.create(
        sealing_key=SealingKey.objects.create_for("person"), origin="told", name="Ama", created_at=AT
    )
