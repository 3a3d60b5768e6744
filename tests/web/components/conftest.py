"""Serve the gallery of components, and look at it in Chromium."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from haven.web.assets.build import ROOT, build
from tests.machinery import browser
from tests.machinery.axe import comes_into
from tests.web.components import gallery

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)


class Gallery(BaseHTTPRequestHandler):
    """Answers /<language>/<bound>/<page> with a page of the gallery, and /static/ with what was built."""

    asked: list[str] = []

    def do_GET(self):
        """Serve a page, a built file, or a plain word for any other address."""
        path = self.path.split("?")[0]
        type(self).asked.append(f"{self.command} {path}")
        if path.startswith("/static/"):
            found = (ROOT / "build" / path.removeprefix("/")).resolve()
            return self.answer(found.read_bytes(), KINDS[found.suffix])
        parts = path.strip("/").split("/")
        if len(parts) == 3 and parts[2] in gallery.PUBLIC + gallery.DESK:
            page = gallery.page(parts[2], language=parts[0], bound=parts[1] == "errors")
        else:
            page = f"<!doctype html><html lang=en><title>{path}</title><h1>{path}</h1>"
        self.answer(page.encode(), "text/html; charset=utf-8")

    do_POST = do_GET

    def answer(self, body, kind):
        """Send an answer under the content policy of the real pages."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture(scope="session")
def gallery_address() -> Iterator[str]:
    """Serve the gallery on this machine, and give its address."""
    build()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gallery)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium."""
    with browser.running() as started:
        yield started


@pytest.fixture
def look(chromium, gallery_address):
    """Open a page of the gallery: look("start", width=320, scheme="dark", …); its faults are collected."""
    contexts = []

    def open_page(name, *, language="en", errors=False, width=1280, height=800, scheme="light", axe=False, **more):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            base_url=gallery_address,
            **{"bypass_csp": axe, **more},
        )
        contexts.append(context)
        if axe:
            comes_into(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.goto(f"/{language}/{'errors' if errors else 'fresh'}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
