"""Guessing is slowed by account and by place, exactly, and never by others' mistakes for one's own device."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from haven.accounts import guessing
from haven.accounts.models import Guesses
from haven.kernel import clock

NOW = clock.now()
OWNER = "owner@landlord.example"
HOME, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def guess(account=OWNER, address=HOME, device="", at=NOW, right=False):
    counted = guessing.counted_for(account=account, address=address, device=device)
    wait = guessing.wait_or_count(counted, at=at)
    if right and not wait:
        guessing.was_right(counted)
    return wait


@pytest.mark.django_db
def test_the_sixth_wrong_guess_waits_and_the_right_one_too():
    assert [guess() for _ in range(5)] == [timedelta()] * 5
    assert guess() == timedelta(minutes=1)
    assert guess(right=True) == timedelta(minutes=1)
    assert guess(at=NOW + timedelta(minutes=1), right=True) == timedelta()
    assert guess(at=NOW + timedelta(minutes=1)) == timedelta()


@pytest.mark.django_db
def test_waiting_guesses_are_not_counted_so_that_hammering_prolongs_nothing():
    for _ in range(5):
        guess()
    for _ in range(50):
        assert guess() == timedelta(minutes=1)


@pytest.mark.django_db
def test_a_stranger_elsewhere_does_not_slow_the_owner_here():
    for _ in range(30):
        guess(address=ELSEWHERE)
    assert guess(address=ELSEWHERE) > timedelta()
    assert guess(device="the owner's own", address=ELSEWHERE) == timedelta()


@pytest.mark.django_db
def test_many_strangers_together_slow_the_account_but_not_the_known_device():
    for number in range(40):
        guess(address=f"203.0.113.{number}")
    assert guess(address=HOME) == timedelta(minutes=1)
    assert guess(address=HOME, device="the owner's own") == timedelta()


@pytest.mark.django_db
def test_one_place_that_tries_many_accounts_is_slowed_for_minutes_only():
    for number in range(50):
        guess(account=f"{number}@landlord.example")
    wait = guess(account="one.more@landlord.example")
    assert timedelta() < wait <= timedelta(minutes=5)
    assert guess(account="one.more@landlord.example", address=ELSEWHERE) == timedelta()


@pytest.mark.django_db
def test_getting_it_right_takes_only_ones_own_guess_off_the_place():
    for number in range(20):
        guess(account=f"{number}@landlord.example")
    guess(right=True)
    place = guessing.counted_for_place(address=HOME)[0]
    assert Guesses.objects.get(key=place.key).failures == 20


@pytest.mark.django_db
def test_a_known_device_is_slowed_when_it_guesses_itself():
    for _ in range(5):
        guess(device="stolen laptop")
    assert guess(device="stolen laptop") == timedelta(minutes=1)


@pytest.mark.django_db
def test_neither_addresses_nor_accounts_are_kept():
    guess()
    kept = str(list(Guesses.objects.values()))
    assert OWNER not in kept
    assert HOME not in kept


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.8", False),
        ("not an address", "", True),
    ],
)
def test_what_counts_as_one_place(one, other, same):
    assert (guessing.place_of(one) == guessing.place_of(other)) is same


@pytest.mark.django_db
def test_counts_of_yesterday_are_deleted():
    guess(at=NOW - timedelta(days=2), account="old@landlord.example", address=ELSEWHERE)
    guess()
    assert guessing.forget_old(at=NOW) > 0
    assert set(Guesses.objects.values_list("last_at", flat=True)) == {NOW}


def test_a_hundred_guesses_at_once_count_as_a_hundred(fresh_database):
    passed, lock = [], threading.Lock()

    def hammer():
        for _ in range(10):
            if not guess():
                with lock:
                    passed.append(1)
        connection.close()

    threads = [threading.Thread(target=hammer) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(passed) == 5
