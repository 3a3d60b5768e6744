"""The whole way of a picture: given in the public form, scanned and copied by a worker, looked at in a browser."""

import os
import re
import time
from contextlib import closing

import httpx
import pytest

from tests.evidence import clamd, samples
from tests.machinery import axe
from tests.machinery.browser import running as chromium

LOOKS = [(320, "light"), (1280, "light"), (1280, "dark")]
switched_off = [word for word in ("HAVEN_TEST_BROWSER", "HAVEN_TEST_SCANNER") if os.environ.get(word) == "0"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(switched_off), reason=f"{' and '.join(switched_off)} = 0"),
]


@pytest.fixture
def scanner(tmp_path):
    folder = tmp_path / "clamd"
    folder.mkdir()
    with clamd.running(folder) as address:
        yield address


@pytest.fixture
def haven(fresh_database, live_haven, scanner):
    """Web and worker, with a scanner, on this test's database."""
    return live_haven(worker=True, place=fresh_database, HAVEN_CLAMD=scanner)


@pytest.fixture
def worker_cookie(fresh_database):
    """The cookie of a caseworker who has signed in."""
    from tests.cases import cast
    from tests.web.desk.signing import signed_in

    client = signed_in(cast.caseworker(cast.team("Tyne")))
    return client.cookies["desk"].value


def sent_with_files(url):
    """Send a report with a picture and an infected document through the public form; return its reference."""
    from haven.reports import questions

    files_page = next(page.number for page in questions.pages() if page.code == "files")
    with closing(httpx.Client(base_url=url, follow_redirects=True, timeout=60)) as http:
        http.get("/code")

        def post(path, files=None, **answers):
            return http.post(path, data={"csrfmiddlewaretoken": http.cookies["token"], **answers}, files=files)

        post("/p/1", danger="NONE")
        post("/p/3", account="They painted our door.")
        given = [
            ("files", ("Mrs Adeyemi's door.jpg", samples.telling_jpeg(), "image/jpeg")),
            ("files", ("letter.docx", samples.docx(**{"word/embedded.bin": clamd.EICAR}), "application/zip")),
        ]
        assert post(f"/p/{files_page}", go="stay", files=given).status_code == 200
        return re.search(r"HV-\w{4}-\w{3}", post("/check").text)[0]


def made_ready(reference):
    """Wait until the worker has scanned and copied the files of a report; return them, the picture first."""
    from haven.evidence.models import Item

    until = time.monotonic() + 60
    while time.monotonic() < until:
        items = list(Item.objects.filter(attachment__report__reference=reference).order_by("pk"))
        if items and all(item.scan != "waiting" and item.copying != "waiting" for item in items):
            return items
        time.sleep(0.5)
    raise AssertionError("the worker has not scanned and copied the files in a minute")


def pictured(page, name, width, scheme):
    if folder := os.environ.get("HAVEN_SHOTS"):
        page.screenshot(path=f"{folder}/evidence-{name}-{width}-{scheme}.png", full_page=True)


def test_a_picture_goes_from_the_form_to_the_caseworker_covered_and_bare(haven, worker_cookie, tmp_path):
    from haven.trail.models import Entry
    from haven.web.assets.build import build

    reference = sent_with_files(haven.url)
    picture, infected = made_ready(reference)
    assert (picture.scan, picture.copying, infected.scan) == ("clean", "made", "infected")
    assert [e.act for e in Entry.objects.filter(chain=f"item:{picture.pk}").order_by("seq")][0] == "evidence.kept"
    build()
    with chromium() as browser:
        context = browser.new_context(base_url=haven.url, java_script_enabled=False)
        context.add_cookies([{"name": "desk", "value": worker_cookie, "url": haven.url}])
        look_without_script(context, reference, picture, infected, tmp_path)
        assert look_closely(browser, haven.url, worker_cookie, reference, picture, infected) == {}


def look_without_script(context, reference, picture, infected, tmp_path):
    asked = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/desk/reports/{reference}/files")
    page.get_by_role("link", name="Picture 1").click()
    assert page.get_by_text("Nothing of it has been fetched").is_visible()
    assert not [url for url in asked if url.endswith(("/picture", "/thumbnail"))]
    page.get_by_role("button", name="Show the picture").click()
    page.wait_for_load_state("load")
    assert [url for url in asked if url.endswith(f"/{picture.pk}/picture")]
    shown = page.locator("img.hv-evidence").bounding_box()
    assert (round(shown["width"]), round(shown["height"])) == (42, 82), "it has been stood up, in a frame of one pixel"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the original: Picture, JPG").click()
    download.value.save_as(tmp_path / "got")
    assert download.value.suggested_filename == f"item-{picture.pk}.jpg"
    assert (tmp_path / "got").read_bytes() == samples.telling_jpeg()
    page.goto(f"/desk/reports/{reference}/files/{infected.pk}")
    assert page.get_by_text("The scanner found something harmful in it.").is_visible()
    assert page.get_by_role("button", name="Download").count() == 0


def look_closely(browser, url, cookie, reference, picture, infected):
    """Every page at every width and in every light, with axe."""
    pages = {
        "list": "",
        "covered": f"/{picture.pk}",
        "shown": f"/{picture.pk}?show=1",
        "infected": f"/{infected.pk}",
    }
    found = {}
    for width, scheme in LOOKS:
        context = browser.new_context(
            base_url=url, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        )
        axe.comes_into(context)
        context.add_cookies([{"name": "desk", "value": cookie, "url": url}])
        page = context.new_page()
        for name, part in pages.items():
            page.goto(f"/desk/reports/{reference}/files{part}")
            pictured(page, name, width, scheme)
            if faults := axe.faults(page):
                found[f"{name} at {width} {scheme}"] = faults
        context.close()
    return found
