"""People in front of a browser: somebody who tells the landlord something, and somebody who works for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

ACCOUNT = "He shouted at us on the stairs again and kicked our door. It is the third time this month."
PATIENCE = 15_000
NOTHING_DANGEROUS = "NONE"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Watched:
    """A browser with one window at first, of which everything that it showed and asked for is remembered."""

    def __init__(self, chromium: Any, url: str, *, width: int, height: int, **more: Any) -> None:
        self.url = url
        self.context = chromium.new_context(
            base_url=url, viewport={"width": width, "height": height}, locale="en-GB", ignore_https_errors=True, **more
        )
        self.context.set_default_timeout(PATIENCE)
        self.strangers: list[str] = []
        self.faults: list[str] = []
        self.answers: list[Any] = []
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.page = self.tab()

    def tab(self) -> Any:
        """Open another tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", self._said)
        return page

    def _said(self, said: Any) -> None:
        """Remember what the browser complains of, but not that a page which is not there answers 404."""
        if said.type == "error" and not ("404" in said.text and "/static/" not in said.location["url"]):
            self.faults.append(said.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(self.url):
            self.strangers.append(request.url)

    def _answered(self, answer: Any) -> None:
        if answer.url.startswith(self.url) and "/static/" not in answer.url:
            self.answers.append(answer)

    def close(self) -> None:
        """Close every window and forget the cookies."""
        self.context.close()


class Person:
    """Somebody in front of a browser."""

    def __init__(self, browser: Watched) -> None:
        self.browser = browser
        self.page = browser.page

    @property
    def path(self) -> str:
        """Where they are."""
        return urlsplit(self.page.url).path

    @property
    def title(self) -> str:
        """What the tab says."""
        return str(self.page.title())

    @property
    def heading(self) -> str:
        """The words of the only main heading."""
        headings = self.page.locator("h1")
        assert headings.count() == 1, [one.text_content() for one in headings.all()]
        return " ".join(headings.text_content().split())

    @property
    def text(self) -> str:
        """What can be read in the main part."""
        return " ".join(self.page.locator("#content").inner_text().split())

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary."""
        return [one.strip() for one in self.page.locator(".govuk-error-summary__list li").all_text_contents()]

    def see(self, path: str) -> Any:
        """Open an address."""
        self.page.goto(path)
        return self

    def click(self, which: Any) -> Any:
        """Press something that leads to a page, and wait for the page."""
        found = self.page.locator(which) if isinstance(which, str) else which
        with self.page.expect_navigation():
            found.click()
        return self

    def key(self, name: str) -> Any:
        """Press a key that leads to a page, and wait for the page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(name)
        return self

    def follow(self, words: str) -> Any:
        """Follow a link of the main part by its words."""
        return self.click(self.page.locator("main").get_by_role("link", name=words).first)

    def press(self, words: str) -> Any:
        """Press a button of the main part by its words."""
        return self.click(self.page.locator("main").get_by_role("button", name=words, exact=True).first)

    def tick(self, name: str, codes: str | Iterable[str]) -> Any:
        """Choose answers by their codes."""
        for code in [codes] if isinstance(codes, str) else codes:
            self.page.locator(f'[name="{name}"][value="{code}"]').check()
        return self

    def write(self, name: str, words: str) -> Any:
        """Write into a field."""
        self.page.locator(f'[name="{name}"]').fill(words)
        return self

    def answer(self, **answers: Any) -> Any:
        """Give answers by the names of their controls, whatever kind of control it is."""
        for name, value in answers.items():
            controls = self.page.locator(f'[name="{name}"]')
            kind = controls.first.evaluate("one => one.type")
            if kind in ("radio", "checkbox"):
                self.tick(name, value)
            elif kind.startswith("select"):
                controls.select_option(value)
            elif kind == "file":
                controls.set_input_files(value)
            else:
                controls.fill(value)
        return self


class Reporter(Person):
    """Somebody who tells the landlord what happened."""

    def __init__(self, browser: Watched, language: str = "en") -> None:
        super().__init__(browser)
        self.language = language

    def begin(self) -> Reporter:
        """Come to the first page, choose the language, and go on to the first question."""
        return self.arrive().click('a[href="/before"]').click('a[href="/p/1"]')

    def arrive(self) -> Reporter:
        """Come to the first page and choose the language."""
        self.see("/")
        return self if self.language == "en" else self.click(f'button[name=language][value="{self.language}"]')

    def go(self, to: str = "on") -> Reporter:
        """Press the button that goes on, or the one that goes to the check page."""
        return self.click(f'button[name=go][value="{to}"]')

    def tell(self, *, danger: str = NOTHING_DANGEROUS, account: str = ACCOUNT, to: str = "check") -> Reporter:
        """Answer the two questions that need an answer."""
        self.begin().tick("danger", danger).go()
        if self.path == "/p/2":
            self.click('main a[href="/p/3"]')
        return self.write("account", account).go(to)

    def send(self) -> Reporter:
        """Send it, from the check page."""
        self.click(self.page.locator("main form button").last)
        assert self.path == "/done"
        return self

    @property
    def receipt(self) -> tuple[str, str]:
        """The reference and the code, from the receipt."""
        reference, code = self.page.locator("[data-receipt]").all_text_contents()
        return reference, code

    def return_with(self, code: str) -> Reporter:
        """Come back with a code."""
        return self.see("/code").write("code", code).click("main form button")


class Worker(Person):
    """Somebody who works for the landlord."""

    def __init__(self, browser: Watched, who: str) -> None:
        super().__init__(browser)
        self.who = who

    def sign_in(self) -> Worker:
        """Sign in with address and password."""
        from haven.demo.staff import PASSWORD, email_of

        self.see("/staff/sign-in").write("login", email_of(self.who)).write("password", PASSWORD)
        return self.click("main form:has([name=password]) button:not([type=button])")
