"""Files on their way in: in memory, bounded, never in a temporary folder; the words come through whatever happens."""

import base64
import io
import tempfile

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import RequestFactory

from haven.evidence import limits, memory, rules, uploads
from haven.evidence.uploads import RefusedUpload

BOUNDARY = b"----held"
WORDS = "They threw a brick. 🧱"


class Endless(io.RawIOBase):
    """A body that is made as it is read: parts, then as many bytes as wanted, then the rest."""

    def __init__(self, before, count, after):
        self.pieces = [io.BytesIO(before), _Zeros(count), io.BytesIO(after)]
        self.given = 0

    def read(self, size=-1):
        while self.pieces:
            if got := self.pieces[0].read(size):
                self.given += len(got)
                return got
            self.pieces.pop(0)
        return b""


class _Zeros:
    def __init__(self, count):
        self.left = count

    def read(self, size):
        count = min(self.left, size)
        self.left -= count
        return bytes(count)


def file_head(name="a.jpg", field="files", extra=b""):
    return (
        b"--" + BOUNDARY + f'\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'.encode()
        + b"Content-Type: image/jpeg\r\n" + extra + b"\r\n"
    )  # fmt: skip


def field(name, value):
    return b"--" + BOUNDARY + f'\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


END = b"--" + BOUNDARY + b"--\r\n"


def request_of(body, length=None):
    """A POST as the web server hands it over."""
    stream = body if hasattr(body, "read") else io.BytesIO(body)
    return RequestFactory().generic(
        "POST",
        "/any",
        **{
            "wsgi.input": stream,
            "CONTENT_LENGTH": str(length if length is not None else len(body)),
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY.decode()}",
        },
    )


def one_file(content, **more):
    return request_of(field("before", "1") + file_head(**more) + content + b"\r\n" + field("words", WORDS) + END)


@pytest.fixture(autouse=True)
def nothing_in_temporary_folders(monkeypatch):
    """Fail as soon as anything would write an upload to a disk."""

    def never(*args, **kwargs):
        raise AssertionError("an upload was about to be written to a temporary folder")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", never)
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", never)


@pytest.fixture(autouse=True)
def all_room_comes_back():
    """Every test leaves the counted memory as it found it."""
    before = memory.PROCESS.held
    yield
    assert memory.PROCESS.held == before


def test_the_settings_name_no_other_handler():
    assert django_settings.FILE_UPLOAD_HANDLERS == ["haven.evidence.uploads.MemoryOnly"]


def test_a_file_and_the_words_around_it_arrive():
    request = one_file(b"\xff\xd8\xff" + bytes(200_000))
    assert request.POST["words"] == WORDS
    [file] = request.FILES.getlist("files")
    assert (file.name, file.size) == ("a.jpg", 200_003)
    assert file.read(3) == b"\xff\xd8\xff"
    assert memory.PROCESS.held == 200_003
    request.close()


def test_room_is_given_back_when_the_request_is_over():
    request = one_file(bytes(5000))
    assert request.FILES
    request.close()
    assert memory.PROCESS.held == 0


def test_a_file_over_the_limit_is_refused_and_the_words_arrive():
    before = field("before", "1") + file_head()
    after = b"\r\n" + field("words", WORDS) + END
    body = Endless(before, limits.FILE_BYTES + 1, after)
    request = request_of(body, len(before) + limits.FILE_BYTES + 1 + len(after))
    assert request.POST["words"] == WORDS
    [file] = request.FILES.getlist("files")
    assert isinstance(file, RefusedUpload)
    assert file.refusal == rules.too_large()
    assert file.size == limits.FILE_BYTES + 1
    assert memory.PROCESS.held == 0


def test_a_file_of_exactly_the_limit_is_taken(monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 100_000)
    request = one_file(bytes(100_000))
    assert not isinstance(request.FILES["files"], RefusedUpload)
    request.close()


def test_what_goes_beyond_one_sending_is_refused_and_the_first_files_stay(monkeypatch):
    monkeypatch.setattr(limits, "SENDING_BYTES", 250_000)
    parts = b"".join(file_head(f"{n}.jpg") + bytes(100_000) + b"\r\n" for n in range(4))
    request = request_of(parts + field("words", WORDS) + END)
    kinds = [getattr(file, "refusal", None) for file in request.FILES.getlist("files")]
    assert kinds == [None, None, rules.too_much_at_once(), rules.too_much_at_once()]
    assert request.POST["words"] == WORDS
    request.close()


def test_the_eleventh_file_is_refused_and_not_the_page():
    parts = b"".join(file_head(f"{n}.jpg") + b"abc\r\n" for n in range(12))
    request = request_of(parts + field("words", WORDS) + END)
    refused = [getattr(file, "refusal", None) for file in request.FILES.getlist("files")]
    assert refused == [None] * 10 + [rules.too_many_at_once()] * 2
    assert request.POST["words"] == WORDS
    request.close()


def test_when_memory_is_full_the_file_is_refused_and_the_words_arrive(monkeypatch):
    full = memory.Budget(10_000)
    monkeypatch.setattr(uploads, "Held", lambda: memory.Held(full))
    request = one_file(bytes(200_000))
    assert request.FILES["files"].refusal == rules.no_room_just_now()
    assert request.POST["words"] == WORDS
    assert full.held == 0


def test_an_endless_body_is_not_read_to_its_end():
    before = field("token", "abc") + field("words", WORDS) + file_head()
    body = Endless(before, 2_000_000_000, END)
    request = request_of(body, 2_000_000_000 + len(before) + len(END))
    assert request.POST["token"] == "abc"
    assert request.POST["words"] == WORDS
    assert not request.FILES
    assert request.upload_refusal == rules.too_much_at_once()
    assert body.given < 1_000_000


def test_a_sender_who_goes_away_leaves_nothing_behind():
    head = file_head()
    body = head + bytes(50_000)
    request = request_of(body, len(body) + 90_000)
    assert not request.FILES
    assert memory.PROCESS.held == 0


def test_base64_bodies_are_taken_too():
    content = base64.encodebytes(b"\xff\xd8\xff" + bytes(3000))
    request = one_file(content, extra=b"Content-Transfer-Encoding: base64\r\n")
    assert request.FILES["files"].size == 3003
    request.close()


@pytest.mark.parametrize(
    ("given", "arrives"),
    [
        ("C:\\\\pics\\\\door.jpg", "door.jpg"),
        ("../../etc/passwd", "passwd"),
        ("صورة.jpg", "صورة.jpg"),
        ("a" * 300, "a" * 255),
    ],
)
def test_names_lose_their_path(given, arrives):
    request = one_file(b"abc", name=given)
    assert request.FILES["files"].name == arrives
    request.close()


def test_a_form_sent_without_choosing_a_file_has_none():
    request = one_file(b"", name="")
    assert not request.FILES
    assert request.POST["words"] == WORDS
