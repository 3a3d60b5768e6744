"""Refuses every connection of a test that would leave this machine."""

import ipaddress
import sys

_switch = {"on": False}


class LeavesTheMachine(AssertionError):
    """A test tried to reach another machine."""


def guard() -> None:
    """Switch the guard on for the rest of this process (an audit hook cannot be taken off)."""
    if not _switch["on"]:
        _switch["on"] = True
        sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not _is_here(arguments[1][0]):
        raise LeavesTheMachine(f"A test tried to connect to {arguments[1]!r}: only this machine may be reached.")
    if event == "socket.getaddrinfo" and arguments[0] is not None and not _is_here(arguments[0]):
        raise LeavesTheMachine(f"A test tried to look up {arguments[0]!r}: only this machine may be reached.")


def _is_here(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
