"""Fifty people press send at the same moment; and one person presses twenty times."""

import threading

import pytest

from tests.crash.client import TOKEN, Client, Told

PEOPLE, PRESSES = 50, 20


@pytest.fixture(scope="module")
def haven(live_haven):
    """A real Haven on an empty database."""
    return live_haven()


def all_at_once(acts):
    """Do all of these in the same moment; return what each gave, or what it raised."""
    barrier = threading.Barrier(len(acts))
    given = [None] * len(acts)

    def do(number, act):
        barrier.wait()
        try:
            given[number] = act()
        except Exception as problem:
            given[number] = problem

    threads = [threading.Thread(target=do, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def sender(port, number):
    """Somebody who has written a report, and stands before the button."""
    client, told = Client(port), Told(f"mark {number}", False, False, False)
    client.write(told)
    client.close()
    return client, told


def test_fifty_at_once_are_accepted_with_fifty_references(haven):
    people = [sender(haven.port, number) for number in range(PEOPLE)]
    assert all_at_once([lambda each=each: each[0].send(each[1]) for each in people]) == [None] * PEOPLE
    for client, _told in people:
        client.close()
    assert sum(client.unanswered for client, _told in people) == 0
    assert len({told.shown[0][0] for _client, told in people}) == PEOPLE
    assert len({told.shown[0][1] for _client, told in people}) == PEOPLE


def test_twenty_presses_of_one_person_send_one_report(haven):
    first, _told = sender(haven.port, "twenty")
    page = first.ask("GET", "/check")[1]
    body = f"csrfmiddlewaretoken={TOKEN.search(page)[1]}".encode()
    receipts = []

    def press():
        client, told = Client(haven.port), Told("twenty", False, False, False)
        client.cookies.update(first.cookies)
        status, _page, where = client.ask("POST", "/check", body)
        client.look(told)
        client.close()
        receipts.extend(told.shown)
        return status, where

    first.close()
    assert all_at_once([press] * PRESSES) == [(302, "/done")] * PRESSES
    assert len(set(receipts)) == 1
