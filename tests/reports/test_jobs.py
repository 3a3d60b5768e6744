"""The queue destroys what nobody sent."""

from datetime import timedelta

import pytest

from haven.jobs.tasks import visits
from haven.kernel.clock import now
from haven.reports import drafts
from haven.reports.models import Draft


@pytest.mark.django_db
def test_the_queue_destroys_drafts_that_have_rested_too_long_and_no_others():
    for _ in range(3):
        drafts.begin({"answers": {}}, now() - drafts.idle_limit() - timedelta(seconds=1))
    kept = drafts.begin({"answers": {}}, now())
    visits.purge.func(timestamp=0)
    assert [bytes(key) for key in Draft.objects.values_list("pk", flat=True)] == [kept.token.row]
