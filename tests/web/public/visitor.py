"""A visitor with a browser that keeps cookies and sends the form's secret, as the public pages need it."""

import re
from html import unescape
from urllib.parse import urlencode

from django.test import Client

FORM = "application/x-www-form-urlencoded"
ACCOUNT = "He shouted at me on the stairs and threw something at our door."


class Visitor:
    """Somebody at the public pages, without JavaScript."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.page = None

    def see(self, path, **more):
        """Open a page, following where it leads."""
        self.page = self.client.get(path, follow=True, **more)
        return self

    def send(self, path, follow=True, **answers):
        """Send a form with its secret; the answers are those of the test."""
        return self.send_all(path, answers, follow=follow)

    def send_all(self, path, answers, follow=True):
        """Send a form whose fields have names that Python does not allow."""
        if "token" not in self.client.cookies:
            self.client.get("/code")
        given = {"csrfmiddlewaretoken": self.client.cookies["token"].value, **answers}
        if any(
            hasattr(one, "read")
            for value in answers.values()
            for one in (value if isinstance(value, list) else [value])
        ):
            self.page = self.client.post(path, given, follow=follow)
        else:
            body = urlencode(given, doseq=True)
            self.page = self.client.post(path, body, content_type=FORM, follow=follow)
        return self

    @property
    def html(self):
        """The page that is open."""
        return self.page.content.decode()

    @property
    def text(self):
        """What can be read on it."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.html)))

    @property
    def address(self):
        """Where the visitor is."""
        return self.page.request["PATH_INFO"]

    @property
    def errors(self):
        """The messages of the error summary."""
        found = re.search(r"govuk-error-summary__list.*?</ul>", self.html, re.S)
        return [unescape(one).strip() for one in re.findall(r"<a[^>]*>(.*?)</a>", found[0])] if found else []

    @property
    def heading(self):
        """The words of the only h1."""
        headings = re.findall(r"<h1[^>]*>(.*?)</h1>", self.html, re.S)
        assert len(headings) == 1, headings
        return unescape(re.sub(r"<[^>]+>", "", headings[0])).strip()

    @property
    def title(self):
        """What the tab says."""
        return unescape(re.search(r"<title>(.*?)</title>", self.html, re.S)[1])

    def tell(self, account=ACCOUNT, danger="NONE"):
        """Answer the two compulsory questions."""
        self.send("/p/1", danger=danger)
        return self.send("/p/3", account=account)

    def finish(self):
        """Send what was told."""
        return self.send("/check")

    @property
    def receipt(self):
        """The reference and the code of the receipt."""
        return [unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"data-receipt>(.*?)</dd>", self.html)]
