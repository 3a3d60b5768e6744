"""Answers given so far: who can read them, how long they last, and that two tabs lose nothing."""

from datetime import timedelta

import pytest
from django.db import connection

from haven.kernel.models import SealingKey
from haven.reports import actions, drafts
from haven.reports.drafts import Token
from haven.reports.models import Draft, DraftFile, WrongCode
from tests.reports.times import SUNDAY_NIGHT

pytestmark = pytest.mark.django_db
LATER = SUNDAY_NIGHT + timedelta(minutes=1)


@pytest.fixture
def draft(db):
    """A visit with one answer."""
    return drafts.begin({"answers": {"account": "unmistakable-words"}}, SUNDAY_NIGHT)


def test_a_token_reads_back_and_nothing_else_is_a_token():
    token = Token.fresh()
    assert Token.read(str(token)) == token
    for other in ("", "short", "ü" * 43, str(token)[:-3], str(token) + "AAAA", "=" * 43, "\x00" * 43):
        assert Token.read(other) is None


def test_only_the_visitors_token_opens_a_draft(draft):
    assert drafts.open_draft(draft.token, LATER).answers == {"account": "unmistakable-words"}
    assert drafts.open_draft(None, LATER) is None
    assert drafts.open_draft(Token.fresh(), LATER) is None
    assert drafts.open_draft(Token(draft.token.lookup, Token.fresh().key), LATER) is None
    assert drafts.open_draft(Token(Token.fresh().lookup, draft.token.key), LATER) is None


def test_the_database_and_the_deployments_key_together_do_not_open_a_draft(draft):
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(lookup, 'hex'), encode(sealed, 'hex') FROM reports_draft")
        lookup, sealed = cursor.fetchone()
    for half in (draft.token.lookup, draft.token.key):
        assert half.hex() not in lookup + sealed
    assert b"unmistakable".hex() not in sealed


def test_two_tabs_keep_each_others_answers(draft):
    first = drafts.open_draft(draft.token, LATER)
    second = drafts.open_draft(draft.token, LATER)
    drafts.change(first, lambda content: content["answers"].update(role="VICTIM"), LATER)
    drafts.change(second, lambda content: content["answers"].update(place="HOME"), LATER)
    assert drafts.open_draft(draft.token, LATER).answers == {
        "account": "unmistakable-words",
        "role": "VICTIM",
        "place": "HOME",
    }


def test_a_draft_that_is_gone_is_not_written_again(draft):
    stale = drafts.open_draft(draft.token, LATER)
    actions.leave(token=draft.token, at=LATER)
    with pytest.raises(KeyError):
        drafts.change(stale, lambda content: content["answers"].update(role="VICTIM"), LATER)
    assert not Draft.objects.exists()


def test_a_visit_that_rests_too_long_is_over_and_each_answer_gives_it_longer(draft):
    almost = SUNDAY_NIGHT + drafts.idle_limit() - timedelta(seconds=1)
    opened = drafts.open_draft(draft.token, almost)
    drafts.change(opened, lambda content: None, almost)
    assert drafts.open_draft(draft.token, almost + timedelta(minutes=30))
    assert drafts.open_draft(draft.token, almost + drafts.idle_limit()) is None


def test_leaving_destroys_the_draft_and_says_whether_there_was_one(draft):
    assert actions.leave(token=draft.token, at=LATER) is True
    assert actions.leave(token=draft.token, at=LATER) is False
    assert not Draft.objects.exists()


def test_one_visitors_leaving_touches_nobody_elses_draft(draft):
    other = drafts.begin({"answers": {}}, SUNDAY_NIGHT)
    actions.leave(token=Token(draft.token.lookup[::-1], draft.token.key), at=LATER)
    actions.leave(token=draft.token, at=LATER)
    assert drafts.open_draft(other.token, LATER)


def test_old_drafts_and_old_counts_of_wrong_codes_are_cleared_away(draft):
    fresh = drafts.begin({"answers": {}}, SUNDAY_NIGHT + timedelta(hours=20))
    WrongCode.objects.create(visitor=b"1" * 32, tries=3, latest_at=SUNDAY_NIGHT - timedelta(days=2))
    WrongCode.objects.create(visitor=b"2" * 32, tries=3, latest_at=SUNDAY_NIGHT)
    assert actions.purge_drafts(at=SUNDAY_NIGHT + timedelta(hours=20, minutes=1)) == 1
    assert [bytes(key) for key in Draft.objects.values_list("pk", flat=True)] == [fresh.token.row]
    assert WrongCode.objects.count() == 1


def test_leaving_removes_files_from_the_store_and_destroys_their_key(draft, picture, stored, on_commit):
    opened = drafts.open_draft(draft.token, LATER)
    item = actions.keep_draft_file(draft=opened, name="door.png", file=picture(), at=LATER)
    assert stored(item)
    with on_commit(execute=True):
        actions.leave(token=draft.token, at=LATER)
    assert not stored(item)
    assert not DraftFile.objects.exists()
    key = SealingKey.objects.get(pk=item.sealing_key_id)
    assert (key.wrapped, key.destroyed_at) == (None, LATER)


def test_one_file_can_be_taken_away_and_nobody_elses(draft, picture, on_commit):
    opened = drafts.open_draft(draft.token, LATER)
    item = actions.keep_draft_file(draft=opened, name="door.png", file=picture(), at=LATER)
    other = drafts.begin({"answers": {}}, SUNDAY_NIGHT)
    assert actions.forget_draft_file(draft=other, item_id=item.pk, at=LATER) is False
    again = drafts.open_draft(draft.token, LATER)
    assert actions.files_of(again) == [item]
    assert actions.forget_draft_file(draft=again, item_id=item.pk, at=LATER) is True
    assert actions.files_of(again) == []


def test_a_file_for_a_visit_that_has_ended_is_not_kept(draft, picture):
    opened = drafts.open_draft(draft.token, LATER)
    actions.leave(token=draft.token, at=LATER)
    assert actions.keep_draft_file(draft=opened, name="door.png", file=picture(), at=LATER) is None
    assert not SealingKey.objects.exists()
