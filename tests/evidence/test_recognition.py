"""Types by content: every type that is kept, and what only pretends."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haven.evidence import packed, recognition
from haven.evidence.choices import Kind
from tests.evidence import samples


def sort_of(content):
    return recognition.recognise(io.BytesIO(content))


@pytest.mark.parametrize("media_type", samples.EVERY_TYPE)
def test_every_type_that_is_kept_is_recognised_by_its_content(media_type):
    found = sort_of(samples.EVERY_TYPE[media_type])
    assert found is not None
    assert found.media_type == media_type


def test_every_type_that_can_be_recognised_is_tried_here():
    assert {sort.media_type for sort in recognition.SORTS} == set(samples.EVERY_TYPE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00" + bytes(100),
        b"\x7fELF" + bytes(100),
        b"#!/bin/sh\nrm -rf /\n",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <html><body>hello</body></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><x/>",
        b"<?php echo 1; ?>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        samples.zipped({"readme.txt": "hello"}),
        samples.zipped({"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": "macro"}),
        samples.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
        b"PK\x03\x04" + bytes(200),
        b"Rar!\x1a\x07\x01\x00" + bytes(60),
        samples.OGG + b"\x80theora" + bytes(60),
        samples.box(b"ftyp", b"avif" + bytes(4)) + bytes(40),
        b"\xff\xfb\x90\x00" + bytes(600),
        b"a word\0another",
        bytes(range(256)) * 4,
    ],
    ids=lambda content: ascii(content[:10]),
)
def test_anything_else_is_not_kept(content):
    assert sort_of(content) is None


@pytest.mark.parametrize("text", ["Grüße", "هل أنت بخير", "🏳️‍🌈", "plain", "tab\tand\r\nlines\f"])
def test_text_in_any_script_is_text(text):
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert sort_of(text.encode(encoding)) == recognition.TXT


def test_old_windows_text_is_text():
    assert sort_of("Café “home”".encode("cp1252")) == recognition.TXT


def test_a_voice_recording_in_a_video_frame_is_sound():
    assert sort_of(samples.mp4(b"mp42", b"soun")).kind is Kind.SOUND


@pytest.mark.parametrize(
    "content",
    [
        samples.picture() + samples.pdf(),
        samples.picture() + samples.zipped({"a.txt": "hello"}),
        samples.picture("PNG") + b"<script>alert(1)</script>",
        samples.picture("GIF") + b"<html>" + bytes(100),
        samples.picture()[:2] + b"\xff\xfe\x00\x1b%PDF-1.7 <html> hello there" + samples.picture()[2:],
        samples.pdf() + samples.zipped({"a.txt": "hello"}),
        samples.mp4() + samples.zipped({"a.exe": "MZ"}),
        samples.picture() + bytes(range(1, 200)),
    ],
    ids=["jpeg+pdf", "jpeg+zip", "png+script", "gif+html", "jpeg comment", "pdf+zip", "mp4+zip", "jpeg+something"],
)
def test_a_file_with_the_marks_of_two_types_is_kept_as_the_first_and_flagged(content):
    file = io.BytesIO(content)
    found = recognition.recognise(file)
    assert found is not None
    assert recognition.is_mixed(file, found)


@pytest.mark.parametrize("media_type", samples.EVERY_TYPE)
def test_an_honest_file_is_not_flagged(media_type):
    file = io.BytesIO(samples.EVERY_TYPE[media_type])
    assert not recognition.is_mixed(file, recognition.recognise(file))


def test_a_jpeg_padded_by_a_camera_is_not_flagged():
    file = io.BytesIO(samples.picture() + bytes(4096))
    assert not recognition.is_mixed(file, recognition.JPEG)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400), st.sampled_from([b"", *(v[:40] for v in samples.EVERY_TYPE.values())]))
def test_no_bytes_bring_recognition_down(content, beginning):
    file = io.BytesIO(beginning + content)
    if found := recognition.recognise(file):
        recognition.is_mixed(file, found)
    packed.look_into(file)


# Archives


def test_what_an_archive_would_become_is_known_without_unpacking():
    bomb = samples.docx(**{"word/media/a.bin": bytes(20_000_000)})
    assert len(bomb) < 30_000
    assert packed.look_into(io.BytesIO(bomb)).unpacked > 20_000_000


def test_an_archive_of_too_many_parts_is_not_even_listed():
    many = samples.zipped({**{f"{n}": "" for n in range(5001)}, "[Content_Types].xml": "", "word/document.xml": ""})
    assert packed.look_into(io.BytesIO(many)) == packed.UNREADABLE
    assert sort_of(many) is None


def test_an_archive_that_says_its_list_is_huge_is_not_listed():
    honest = bytearray(samples.docx())
    at = honest.rfind(b"PK\x05\x06")
    honest[at + 12 : at + 16] = (2_000_001).to_bytes(4, "little")
    assert packed.look_into(io.BytesIO(bytes(honest))) == packed.UNREADABLE


def test_an_archive_with_a_comment_that_hides_another_end_is_judged_as_it_is_read():
    inner = samples.docx()
    assert packed.content_of(io.BytesIO(inner)) == "docx"
    assert packed.content_of(io.BytesIO(inner[:-1])) == ""
