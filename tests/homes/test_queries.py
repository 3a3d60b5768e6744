"""Where our homes are, however somebody types it."""

import pytest

from haven.homes import queries
from tests.cases import cast


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ne1 4st", "NE1 4ST"), ("NE14ST", "NE1 4ST"), (" n e1-4st ", "NE1 4ST"), ("SW1A1AA", "SW1A 1AA"),
        ("M1 1AE", "M1 1AE"), ("", ""), ("NE1", ""), ("nonsense", ""), ("NE1 4ST 5", ""), ("🙂", ""), ("x" * 10_000, ""),
    ],
)  # fmt: skip
def test_a_postcode_is_read_however_it_was_typed(typed, meant):
    assert queries.as_postcode(typed) == meant


@pytest.mark.django_db
class TestHomes:
    @pytest.fixture
    def street(self):
        return [cast.home("Larch Road", number, "ZZ1 1AA") for number in ("10", "2", "2A", "1")]

    def test_homes_at_a_postcode_stand_in_the_order_of_the_street(self, street):
        cast.home("Elm Row", "1", "ZZ1 1AB")
        assert [home.paon for home in queries.at_postcode("zz11aa")] == ["1", "2", "2A", "10"]

    def test_a_part_of_a_postcode_finds_nothing(self, street):
        assert queries.at_postcode("ZZ1") == []

    def test_at_most_a_hundred_are_returned(self):
        for number in range(103):
            cast.home("Long Lane", str(number), "ZZ2 2ZZ")
        assert len(queries.at_postcode("ZZ2 2ZZ")) == 100

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("Larch Road", ["1", "2", "2A", "10"]), ("larch", ["1", "2", "2A", "10"]), ("2 Larch Road", ["2"]),
            ("2a larch", ["2A"]), ("10, Larch Road, ZZ1 1AA", ["10"]), ("99 Larch Road", []), ("la", []), ("%", []),
            ("arch", []), ("", []),
        ],
    )  # fmt: skip
    def test_an_address_is_found_by_number_and_beginning_of_the_street(self, street, typed, found):
        assert [home.paon for home in queries.at_address(typed)] == found

    def test_a_home_is_found_by_its_uprn(self, street):
        home = street[0]
        assert queries.with_uprn(home.uprn) == home
        assert queries.with_uprn(home.uprn.lstrip("0")) == home
        assert queries.with_uprn("no") is None
