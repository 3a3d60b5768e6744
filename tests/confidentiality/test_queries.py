"""What must not be in a text is gathered from every row of a case that could tell it."""

import pytest

from haven.cases.models import CasePerson, Incident
from haven.confidentiality import actions
from haven.confidentiality.models import Check
from haven.confidentiality.queries import latest_check, names_within, protected_in
from haven.confidentiality.shield import scan
from haven.kernel.decision import Refused
from haven.people.models import Person, SafeContact
from haven.reports.models import Addition, Report
from tests.cases import cast as people
from tests.interventions import cast

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.3.3")]


@pytest.fixture
def worker(db):
    return people.caseworker(people.team("Tyne"), name="Ada Worker")


@pytest.fixture
def case(worker):
    return cast.case(worker)


def found(case, text):
    protected = protected_in(case, recipients=[cast.subject(case)])
    return {each.kind.value for each in scan(text, protected)}


def test_everybody_but_the_recipient_is_protected_even_when_their_part_has_ended(case, worker):
    others = {"Kay Lin": "witness", "Ngozi Mensah": "reporter", "Selam Haile": "household", "Ifrah Jama": "advocate"}
    for name, part in others.items():
        CasePerson.objects.create(case=case, person=people.person(name, origin="told"), part=part, since=cast.AT)
    CasePerson.objects.filter(case=case, part="witness").update(until=cast.AT)
    for name in ("Amina", "Yusuf", "Kay", "Ngozi", "Haile", "Ifrah"):
        assert found(case, f"We spoke with {name} then.") == {"name"}, name
    assert found(case, "Dear Dean Hall, this is for you.") == set()


def test_the_household_at_their_door_is_protected_too(case):
    people.tenant(case.home, name="Zainab Qureshi")
    assert found(case, "Zainab saw it.") == {"name"}


def test_other_records_of_one_person_are_protected_too(case):
    mother = cast.mother(case)
    other = people.person("Mimi Barzinji", origin="told")
    Person.objects.filter(pk=other.pk).update(same_as=mother)
    assert found(case, "Mimi saw it.") == {"name"}


def test_addresses_numbers_and_ways_of_contact(case):
    mother = cast.mother(case)
    mother.telephone, mother.email = "07700 900123", "amina.y@mail.example"
    mother.save()
    details = {"number": "07700 900456", "email": "safe.place@post.example", "code_word": "blue heron"}
    details["name_to_use"] = "Ask for Mina"
    SafeContact.objects.create(person=mother, at=cast.AT, details=details)
    for text, kind in (
        ("24 Larch Road", "address"), ("ZZ1 4ST", "address"), ("07700 900123", "telephone"), ("07700 900 456", "telephone"),
        ("amina.y@mail.example", "email"), ("safe.place@post.example", "email"), ("blue heron", "word"), ("Mina", "name"),
    ):  # fmt: skip
        assert found(case, f"It is {text}."), text
        assert kind in found(case, f"It is {text}."), text
    assert found(case, "Your home at 7 Birch Way, ZZ1 1AA.") == set()


def test_days_and_hours_of_occasions_and_reports(case):
    for text in ("on Sunday", "at 21:40", "on 22 November", "on 23 November at 10am"):
        assert found(case, f"You did it {text}."), text
    assert found(case, "You did it on 3 March.") == set()
    Incident.objects.create(
        case=case, types=["VERBAL"], happened_from=cast.NIGHT - 5 * cast.DAY, happened_to=cast.NIGHT - 2 * cast.DAY,
        recorded_at=cast.AT,
    )  # fmt: skip
    assert found(case, "You did it on 19 November.") == {"date"}


def test_words_of_reports_additions_and_answers(case):
    report = Report.objects.get()
    Addition.objects.create(report=report, at=cast.AT, language="en", words="He also stole my hollyhocks.")
    assert found(case, "You broke a samovar and trampled hollyhocks.") == {"word"}
    assert found(case, "You said go back where you came from.") == {"phrase"}


def test_what_was_said_elsewhere_and_the_landlords_own_words(case):
    protected = protected_in(
        case, recipients=[cast.subject(case)], accounts=["Leave my trellis alone, please."], ordinary=["samovar"]
    )
    assert {each.words for each in scan("The trellis and the samovar.", protected)} == {"trellis"}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Say you are from the library", ""), ("Ask for Mina", "Mina"), ("mina", "mina"), ("May", "May"),
        ("Ask for the surgery", ""), ("", ""), ("Mrs Yusuf", "Yusuf"), ("ask for mina", "mina"),
    ],
)  # fmt: skip
def test_names_are_found_in_notes(said, names):
    assert names_within(said) == names


def test_a_check_is_of_one_text_and_cleared_by_a_second_person(case, worker):
    other = people.caseworker(worker.team)
    protected = protected_in(case, recipients=[cast.subject(case)])
    given = {"case": case, "parts": {"a": "Amina.", "b": "Nothing."}, "text_hash": "h1", "protected": protected}
    check = actions.check_text(**given, written_by=worker, by=worker, at=cast.AT)
    assert (check.found, check.findings[0]["part"], check.findings[0]["words"]) == (1, "a", "Amina")
    assert (latest_check(case, "h1"), latest_check(case, "h2")) == (check, None)
    with pytest.raises(Refused, match="Whoever wrote"):
        actions.clear_finding(check=check, number=0, reason="R", by=worker, at=cast.AT)
    actions.clear_finding(check=check, number=0, reason="R", by=other, at=cast.AT)
    for number in (0, 1, -1):
        with pytest.raises(Refused):
            actions.clear_finding(check=check, number=number, reason="R", by=other, at=cast.AT)
    assert Check.objects.get().clearings.count() == 1
