"""Tests reach this machine only."""

import socket

import pytest

from tests.machinery.network import LeavesTheMachine


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("198.51.100.7", 443)])
def test_another_machine_is_refused(address):
    with socket.socket() as somebody, pytest.raises(LeavesTheMachine):
        somebody.connect(address)


@pytest.mark.parametrize("name", ["haven.example", "www.gov.uk", "192.0.2.1"])
def test_looking_a_name_up_is_refused(name):
    with pytest.raises(LeavesTheMachine):
        socket.getaddrinfo(name, 80)


def test_this_machine_is_allowed():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname(), timeout=2) as visit:
            assert visit.getpeername() == listening.getsockname()
    assert socket.getaddrinfo("localhost", 80)
