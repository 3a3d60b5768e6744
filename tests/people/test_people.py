"""People: names that meet, safe contact and needs in versions, one person under several records."""

import pytest

from haven.kernel.decision import Refused
from haven.people import actions, queries
from haven.people.actions import NeedsSaid, Ways
from haven.people.choices import Safe
from tests.cases import cast


@pytest.mark.django_db
class TestRecords:
    @pytest.fixture
    def worker(self):
        return cast.caseworker(cast.team())

    def test_names_meet_by_spelling_and_by_sound(self):
        amina, also, like, other = (
            cast.person(name) for name in ("Amina Yusuf", "amina YUSUF", "Ameena Yousuf", "Amina Khan")
        )
        found = {match.person.pk: match.why for match in queries.same_names([amina], list(queries.names_like([amina])))[amina.pk]}
        assert found == {also.pk: "same", like.pk: "sounds"}
        assert other.pk not in found

    def test_a_word_of_a_name_its_beginning_and_its_sound_are_found(self):
        person = cast.person("Mohammed Karim")
        for words in ("mohammed", "moham", "Muhammad", "karim mohammed", "KARIM"):
            assert list(queries.named_like(words)) == [person]
        for words in ("karim amina", "arim", "", "  "):
            assert list(queries.named_like(words)) == []

    def test_versions_are_added_and_the_latest_holds(self, worker, django_assert_num_queries):
        people = [cast.person(f"Person {n}") for n in range(3)]
        for hour in range(2):
            for person in people:
                ways = Ways(preferred="call", safe={"call": Safe.YES}, details={"number": f"01632 960 10{hour}"})
                actions.record_safe_contact(person=person, ways=ways, by=worker, at=cast.AT + hour * cast.HOUR)
                needs = NeedsSaid(spoken=("ar", "pl")[hour])
                actions.record_needs(person=person, needs=needs, by=worker, at=cast.AT + hour * cast.HOUR)
        ids = [person.pk for person in people]
        with django_assert_num_queries(2):
            contacts, needs = queries.latest_safe_contact(ids), queries.latest_needs(ids)
        assert {contact.details["number"] for contact in contacts.values()} == {"01632 960 101"}
        assert {need.spoken for need in needs.values()} == {"pl"}
        assert all(person.safe_contacts.count() == 2 for person in people)

    def test_what_nobody_said_is_not_known(self, worker):
        contact = actions.record_safe_contact(person=cast.person(), ways=Ways(), by=worker, at=cast.AT)
        assert {getattr(contact, way) for way in actions.WAYS} == {Safe.UNKNOWN}

    def test_an_unsafe_way_cannot_be_preferred(self, worker):
        with pytest.raises(Refused):
            actions.record_safe_contact(
                person=cast.person(), ways=Ways(preferred="letter", safe={"letter": Safe.NO}), by=worker, at=cast.AT
            )

    def test_records_of_one_person_are_counted_together_and_can_be_taken_apart(self, worker):
        first, second, third = (cast.person("Amina Yusuf") for _ in range(3))
        actions.confirm_same_person(person=first, same_as=second, by=worker, at=cast.AT)
        actions.confirm_same_person(person=third, same_as=first, by=worker, at=cast.AT)
        for each in (first, second, third):
            each.refresh_from_db()
        assert len({each.one_person for each in (first, second, third)}) == 1
        assert queries.group_of([third]) == {first.pk, second.pk, third.pk}
        with pytest.raises(Refused):
            actions.confirm_same_person(person=second, same_as=third, by=worker, at=cast.AT)
        root = next(each for each in (first, second, third) if each.same_as_id is None)
        actions.take_apart(person=root, by=worker, at=cast.AT)
        rest = [each for each in (first, second, third) if each != root]
        for each in rest:
            each.refresh_from_db()
        assert queries.group_of(rest[:1]) == {each.pk for each in rest}
        assert queries.group_of([root]) == {root.pk}

    def test_the_row_of_a_person_holds_no_readable_name(self):
        from django.db import connection

        person = cast.person("Amina Yusuf")
        with connection.cursor() as cursor:
            cursor.execute("SELECT people_person::text FROM people_person WHERE id = %s", [person.pk])
            row = cursor.fetchone()[0]
        assert b"Amina".hex() not in row
        assert "Amina" not in row
