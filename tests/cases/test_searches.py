"""What somebody looked for is theirs alone, for a day (clause 3.3.3)."""

from datetime import timedelta

import pytest
from django.http import Http404

from haven.cases.access.searches import KEPT, forget_searches, keep_search, words_of_search
from haven.cases.models import Search
from tests.cases import cast

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.3.3")]
A_DAY_LATER = cast.AT + KEPT + timedelta(seconds=1)


@pytest.fixture
def worker(db):
    return cast.caseworker(cast.team())


def test_only_who_looked_finds_the_words_again(worker):
    name = keep_search(worker, "Amina Yusuf", at=cast.AT)
    assert words_of_search(worker, name, at=cast.AT + KEPT) == "Amina Yusuf"
    for other, at in ((cast.caseworker(cast.team()), cast.AT), (worker, A_DAY_LATER)):
        with pytest.raises(Http404):
            words_of_search(other, name, at=at)


def test_the_words_lie_sealed_and_are_forgotten_after_a_day(worker):
    keep_search(worker, "Amina Yusuf", at=cast.AT)
    kept = keep_search(worker, "Larch Road", at=A_DAY_LATER)
    assert not [row for row in Search.objects.all() if b"Amina" in bytes(row.sealed)]
    forget_searches(at=A_DAY_LATER)
    assert list(Search.objects.values_list("pk", flat=True)) == [kept]
