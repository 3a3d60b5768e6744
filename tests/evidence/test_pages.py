"""The desk's pages of files: covered until asked for, handed out only when checked, and always in the trail."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.accounts.choices import Role
from haven.evidence import actions, store
from haven.evidence.choices import Scan
from haven.evidence.models import Item
from haven.kernel.action import SYSTEM
from haven.reports.models import Attachment
from haven.trail.models import Entry
from tests.cases import cast
from tests.evidence import samples
from tests.evidence.samples import AT
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db
OUTSIDE = [role for role in Role if role not in (Role.CASEWORKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE)]


@pytest.fixture
def tyne(files):
    return cast.team("Tyne")


@pytest.fixture
def worker(tyne):
    return cast.caseworker(tyne)


@pytest.fixture
def report(tyne):
    return cast.report(team=tyne)


@pytest.fixture
def attach(report, keep):
    """Give the report a file that was scanned and, where it can be, copied."""

    def attach(content, name="Mrs Adeyemi's door.jpg", scan=Scan.CLEAN):
        item = keep(content, name, key=report.sealing_key)
        Attachment.objects.create(report=report, item=item)
        actions.record_scan(item=item, result=scan, found="", by=SYSTEM, at=AT)
        if item.copying == "waiting":
            actions.make_copies(item=item, by=SYSTEM, at=AT)
        return item

    return attach


@pytest.fixture
def picture(attach):
    return attach(samples.telling_jpeg())


def address(report, item=None, part=""):
    return f"/desk/reports/{report.reference}/files" + (f"/{item.pk}{part}" if item else "")


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def seen_in_trail(report):
    acts = Entry.objects.filter(chain=report.trail_chain, act__startswith="evidence.").order_by("seq")
    return [(e.act, e.outcome, e.codes.get("item")) for e in acts]


PARTS = ["", "/picture", "/thumbnail"]


@pytest.mark.parametrize("part", PARTS)
def test_the_team_opens_every_page_of_a_file(worker, report, picture, part):
    assert signed_in(worker).get(address(report, picture, part)).status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_another_team_and_other_roles_find_nothing(report, picture, tyne, part):
    others = [cast.caseworker(cast.team("Wear")), *(cast.staff(role, team=tyne) for role in OUTSIDE)]
    for other in others:
        assert signed_in(other).get(address(report, picture, part)).status_code == 404
    assert seen_in_trail(report) == []


def test_the_list_of_files_is_for_the_team_alone(worker, report, picture):
    assert signed_in(worker).get(address(report)).status_code == 200
    assert signed_in(cast.caseworker(cast.team("Wear"))).get(address(report)).status_code == 404


def test_a_file_is_not_found_under_another_report(worker, picture, tyne):
    other = cast.report(team=tyne)
    for part in PARTS:
        assert signed_in(worker).get(address(other, picture, part)).status_code == 404


def test_a_covered_picture_is_not_asked_for_until_somebody_presses(worker, report, picture):
    client = signed_in(worker)
    for page in (address(report), address(report, picture)):
        told = client.get(page).content.decode()
        assert "<img" not in told
        assert "covered" in told
    assert seen_in_trail(report) == []
    shown = client.get(address(report, picture), {"show": "1"}).content.decode()
    assert f'src="{address(report, picture, "/picture")}"' in shown


def test_the_picture_that_is_shown_holds_pixels_only_and_is_alone(worker, report, picture):
    answer = signed_in(worker).get(address(report, picture, "/picture"))
    content = body(answer)
    assert answer["Content-Type"] == "image/jpeg"
    assert b"SECRET" not in content
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert seen_in_trail(report) == [("evidence.copy_asked_for", "done", picture.pk)]


def test_a_picture_that_need_not_be_covered_is_shown_with_its_thumbnail(worker, report, picture):
    client = signed_in(worker)
    client.post(address(report, picture, "/cover"), {"cover": "no"})
    assert address(report, picture, "/thumbnail") in client.get(address(report)).content.decode()
    assert address(report, picture, "/picture") in client.get(address(report, picture)).content.decode()
    client.post(address(report, picture, "/cover"), {"cover": "yes"})
    assert "<img" not in client.get(address(report)).content.decode()
    assert [act for act, _, _ in seen_in_trail(report)] == ["evidence.mask_set"] * 2


def test_the_original_leaves_as_an_attachment_under_a_name_that_says_nothing(worker, report, picture):
    answer = signed_in(worker).post(address(report, picture, "/original"))
    content = body(answer)
    assert content == samples.telling_jpeg()
    assert answer["Content-Disposition"] == f'attachment; filename="item-{picture.pk}.jpg"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert seen_in_trail(report) == [("evidence.original_asked_for", "done", picture.pk)]


def test_an_original_is_only_handed_out_to_a_press(worker, report, picture):
    assert signed_in(worker).get(address(report, picture, "/original")).status_code == 405


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED, Scan.UNSCANNED, Scan.IMPOSSIBLE])
def test_an_original_that_was_not_passed_stays_and_the_page_says_why(worker, report, attach, scan):
    item = attach(samples.pdf(), scan=scan)
    client = signed_in(worker)
    page = client.get(address(report, item)).content.decode()
    assert "Download the original:" not in page
    assert "cannot be downloaded" in page
    answer = client.post(address(report, item, "/original"))
    assert answer.status_code == 409
    assert b"%PDF" not in answer.content
    assert seen_in_trail(report) == [("evidence.original_asked_for", "refused", item.pk)]


@pytest.mark.parametrize("media_type", [m for m in samples.EVERY_TYPE if not m.startswith("image/")])
def test_sound_video_and_documents_are_never_shown_on_a_page(worker, report, attach, media_type):
    item = attach(samples.EVERY_TYPE[media_type], "x")
    client = signed_in(worker)
    page = client.get(address(report, item), {"show": "1"}).content.decode()
    assert not re.search("<(img|audio|video|iframe|object|embed)", page)
    assert client.get(address(report, item, "/picture")).status_code == 404


def test_a_changed_file_is_told_plainly_and_not_handed_out(worker, report, attach):
    item = attach(samples.pdf())
    path = store.store().path(item.stored_as)
    path.write_bytes(path.read_bytes()[:-3] + b"abc")
    client = signed_in(worker)
    answer = client.post(address(report, item, "/original"))
    assert answer.status_code == 409
    assert "not the one that was given to us" in answer.content.decode()
    assert [act for act, _, _ in seen_in_trail(report)] == ["evidence.original_asked_for", "evidence.found_damaged"]
    assert "not the one that was given to us" in client.get(address(report)).content.decode()


def test_files_of_an_erased_record_say_so(worker, report, picture):
    report.sealing_key.destroy(at=AT)
    client = signed_in(worker)
    assert "Erased" in client.get(address(report, picture)).content.decode()
    assert "erased" in client.post(address(report, picture, "/original")).content.decode()


def test_a_file_with_two_faces_comes_with_a_warning(worker, report, attach):
    item = attach(samples.picture() + samples.pdf())
    assert "another type" in signed_in(worker).get(address(report, item)).content.decode()


def test_the_list_takes_as_many_queries_for_twelve_files_as_for_one(worker, report, attach):
    client = signed_in(worker)
    counts = []
    for more in (1, 11):
        for _ in range(more):
            attach(samples.picture())
        client.get(address(report))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(report))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Item.objects.count() == 12


def test_no_page_or_header_names_the_person(worker, report, picture):
    client = signed_in(worker)
    for page in (address(report), address(report, picture)):
        title = re.search("<title>(.*?)</title>", client.get(page).content.decode(), re.S)[1]
        assert "Adeyemi" not in title
    answer = client.post(address(report, picture, "/original"))
    assert body(answer)
    assert "Adeyemi" not in str(answer.headers)
