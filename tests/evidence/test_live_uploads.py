"""Uploads over real HTTP: bounded memory, nothing plain on a disk, the words safe, endless bodies ended."""

import http.client
import re
import socket
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from haven.reports import questions
from tests.evidence import samples

WORDS = "They threw a brick through our window."
FILES = next(page.number for page in questions.pages() if page.code == "files")


@pytest.fixture(scope="module")
def haven(live_haven):
    return live_haven(HAVEN_WEB_PROCESSES="1", HAVEN_WEB_THREADS="8")


class Visitor:
    """Somebody filling in the form, over HTTP."""

    def __init__(self, url):
        self.http = httpx.Client(base_url=url, follow_redirects=True, timeout=60)
        self.http.get("/code")
        self.post("/p/1", {"danger": "NONE"})
        self.post("/p/3", {"account": WORDS})

    def post(self, path, data, **more):
        return self.http.post(path, data={"csrfmiddlewaretoken": self.http.cookies["token"], **data}, **more)

    def give(self, *contents, **data):
        files = [("files", (f"{n}.jpg", content, "image/jpeg")) for n, content in enumerate(contents)]
        return self.post(f"/p/{FILES}", {"go": "stay", **data}, files=files)

    def close(self):
        self.http.close()

    def send(self):
        page = self.post("/check", {})
        return re.search(r"HV-\w{4}-\w{3}", page.text)[0]


@pytest.fixture
def come(haven):
    """Let another visitor come to the form."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(Visitor(haven.url)))


def memory_of(haven):
    """The memory of the web processes together, in bytes."""
    group = haven.processes["web"].pid
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            total += int(fields[21]) * 4096
    return total


def plain_copies(marker, *folders):
    """Every file under these folders that holds the marker."""
    found = []
    for folder in folders:
        for path in Path(folder).rglob("*"):
            try:
                if path.is_file() and marker in path.read_bytes():
                    found.append(path)
            except OSError:
                continue
    return found


def test_a_picture_arrives_and_no_plain_copy_of_it_is_on_any_disk(haven, come):
    marker = b"HAVEN-MARKER-" + b"7" * 30
    visitor = come()
    page = visitor.give(samples.picture(comment=marker, size=(2000, 1500), quality=100))
    assert "0.jpg" in page.text
    assert visitor.send()
    assert plain_copies(marker, haven.log.parent, haven.place.folder) == []


def test_a_file_over_the_limit_is_refused_and_the_report_is_taken(come):
    visitor = come()
    page = visitor.give(samples.picture(), samples.picture() + bytes(50_000_000))
    assert page.status_code == 200
    assert "larger than 50 MB" in page.text
    assert visitor.send()


def test_many_large_files_at_once_stay_within_the_memory_that_is_set_aside(haven, come):
    visitors = [come() for _ in range(8)]
    content = samples.picture() + bytes(45_000_000)
    before = memory_of(haven)
    peak, done = [before], threading.Event()

    def watch():
        while not done.wait(0.05):
            peak.append(memory_of(haven))

    answers = []
    watcher = threading.Thread(target=watch)
    watcher.start()
    threads = [threading.Thread(target=lambda v=v: answers.append(v.give(content))) for v in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    watcher.join()
    assert [answer.status_code for answer in answers] == [200] * 8
    taken = [answer for answer in answers if "could not take this file just now" not in answer.text]
    assert taken, "some were taken, whoever came beyond the room was told so"
    assert max(peak) - before < 420_000_000
    assert all(visitor.send() for visitor in visitors)


def test_an_endless_body_is_ended_and_the_answer_says_why(haven, come):
    """A browser that goes on sending may not see the answer; whoever listens does, and the server is free at once."""
    visitor = come()
    boundary = "held"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
        f"{visitor.http.cookies['token']}\r\n--{boundary}\r\n"
        'Content-Disposition: form-data; name="files"; filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    ).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    request = (
        f"POST /p/{FILES} HTTP/1.1\r\nHost: 127.0.0.1:{haven.port}\r\nCookie: {cookies}\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: 900000000\r\n\r\n"
    ).encode()
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", haven.port), timeout=20) as connection:
        connection.sendall(request + head + bytes(300_000))
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        told = answer.read().decode()
    assert time.monotonic() - began < 10
    assert answer.status == 200
    assert "larger than 150 MB together" in told
    assert visitor.send()
