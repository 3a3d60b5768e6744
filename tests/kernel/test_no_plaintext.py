"""After a full report, its case and its messages, no column of any table and no stored file holds a word that was told.

Every text field of what can be told is planted with a word of its own, so a field that somebody adds later is tried by
itself. Words are looked for as text, in any letter case, and as bytes, in the database's own dump of each row.
"""

import dataclasses
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from haven.cases import actions as cases
from haven.correspondence import actions as messages
from haven.evidence import actions as evidence
from haven.kernel.models import SealingKey
from haven.kernel.references import new_code
from haven.reports import drafts
from haven.reports.actions import following, receiving
from haven.reports.told import NeedsTold, SafeWays, Someone, Told
from tests.cases import cast

AT = datetime(2026, 11, 22, 18, tzinfo=UTC)
pytestmark = pytest.mark.django_db

# Fields that hold a code of the policy pack, a language or a yes and no, never anybody's words.
CODES = {
    "language", "role", "harmed_knows", "when_kind", "place", "history", "getting_worse", "responsible_home",
    "children", "evidence", "evidence_at_risk", "police_told", "relation", "authority", "has_key", "weapons", "spoken",
    "written", "interpreter",
}  # fmt: skip


class Planted:
    """Makes words that occur nowhere else and remembers them."""

    def __init__(self):
        self.words = []

    def word(self, where):
        self.words.append(f"Zq{len(self.words):03d}{where.replace('_', '')}XyŻ")
        return self.words[-1]

    def into(self, kind, **more):
        """Return one of the dataclasses of a report with a word in every text field."""
        texts = [
            f.name for f in dataclasses.fields(kind) if f.type == "str" and f.name not in CODES and f.name not in more
        ]
        return kind(**{name: self.word(f"{kind.__name__}{name}") for name in texts}, **more)

    def somebody(self):
        return self.into(Someone, ways=self.into(SafeWays), needs=self.into(NeedsTold))


@pytest.fixture
def planted():
    return Planted()


@pytest.fixture
def files(settings, tmp_path):
    settings.HAVEN_DATA = tmp_path
    return tmp_path / "files"


@pytest.fixture
def told(planted, files):
    """Everything that Haven can be told in this way: a report, what follows, a case, messages, a draft."""
    code, key = new_code(), SealingKey.objects.create_for("report")
    team = cast.team()
    worker, second, later = cast.caseworker(team), cast.manager(team), AT + timedelta(hours=1)
    item = evidence.keep(
        sealing_key=key,
        name=f"{planted.word('filename')}.txt",
        file=io.BytesIO(planted.word("filecontent").encode()),
        by=worker,
        at=AT,
    )
    report = receiving.receive_report(
        told=planted.into(
            Told,
            danger=("NONE",),
            role="victim",
            reporter=planted.somebody(),
            harmed=planted.somebody(),
            responsible=(planted.somebody(),),
            witnesses=(planted.somebody(),),
            answers={"asked": planted.word("answer"), "list": [planted.word("answerinalist")]},
        ),
        channel="WEB_FORM",
        code=code,
        sealing_key=key,
        items=[item],
        received_at=AT,
        by=worker,
        at=AT,
    )
    planted.words += [code, f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:]}"]
    following.add_to_report(report=report, words=planted.word("addition"), language="en", by=report, at=AT)
    following.change_safe_contact(report=report, ways=planted.into(SafeWays), by=report, at=AT)
    messages.post_update(report=report, words=planted.word("update"), language="en", by=worker, at=later)
    asked = messages.ask_question(report=report, words=planted.word("question"), language="en", by=worker, at=later)
    messages.answer_question(question=asked, words=planted.word("answered"), language="en", by=report, at=later)
    case = cases.open_case(
        report=report, seen=cast.seen(report), team=team, summary=planted.word("summary"), by=worker, at=later
    )
    told_then = cases.OccasionTold(summary=planted.word("occasion"))
    cases.record_incident(case=case, told=told_then, by=worker, at=later)
    cases.record_finding(
        case=case, source="landlord", value="hate", grounds=planted.word("grounds") + " is why.", by=worker, at=later
    )
    cases.add_new_person(
        case=case,
        part="witness",
        **{name: planted.word(name) for name in ("name", "also_known_as", "description", "telephone", "email")},
        by=worker,
        at=later,
    )
    other = cast.report(team=team, account=planted.word("secondaccount"))
    left = cases.leave_without_case(
        report=other,
        seen=cast.seen(other),
        reason=planted.word("reason") + " and so on, at length.",
        by=worker,
        at=later,
    )
    cases.review_decision(decision=left, is_upheld=True, reason=planted.word("review") + " too.", by=second, at=later)
    drafts.begin({"answers": {"account": planted.word("draft")}}, AT)
    return report


def tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def found_in(table, words):
    """The words that any column of any row shows: as text in any letter case, as JSON escapes, or as bytes."""
    shapes = {}
    for word in words:
        for shape in (word, word.lower(), word.encode("unicode_escape").decode(), word.encode().hex()):
            shapes[shape.lower()] = word
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT lower(string_agg(row::text, chr(10))) FROM "{table}" AS row')
        (dump,) = cursor.fetchone()
    return {word for shape, word in shapes.items() if shape in (dump or "")}


def test_no_column_of_any_table_holds_a_word_that_was_told(told, planted):
    assert len(planted.words) > 90
    assert len(tables()) > 40
    assert {table: found for table in tables() if (found := found_in(table, planted.words))} == {}


def test_no_stored_file_holds_a_word_that_was_told(told, planted, files):
    content = b"".join(path.read_bytes() for path in files.rglob("*") if path.is_file())
    assert content
    assert not [word for word in planted.words if word.encode() in content]
    assert not [word for word in planted.words for path in files.rglob("*") if word in str(path)]


def test_the_words_are_there_all_the_same(told, planted):
    """The search is only worth something if everything planted was really kept."""
    account = next(word for word in planted.words if "Toldaccount" in word)
    assert told.account == account
    assert told.additions.get().words in planted.words
    assert told.items.get().given_name.removesuffix(".txt") in planted.words
    assert all(link.person.name in planted.words for link in told.persons.select_related("person"))
    assert told.persons.count() == 4


def test_the_search_sees_a_word_that_is_there_in_any_form(planted):
    word, hidden = planted.word("here"), planted.word("bytes")
    key = SealingKey.objects.create_for("report")
    SealingKey.objects.filter(pk=key.pk).update(kind=word[:20], wrapped=hidden.encode())
    assert found_in("kernel_sealingkey", [word[:20], hidden]) == {word[:20], hidden}
