"""The first page is light enough for an old telephone on a bad line (STYLE.md, UX.md)."""

import re
from urllib.parse import urljoin

import httpx

MOST = 60_000
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
FONTS = re.compile(r"url\([\"']?([^\"')]+\.woff2)")


def test_the_first_page_and_all_that_it_needs_weigh_less_than_60_kb(live_haven):
    haven = live_haven()
    with httpx.Client(base_url=haven.url, headers={"Accept-Encoding": "gzip"}) as client:

        def weigh(address):
            with client.stream("GET", address) as answer:
                assert answer.status_code == 200, address
                sent = b"".join(answer.iter_raw())
            return len(sent)

        page = client.get("/")
        linked = set(LINKED.findall(page.text))
        styles = {address for address in linked if address.endswith(".css")}
        fonts = {urljoin(address, font) for address in styles for font in FONTS.findall(client.get(address).text)}
        assert styles
        weights = {address: weigh(address) for address in {"/", *linked, *fonts}}
    assert sum(weights.values()) < MOST, weights
