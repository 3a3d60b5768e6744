"""Every word of ours that a public page can show, as the catalogues know it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3] / "haven"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CODE = ("web/public/*.py", "reports/**/*.py", "evidence/rules.py", "correspondence/mailing.py")
PAGES = ("web/public/templates/**/*.html",)
SHARED = (
    "layouts/_document layouts/public components/back-link components/danger-now components/details "
    "components/error-message components/error-summary components/exit-this-page components/file-upload "
    "components/language-bar components/notification-banner components/receipt components/steps components/trying-out "
    "components/warning-text"
).split()


def from_code() -> Iterator[str]:
    """Words in the code of the form and of what it stands on."""
    for pattern in CODE:
        for path in sorted(ROOT.glob(pattern)):
            yield from _found(path.read_bytes())


def from_templates() -> Iterator[str]:
    """Words in the templates of the public pages and of the components that they use."""
    shared = [ROOT / "web/components/templates" / f"{name}.html" for name in SHARED]
    for path in [*sorted(path for pattern in PAGES for path in ROOT.glob(pattern)), *shared]:
        yield from _found(templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode())


def from_pack() -> Iterator[str]:
    """Words of the landlord's pack that the form offers or promises, in English."""
    from haven.policy.pack import pack

    policy = pack()
    for table in ("danger", "incident_types", "reporter_roles", "responsible_kinds", "recipients"):
        yield from (one.label for one in getattr(policy, table).values() if one.public)
    for table in ("strands", "incident_groups", "relations", "place_types", "wishes", "needs", "permission_scopes"):
        yield from (one.label for one in getattr(policy, table).values())
    yield from (one.hint for one in policy.danger.values() if one.public and one.hint)
    yield from (one.purpose for one in policy.recipients.values() if one.public)
    yield from (one.promise for one in policy.standards.values() if one.promised_to_person)


def _found(source: bytes) -> Iterator[str]:
    for _line, message, _comments, context in extract("python", BytesIO(source), keywords=KEYWORDS):
        first = message[0] if isinstance(message, tuple) else message
        if first and re.search(r"\w", first):
            yield f"{context}\x04{first}" if context else first


def every_word() -> list[str]:
    """Every message once, in the order in which it was found."""
    return list(dict.fromkeys([*from_templates(), *from_code(), *from_pack()]))
