"""The scanner: believed when it answers plainly, asked again when it does not, never in the way of a report."""

import os

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from haven.evidence import queries, scanner
from haven.evidence.choices import Copying, Scan
from haven.evidence.models import Item
from haven.evidence.store import store
from haven.jobs.tasks import evidence as tasks
from haven.trail.models import Entry
from tests.evidence import clamd, samples
from tests.evidence.clamd import Listener
from tests.evidence.samples import AT

needs_clamd = pytest.mark.skipif(os.environ.get("HAVEN_TEST_SCANNER") == "0", reason="HAVEN_TEST_SCANNER=0")


def asked(address, content=b"words", **patience):
    with scanner.Conversation(address, **patience) as conversation:
        for at in range(0, len(content), 8192):
            conversation.write(content[at : at + 8192])
        return conversation.verdict()


# A real one


@pytest.fixture(scope="module")
def real_clamd(tmp_path_factory):
    with clamd.running(tmp_path_factory.mktemp("clamd")) as address:
        yield address


@needs_clamd
def test_clamd_passes_an_ordinary_file(real_clamd):
    assert asked(real_clamd, samples.picture()) == scanner.Verdict(Scan.CLEAN)


@needs_clamd
def test_clamd_finds_the_test_file_and_names_it(real_clamd):
    verdict = asked(real_clamd, clamd.EICAR)
    assert verdict.scan == Scan.INFECTED
    assert verdict.found.startswith("Haven.Test.Eicar")


@needs_clamd
def test_clamd_finds_the_test_file_inside_a_document(real_clamd):
    assert asked(real_clamd, samples.docx(**{"word/embedded.bin": clamd.EICAR})).scan == Scan.INFECTED


@needs_clamd
def test_a_file_longer_than_clamd_accepts_could_not_be_checked(tmp_path):
    with clamd.running(tmp_path, longest="1M") as address:
        verdict = asked(address, os.urandom(6_000_000))
    assert verdict == scanner.Verdict(Scan.IMPOSSIBLE, "longer-than-the-scanner-accepts")


@needs_clamd
def test_an_item_is_scanned_by_the_task_and_the_answer_is_in_the_trail(real_clamd, keep, settings):
    settings.HAVEN_CLAMD = real_clamd
    clean, infected = keep(samples.picture()), keep(samples.docx(**{"word/embedded.bin": clamd.EICAR}))
    for item in (clean, infected):
        tasks.scan(item.pk)
    assert Item.objects.get(pk=clean.pk).scan == Scan.CLEAN
    assert Item.objects.get(pk=infected.pk).scan == Scan.INFECTED
    codes = Entry.objects.get(chain=f"item:{infected.pk}", act="evidence.scanned").codes
    assert codes["result"] == "infected"
    assert codes["found"].startswith("Haven.Test.Eicar")


# Odd ones


def test_what_is_sent_is_what_clamd_expects():
    with Listener(b"stream: OK\0") as listener:
        assert asked(listener.address, b"a" * 70_000).scan == Scan.CLEAN
    assert listener.heard.startswith(b"zINSTREAM\0" + (65536 + 0).to_bytes(4, "big"))
    assert len(listener.heard) == 10 + 4 + 4 + 70_000 + 4


@pytest.mark.parametrize(
    ("answer", "scan", "found"),
    [
        (b"stream: OK\0", Scan.CLEAN, ""),
        (b"stream: OK\n\0", Scan.CLEAN, ""),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Scan.INFECTED, "Win.Test.EICAR_HDB-1"),
        (b"stream: <b>Odd name</b> FOUND\0", Scan.INFECTED, "_b_Odd_name__b_"),
        (b"INSTREAM size limit exceeded. ERROR\0", Scan.IMPOSSIBLE, "longer-than-the-scanner-accepts"),
    ],
)
def test_a_plain_answer_is_believed(answer, scan, found):
    with Listener(answer) as listener:
        assert asked(listener.address) == scanner.Verdict(scan, found)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"stream: OK but not quite\0",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\xff\xfe\xfd\0",
        b"x" * 10_000,
    ],
    ids=lambda answer: ascii(answer[:20]),
)
def test_anything_else_is_no_answer(answer):
    with Listener(answer) as listener, pytest.raises(scanner.ScannerDown):
        asked(listener.address)


