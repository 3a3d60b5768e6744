"""Reading the trail: of one case or report, and of everything; in words, without a name, and itself on record."""

import pytest

from tests.trail.conftest import SUNDAY_NIGHT


class Case:
    """Something with a chain."""

    trail_chain = "case:3"


@pytest.fixture
def reader(db):
    """Whoever checks the trail."""
    from haven.accounts.models import Staff

    return Staff.objects.create(email="auditor@landlord.example", name="Auditor", roles=["auditor"])


def whole(reader, **asked):
    """What the reader finds, as chain and number."""
    from haven.trail.access import Wanted, whole_trail

    page = {name: asked.pop(name) for name in ("before", "size") if name in asked}
    return whole_trail(reader, Wanted(**asked), at=SUNDAY_NIGHT, **page)


def places(found):
    """Chain and number of each entry."""
    return [str(entry) for entry in found.rows]


def test_what_happened_to_one_case_newest_first_page_by_page(db, append):
    from haven.trail.access import trail_of

    append("case:3", 5)
    append("case:4", 1)
    first = trail_of(Case(), size=3)
    assert places(first) == ["case:3/5", "case:3/4", "case:3/3"]
    rest = trail_of(Case(), before=first.next, size=3)
    assert places(rest) == ["case:3/2", "case:3/1"]
    assert rest.next is None


def test_reading_the_whole_trail_is_in_the_trail(reader, append):
    from haven.trail.models import Entry

    append("case:3")
    whole(reader, chain="case:3", outcome="done")
    entry = Entry.objects.get(act="trail.read")
    assert (entry.outcome, entry.chain) == ("seen", f"staff:{reader.pk}")
    assert entry.codes == {"chain": "case:3", "outcome": "done"}


def test_the_trail_can_be_narrowed_down(reader, append):
    append("case:3", 2)
    append("report:7", 1, act="report.received", outcome="refused", guards=["a.b", "c.d"], clause="3.3.3")
    append("report:7", 1, guards=["c.d"])
    append("report:7", 1, outcome="refused", guards=["c.d", "e.f"])
    append("team:2", 1, by=reader)
    assert places(whole(reader, chain="report:7")) == ["report:7/3", "report:7/2", "report:7/1"]
    assert places(whole(reader, act="report.received")) == ["report:7/1"]
    assert places(whole(reader, guard="c.d")) == ["report:7/3", "report:7/2", "report:7/1"]
    assert places(whole(reader, guard="c.d", outcome="refused")) == ["report:7/1"]
    assert places(whole(reader, actor=reader.pk, chain="team:2")) == ["team:2/1"]
    assert places(whole(reader, chain="case:3", until=SUNDAY_NIGHT)) == []
    assert places(whole(reader, chain="nothing:1")) == []


def test_refusals_found_are_refusals_counted(reader, append):
    from haven.trail.queries import guards_asked

    append("report:7", 3, outcome="refused", guards=["a.b", "c.d"])
    append("report:7", 2, outcome="refused", guards=["c.d", "a.b"])
    asked = guards_asked()
    for guard in ("a.b", "c.d"):
        assert len(whole(reader, guard=guard, outcome="refused").rows) == asked[guard].refused
        assert len(whole(reader, guard=guard).rows) == asked[guard].asked


def test_pages_follow_one_another(reader, append):
    append("case:3", 5)
    first = whole(reader, chain="case:3", size=2)
    second = whole(reader, chain="case:3", size=2, before=first.next)
    third = whole(reader, chain="case:3", size=2, before=second.next)
    assert places(first) + places(second) + places(third) == [f"case:3/{n}" for n in (5, 4, 3, 2, 1)]
    assert third.next is None


def test_entries_are_words_without_a_name(reader, append):
    from haven.trail.models import Entry
    from haven.trail.words import actor, sentence, subject

    append("case:3", 1, act="case.opened", by=reader, subject=reader)
    append("case:3", 1, act="case.opened", outcome="refused")
    append("case:3", 1, act="something.new_here")
    done, refused, unknown = Entry.objects.filter(chain="case:3").order_by("seq")
    assert (sentence(done), actor(done)) == ("Opened a case", f"Staff {reader.pk}")
    assert subject(done) == f"account {reader.pk}"
    assert (sentence(refused), actor(refused), subject(refused)) == ("Refused: opened a case", "Haven", "")
    assert sentence(unknown) == "Something: new here"
