"""Files during a visit: added, taken away, refused; the words are kept whatever becomes of them."""

from io import BytesIO

import pytest

from haven.evidence.models import Item
from haven.reports.models import DraftFile, Report

pytestmark = pytest.mark.django_db


def named(file, name):
    """A file as a browser names it."""
    file.name = name
    return file


def test_a_picture_goes_with_the_report(visitor, picture):
    visitor.tell().send("/p/20", files=[named(picture(), "door.png")], evidence="There is more.")
    assert visitor.address == "/p/21"
    assert "door.png" in visitor.see("/check").text
    visitor.finish()
    report = Report.objects.get()
    assert [item.given_name for item in report.items.all()] == ["door.png"]
    assert report.answers["evidence"] == "There is more."


def test_several_files_are_added_before_going_on_and_one_taken_away(visitor, picture):
    visitor.tell()
    visitor.send("/p/20", files=[named(picture(), "a.png"), named(picture("blue"), "b.png")], go="stay")
    assert visitor.address == "/p/20"
    assert "a.png" in visitor.text
    first = Item.objects.order_by("pk").first()
    visitor.send("/p/20", remove=first.pk)
    assert "a.png" not in visitor.text
    assert "b.png" in visitor.text
    assert DraftFile.objects.count() == 1


def test_a_refused_file_says_why_and_the_others_and_the_words_stay(visitor, picture):
    visitor.tell()
    program = named(BytesIO(b"MZ" + bytes(600)), "run.exe")
    visitor.send("/p/20", files=[named(picture(), "door.png"), program], evidence="Kept words.")
    assert visitor.address == "/p/20"
    (message,) = visitor.errors
    assert "run.exe" in message
    assert "Your words are kept" in message
    assert "door.png" in visitor.text
    assert "Kept words." in visitor.html
    visitor.see("/check")
    assert "Kept words." in visitor.text
    visitor.finish()
    assert Report.objects.get().items.count() == 1


def test_an_empty_file_is_refused_in_words(visitor):
    visitor.tell().send("/p/20", files=[named(BytesIO(b""), "empty.png")])
    assert visitor.page.status_code == 200
    visitor.see("/check").finish()
    assert Report.objects.get().items.count() == 0


def test_nobody_takes_away_a_file_of_somebody_else(visitor, another, picture):
    visitor.tell().send("/p/20", files=[named(picture(), "door.png")])
    another.tell().send("/p/20", remove=Item.objects.get().pk)
    assert Item.objects.count() == 1


def test_a_picture_comes_even_when_the_scanner_does_not_answer(visitor, picture):
    visitor.tell().send("/p/20", files=[named(picture(), "door.png")])
    visitor.see("/check").finish()
    assert Report.objects.get().items.get().scan in ("waiting", "unscanned")


def test_files_of_a_visit_that_was_left_are_gone(visitor, picture, stored, on_commit):
    visitor.tell().send("/p/20", files=[named(picture(), "door.png")])
    item = Item.objects.get()
    with on_commit(execute=True):
        visitor.client.get("/leave")
    assert not Item.objects.exists()
    assert not stored(item)


def test_a_name_that_lies_about_its_file_is_shown_as_words_only(visitor, picture):
    visitor.tell().send("/p/20", files=[named(picture(), "<img src=x>\u202egnp.exe")], go="stay")
    assert "<img src=x>" not in visitor.html