def test_a_scanner_that_breaks_off_early_is_still_heard():
    with Listener(b"INSTREAM size limit exceeded. ERROR\0", hears=100_000) as listener:
        try:
            verdict = asked(listener.address, bytes(9_000_000), answer=5)
        except scanner.ScannerDown:
            return  # its last words were lost with the connection: asked again later
        assert verdict.scan == Scan.IMPOSSIBLE


def test_a_scanner_that_never_answers_is_given_up():
    with Listener(b"", silent=True) as listener, pytest.raises(scanner.ScannerDown, match="in time"):
        asked(listener.address, answer=0.3)


def test_a_scanner_that_is_not_there_is_down(tmp_path):
    with Listener(b"") as listener:
        address = listener.address
        with pytest.raises(scanner.ScannerDown):
            asked(address, answer=0.2)
    for nowhere in (address, f"unix:{tmp_path}/none"):
        with pytest.raises(scanner.ScannerDown, match="cannot be reached"):
            asked(nowhere)


# What becomes of items


def test_without_a_scanner_items_are_marked_as_never_checked(keep):
    item = keep(samples.pdf())
    tasks.scan(item.pk)
    assert Item.objects.get(pk=item.pk).scan == Scan.UNSCANNED


def test_while_the_scanner_is_down_items_wait_and_are_asked_about_again(keep, settings, tmp_path):
    settings.HAVEN_CLAMD = f"unix:{tmp_path}/none"
    item = keep(samples.pdf())
    with pytest.raises(scanner.ScannerDown):
        tasks.scan(item.pk)
    assert Item.objects.get(pk=item.pk).scan == Scan.WAITING
    assert scanner.ScannerDown in tasks.scan.retry_strategy.retry_exceptions
    assert list(queries.waiting_for_scan(given_before=AT.replace(year=2027))) == [item]
    with Listener(b"stream: OK\0") as listener:
        settings.HAVEN_CLAMD = listener.address
        tasks.scan(item.pk)
    assert Item.objects.get(pk=item.pk).scan == Scan.CLEAN


def test_what_waits_too_long_is_put_into_the_queue_once(keep):
    item = keep(samples.picture())
    tasks.ask_again(0)
    tasks.ask_again(0)
    assert ProcrastinateJob.objects.filter(args__item_id=item.pk).count() == 2, "one to scan, one to copy"


def test_once_a_scanner_is_set_up_what_came_before_is_scanned_after_all(keep, settings):
    item = keep(samples.pdf())
    tasks.scan(item.pk)
    settings.HAVEN_CLAMD = "127.0.0.1:3310"
    tasks.ask_again(0)
    assert Item.objects.get(pk=item.pk).scan == Scan.WAITING
    assert Entry.objects.filter(chain=f"item:{item.pk}", act="evidence.scan_asked_for").exists()


def test_a_changed_original_is_not_passed_by_the_scanner(keep, settings):
    item = keep(samples.pdf())
    path = store().path(item.stored_as)
    path.write_bytes(path.read_bytes()[:-5])
    with Listener(b"stream: OK\0") as listener:
        settings.HAVEN_CLAMD = listener.address
        tasks.scan(item.pk)
    again = Item.objects.get(pk=item.pk)
    assert (again.scan, again.trouble) == (Scan.IMPOSSIBLE, "changed")


def test_an_erased_record_is_scanned_and_copied_no_more(keep, settings, sealing_key):
    item = keep(samples.picture())
    sealing_key.destroy(at=AT)
    settings.HAVEN_CLAMD = "127.0.0.1:9"
    with Listener(b"stream: OK\0") as listener:
        settings.HAVEN_CLAMD = listener.address
        tasks.scan(item.pk)
    tasks.copy(item.pk)
    again = Item.objects.get(pk=item.pk)
    assert (again.scan, again.copying) == (Scan.IMPOSSIBLE, Copying.IMPOSSIBLE)


def test_the_copy_task_makes_copies_once(keep):
    item = keep(samples.picture())
    tasks.copy(item.pk)
    tasks.copy(item.pk)
    assert Item.objects.get(pk=item.pk).copying == Copying.MADE
    assert Entry.objects.filter(act="evidence.copied").count() == 1


def test_tasks_about_an_item_that_was_forgotten_do_nothing(db, files):
    tasks.scan(987_654)
    tasks.copy(987_654)
    tasks.clear_orphans(0)
    assert not Item.objects.exists()
