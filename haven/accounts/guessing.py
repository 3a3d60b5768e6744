"""Slowing down whoever guesses passwords and codes (docs/adr/0007-sign-in.md).

Every guess is counted before it is looked at, under a row lock, so that a hundred at once count as a hundred. Nobody is
locked out: wrong guesses in a row make the next one wait, a quarter of an hour at most. A device that has signed in to
an account before is counted by itself, so that a stranger's guesses do not slow its owner. Addresses and accounts are
kept as keyed hashes only, and an account that does not exist is counted like any other.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from haven.accounts.models import Guesses
from haven.accounts.rules import ACCOUNT, HERE, PLACE, Patience, failures_counted, next_guess_at
from haven.kernel.sealing import keyed_hash


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that is counted, and how patient Haven is with it."""

    key: str
    patience: Patience
    is_own: bool


def counted_for(*, account: str, address: str, device: str = "", secret: str = "password") -> tuple[Counted, ...]:
    """Return what a guess counts against: the device alone where it is known, else account here, account, and place."""
    if device:
        return (Counted(_key(secret, "device", account, device), HERE, is_own=True),)
    place = place_of(address)
    return (
        Counted(_key(secret, "here", account, place), HERE, is_own=True),
        Counted(_key(secret, "account", account), ACCOUNT, is_own=False),
        Counted(_key("any", "place", place), PLACE, is_own=False),
    )


def counted_for_place(*, address: str) -> tuple[Counted, ...]:
    """Return what a guess counts against that names no account (a passkey, a link): the place only."""
    return (Counted(_key("any", "place", place_of(address)), PLACE, is_own=False),)


def place_of(address: str) -> str:
    """Return what counts as one place: an IPv4 address, or the /64 network that one household or office is given."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def wait_or_count(counted: tuple[Counted, ...], *, at: datetime) -> timedelta:
    """Count a guess as wrong and return no wait, or count nothing and return how long the next guess must wait.

    Call `was_right` afterwards if it was right. Not an act: it writes counts only; the act that follows is recorded.
    """
    with transaction.atomic():
        rows = _locked(counted, at)
        waits = [_wait(rows[each.key], each.patience, at) for each in counted]
        if max(waits) > timedelta():
            return max(waits)
        for each in counted:
            row = rows[each.key]
            before = failures_counted(each.patience, failures=row.failures, last_at=row.last_at, at=at)
            Guesses.objects.filter(key=each.key).update(failures=before + 1, last_at=at)
    return timedelta()


def waiting(counted: tuple[Counted, ...], *, at: datetime) -> timedelta:
    """Return how long the next guess must wait, without counting one."""
    rows = {row.key: row for row in Guesses.objects.filter(key__in=[each.key for each in counted])}
    return max((_wait(rows[each.key], each.patience, at) for each in counted if each.key in rows), default=timedelta())


def was_right(counted: tuple[Counted, ...]) -> None:
    """Forget the guesses of whoever got it right: all of their own, and the one just counted against shared places."""
    with transaction.atomic(), connection.cursor() as cursor:
        own = [each.key for each in counted if each.is_own]
        shared = sorted(each.key for each in counted if not each.is_own)
        Guesses.objects.filter(key__in=own).delete()
        for key in shared:
            cursor.execute("UPDATE accounts_guesses SET failures = greatest(failures - 1, 0) WHERE key = %s", [key])


def forget_old(*, at: datetime) -> int:
    """Delete counts of more than a day ago, which no longer slow anybody; returns how many."""
    return Guesses.objects.filter(last_at__lt=at - timedelta(days=1)).delete()[0]


def _locked(counted: tuple[Counted, ...], at: datetime) -> dict[str, Guesses]:
    keys = sorted(each.key for each in counted)
    Guesses.objects.bulk_create([Guesses(key=key, last_at=at) for key in keys], ignore_conflicts=True)
    return {row.key: row for row in Guesses.objects.select_for_update().filter(key__in=keys).order_by("key")}


def _wait(row: Guesses, patience: Patience, at: datetime) -> timedelta:
    return next_guess_at(patience, failures=row.failures, last_at=row.last_at, at=at) - at


def _key(*parts: str) -> str:
    return keyed_hash("guesses", "\0".join(parts)).hex()
