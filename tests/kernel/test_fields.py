"""Sealed columns: ciphertext in the database, words in the program, and no way round."""

import json
from datetime import UTC, datetime

import pytest
from django.core import serializers
from django.db import connection, transaction

from haven.kernel.fields import SealedTextField
from haven.kernel.models import SealingKey
from haven.kernel.sealing import Unreadable, seal
from haven.people.models import Needs, Person, SafeContact
from tests.kernel.test_sealing import HARD_TEXTS

AT = datetime(2026, 11, 22, 18, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def person(**fields):
    """Somebody with a key of their own."""
    return Person.objects.create(
        sealing_key=SealingKey.objects.create_for("person"), origin="told", created_at=AT, **fields
    )


def raw(row, column):
    """What the database really holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


@pytest.mark.parametrize("text", HARD_TEXTS, ids=lambda text: ascii(text[:12]))
def test_text_comes_back_as_it_was_told(text):
    made = person(description=text)
    assert Person.objects.get(pk=made.pk).description == text
    assert text.encode() not in raw(made, "description") or not text


@pytest.mark.parametrize(
    "value", [{}, [], {"hours": ["09:00", None], "words": "\0 🏳️‍🌈 \u202e", "n": 1.5, "yes": True}, "text", 0]
)
def test_json_comes_back_as_it_was(value):
    made = SafeContact.objects.create(person=person(), at=AT, details=value)
    assert SafeContact.objects.get(pk=made.pk).details == value


def test_null_and_the_empty_text_stay_apart():
    made = person(name=None, description="")
    assert raw(made, "name") is None
    assert len(raw(made, "description")) == 28
    again = Person.objects.get(pk=made.pk)
    assert (again.name, again.description) == (None, "")


def test_a_lone_surrogate_is_refused_before_anything_is_written():
    before = Person.objects.count()
    with pytest.raises(UnicodeEncodeError), transaction.atomic():
        person(description="\ud800")
    assert Person.objects.count() == before


@pytest.mark.parametrize("value", [b"bytes", 12, AT, ["a"]])
def test_only_text_is_sealed_as_text(value):
    with pytest.raises(TypeError), transaction.atomic():
        person(description=value)


def test_a_value_sealed_for_another_column_does_not_open():
    made = person(name="Ama", description="tall")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = description WHERE id = %s", [made.pk])
    with pytest.raises(Unreadable):
        _ = Person.objects.get(pk=made.pk).name


def test_a_value_of_another_record_does_not_open():
    ours, theirs = person(name="Ama"), person(name="Bev")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET name = (SELECT name FROM people_person WHERE id = %s) WHERE id = %s",
            [theirs.pk, ours.pk],
        )
    with pytest.raises(Unreadable):
        _ = Person.objects.get(pk=ours.pk).name


def test_a_flipped_bit_is_noticed():
    made = person(name="Ama")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET name = set_bit(name, 120, 1 - get_bit(name, 120)) WHERE id = %s", [made.pk]
        )
    with pytest.raises(Unreadable):
        _ = Person.objects.get(pk=made.pk).name


def test_a_destroyed_key_leaves_dates_and_codes_but_no_words():
    made = person(name="Ama")
    made.sealing_key.destroy(at=AT)
    again = Person.objects.get(pk=made.pk)
    assert again.created_at == AT
    with pytest.raises(Unreadable):
        _ = again.name


def test_opening_what_was_read_before_the_key_was_destroyed_fails_in_the_next_request():
    made = person(name="Ama")
    loaded = Person.objects.get(pk=made.pk)
    SealingKey.objects.get(pk=made.sealing_key_id).destroy(at=AT)
    with pytest.raises(Unreadable):
        _ = loaded.name


def test_a_list_that_does_not_show_a_name_never_opens_it(django_assert_num_queries):
    for _ in range(3):
        person(name="Ama")
    with django_assert_num_queries(1):
        assert [p.origin for p in Person.objects.all()] == ["told"] * 3


def test_a_deferred_column_is_loaded_alone_and_opened(django_assert_num_queries):
    made = person(name="Ama", description="tall")
    loaded = Person.objects.select_related("sealing_key").defer("name", "description").get(pk=made.pk)
    with django_assert_num_queries(1):
        assert loaded.name == "Ama"
    assert "description" in loaded.get_deferred_fields()


def test_saving_a_row_with_a_deferred_column_keeps_it():
    made = person(name="Ama", description="tall")
    loaded = Person.objects.defer("description").get(pk=made.pk)
    loaded.telephone = "0191 498 0001"
    loaded.save()
    assert Person.objects.get(pk=made.pk).description == "tall"


def test_refreshing_reads_what_others_wrote():
    made = person(name="Ama")
    other = Person.objects.get(pk=made.pk)
    other.name = "Amara"
    other.save()
    made.refresh_from_db()
    assert made.name == "Amara"
    other.name = "Amy"
    other.save()
    made.refresh_from_db(fields=["name"])
    assert made.name == "Amy"


def test_saving_what_was_never_opened_keeps_the_very_same_ciphertext():
    made = person(name="Ama")
    before = raw(made, "description"), raw(made, "name")
    loaded = Needs.objects.create(person=made, at=AT, other="quiet room")
    sealed = raw(loaded, "other")
    again = Needs.objects.get(pk=loaded.pk)
    again.spoken = "fa"
    again.save()
    assert raw(loaded, "other") == sealed
    assert (raw(made, "description"), raw(made, "name")) == before


def test_many_rows_made_at_once_are_sealed_each():
    owner = person()
    made = Needs.objects.bulk_create([Needs(person=owner, at=AT, other=f"need {n}") for n in range(3)])
    assert [n.other for n in Needs.objects.order_by("pk")] == ["need 0", "need 1", "need 2"]
    assert all(b"need" not in raw(n, "other") for n in made)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Person.objects.update(name="plain"),
        lambda: Person.objects.update(name=b"plain"),
        lambda: Person.objects.filter(name="plain").exists(),
        lambda: Person.objects.get_or_create(name="plain"),
        lambda: Person.objects.bulk_update(Person.objects.all(), ["name"]),
    ],
    ids=["update", "update with bytes", "filter", "get_or_create", "bulk_update"],
)
def test_no_way_round_writes_or_compares_plain_words(attempt):
    person(name="Ama")
    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        attempt()
    assert Person.objects.get().name == "Ama"


def test_checking_a_row_does_not_change_its_words():
    made = person(name="QW1h")
    made.clean_fields(exclude={field.name for field in Person._meta.fields} - {"name"})
    assert made.name == "QW1h"


def test_rows_are_not_written_out_in_plain():
    person(name="Ama")
    with pytest.raises(TypeError):
        serializers.serialize("json", Person.objects.all())


def test_an_annotated_column_is_still_closed():
    person(name="Ama")
    value = Person.objects.values_list("name", flat=True).get()
    assert "Ama" not in repr(value)
    assert not isinstance(value, str)


def test_a_column_that_may_not_be_empty_is_sealed_empty():
    field = SealedTextField()
    assert field.get_default() == ""
    assert SealedTextField(null=True, default="x").get_default() == "x"
    assert SealedTextField(null=True).get_default() is None


def test_what_the_bench_seals_by_itself_opens_in_the_model():
    made = person()
    sealed = seal(made.sealing_key.record_key(), json.dumps({"a": 1}).encode(), "people.safecontact.details")
    contact = SafeContact.objects.create(person=made, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_safecontact SET details = %s WHERE id = %s", [sealed, contact.pk])
    assert SafeContact.objects.get(pk=contact.pk).details == {"a": 1}
