"""What a letter holds (DOMAIN.md 6.2), which parts the shield reads, and the hash that fixes the text."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from haven.kernel.sealing import purpose_key

HEADINGS = {
    "opening": "Why we are writing",
    "conduct": "What has happened",
    "change": "What must change",
    "consequences": "What we may do if it does not",
    "support": "Help that you can have",
    "reply": "Your right to reply",
}
"""The parts that somebody writes, in their order, with their English headings; the clauses stand after the conduct."""
CLAUSES = "The agreement for your home says"
TRANSLATED = "translated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause as the letter quotes it: its number, heading and words, exactly as the agreement has them."""

    number: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The words of a letter in one language."""

    language: str
    headings: Mapping[str, str]
    parts: Mapping[str, str]
    clauses_heading: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole letter: whom it is to, when, from whom, its English text, and the translated one that is sent."""

    to: tuple[str, ...]
    address: tuple[str, ...]
    dated: date
    reference: str
    tenancy: str
    officer: str
    telephone: str
    english: Text
    translated: Text | None = None

    @property
    def sent(self) -> Text:
        """Return the text that is sent: the translated one where there is one."""
        return self.translated or self.english

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {**asdict(self), "dated": self.dated.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Content:
        """Return a letter as it was kept."""
        return cls(
            to=tuple(kept["to"]),
            address=tuple(kept["address"]),
            dated=date.fromisoformat(kept["dated"]),
            reference=kept["reference"],
            tenancy=kept["tenancy"],
            officer=kept["officer"],
            telephone=kept["telephone"],
            english=_text(kept["english"]),
            translated=_text(kept[TRANSLATED]) if kept.get(TRANSLATED) else None,
        )

    def for_shield(self) -> dict[str, str]:
        """Return every stretch that somebody wrote, by the name of its part; quoted clauses are the landlord's own."""
        return dict(self._written())

    def _written(self) -> Iterator[tuple[str, str]]:
        yield from ((part, text) for part, text in self.english.parts.items())
        if self.translated is not None:
            yield from ((f"{TRANSLATED}-{part}", text) for part, text in self.translated.parts.items())
            yield from ((f"{TRANSLATED}-heading-{part}", text) for part, text in self.translated.headings.items())
            for number, clause in enumerate(self.translated.clauses):
                yield f"{TRANSLATED}-clause-{number}", f"{clause.heading}\n{clause.words}"

    def fixed_by(self, record_key: bytes) -> str:
        """Return the hash that fixes every word of it, keyed so that nobody can try texts out against it."""
        written = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        return hmac.new(purpose_key(record_key, "letter"), written, hashlib.sha256).hexdigest()


def _text(kept: Mapping[str, Any]) -> Text:
    clauses = tuple(Clause(**each) for each in kept["clauses"])
    return Text(**{**kept, "clauses": clauses})


def in_order(text: Text) -> Iterator[tuple[str, str, Sequence[Clause]]]:
    """Give the heading and words of each part in order, and with the conduct the clauses that follow it."""
    for part in HEADINGS:
        if text.parts.get(part, "").strip():
            yield text.headings.get(part, HEADINGS[part]), text.parts[part], ()
        if part == "conduct":
            yield text.clauses_heading, "", text.clauses
