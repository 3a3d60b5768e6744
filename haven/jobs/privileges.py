"""Runs PostgreSQL's programs as anybody but root, which they refuse, and binds a child's life to its parent's."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def unprivileged() -> tuple[str, ...]:
    """What to put before a program so that it does not run as root; nothing when we are not root ourselves.

    A user namespace is best: no other account is touched. Where the machine refuses one, as containers often do, the
    program runs as another account that keeps a single power of root's, to pass through private folders; without the
    secure bit access(2), with which PostgreSQL looks for its own programs, would leave that power out.
    """
    if os.geteuid() != 0:
        return ()
    return _namespace() if namespace_is_allowed() else _other_account()


def _namespace() -> tuple[str, ...]:
    person = ordinary_person()
    return ("unshare", "--user", f"--map-user={person.pw_uid}", f"--map-group={person.pw_gid}")


def _other_account() -> tuple[str, ...]:
    person = ordinary_person()
    power = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup")
    return ("setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups", *power)


def ending_with_parent(order: tuple[str, ...], how: signal.Signals) -> tuple[str, ...]:
    """Let setpriv bind the life of what it starts: changing the account takes an earlier bond away."""
    return (*order, "--pdeathsig", how.name.removeprefix("SIG")) if order[:1] == ("setpriv",) else order


@cache
def namespace_is_allowed() -> bool:
    """Say whether this machine lets root make a user namespace."""
    with contextlib.suppress(OSError):
        return subprocess.run([*_namespace(), "true"], capture_output=True, check=False).returncode == 0
    return False


def ordinary_person() -> pwd.struct_passwd:
    """Some account of this machine that is not root: initdb wants the account that it runs as to have a name."""
    for number in (1000, 65534):
        with contextlib.suppress(KeyError):
            return pwd.getpwuid(number)
    return next(person for person in pwd.getpwall() if person.pw_uid != 0)


def hand_over(path: Path) -> None:
    """Give a path to the account that PostgreSQL runs as, when that is really another account."""
    if unprivileged()[:1] == ("setpriv",):
        person = ordinary_person()
        for each in [path, *path.rglob("*")]:
            os.chown(each, person.pw_uid, person.pw_gid, follow_symlinks=False)


def end_with_parent(how: signal.Signals) -> Callable[[], None]:
    """For a child process: be sent this signal by the kernel when the parent dies, however it dies."""
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return bind
