"""Scanners to talk to: Debian's clamd with one signature of our own, and a listener that answers what it is told."""

import contextlib
import os
import shutil
import socket
import subprocess
import threading
import time

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = shutil.which("clamd", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))


@contextlib.contextmanager
def running(folder, longest="30M"):
    """A real clamd that knows the EICAR test file alone; gives its address."""
    assert CLAMD, "clamd is missing: install Debian's package clamav-daemon, or set HAVEN_TEST_SCANNER=0."
    database = folder / "signatures"
    database.mkdir()
    (database / "test.ndb").write_text(f"Haven.Test.Eicar:0:*:{EICAR[28:].hex()}\n")
    place = folder / "clamd.sock"
    settings = [
        *(f"DatabaseDirectory {database}", f"LocalSocket {place}", f"TemporaryDirectory {folder}"),
        *("Foreground yes", "MaxThreads 2", f"LogFile {folder}/log", f"StreamMaxLength {longest}"),
        *(("User root",) if os.getuid() == 0 else ()),
    ]
    (folder / "clamd.conf").write_text("\n".join(settings) + "\n")
    process = subprocess.Popen(
        [CLAMD, "--config-file", folder / "clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(place, process)
        yield f"unix:{place}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(place, process):
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(place))
            return
        time.sleep(0.2)
    raise AssertionError(f"clamd did not start: {(place.parent / 'log').read_text()[-2000:]}")


class Listener:
    """A scanner that answers `answer` once it has heard `hears` (None: everything), or never."""

    def __init__(self, answer, *, hears=None, silent=False):
        self.answer, self.hears, self.silent = answer, hears, silent
        self.heard = b""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    @property
    def address(self):
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._socket.close()
        self._thread.join(10)

    def _serve(self):
        connection, _ = self._socket.accept()
        with connection:
            while not self._heard_enough():
                piece = connection.recv(65536)
                if not piece:
                    break
                self.heard += piece
            if self.silent:
                self._done.wait(10)
            else:
                with contextlib.suppress(OSError):
                    connection.sendall(self.answer)

    def _heard_enough(self):
        if self.hears is not None:
            return len(self.heard) >= self.hears
        return self.heard.endswith(b"\0\0\0\0")
