"""A letter as documents: HTML, PDF/UA-1, the same in large print, and plain text; nothing that identifies in their data.

Templates are given data, never put together from it, so that no text of a letter can become a command.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from haven.interventions.letters.content import Content, in_order
from haven.kernel.decision import Decision, Refused
from haven.policy.pack import pack

TEMPLATE = Path(__file__).with_name("letter.typ")
OWN_FONT = frozenset("en cy pl cs sk ro hu lt lv et de fr es it pt nl sv da nb fi tr az so sw sq hr bs sl is ga gd mt".split())
"""Languages that the font shipped with Haven can write; others are set with fonts of the machine."""
STYLE = (
    "body{font:1.125rem/1.5 'Atkinson Hyperlegible',Arial,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;"
    "color:#0b0c0c;background:#fff}h1{font-size:1.75rem}h2{font-size:1.375rem}blockquote{margin:1rem 0;padding-inline-start:1rem;"
    "border-inline-start:.25rem solid #505a5f}"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand out: its bytes, what it is, and a name that says nothing."""

    content: bytes
    media_type: str
    name: str


def direction(language: str) -> str:
    """Return which way a language is written."""
    known = pack().languages.get(language) or pack().languages.get(language.split("-")[0])
    return known.direction if known else "ltr"


def html(letter: Content) -> bytes:
    """Return a letter as one HTML page that needs nothing else."""
    sent = letter.sent
    body = format_html(
        "<p>{}</p>\n<p>{}</p>\n<p>{}<br>{}</p>\n<h1>{}</h1>\n{}\n<p>{}<br>{}<br>{}</p>",
        _lines(*_sender()),
        _lines(*letter.to, *letter.address),
        written_date(letter),
        _reference(letter),
        _title(),
        format_html_join("\n", "<h2>{}</h2>\n{}", ((heading, _part(text, clauses)) for heading, text, clauses in in_order(sent))),
        letter.officer,
        pack().landlord.name,
        letter.telephone,
    )
    page = format_html(
        '<!DOCTYPE html>\n<html lang="{}" dir="{}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title><style>{}</style></head>\n'
        "<body><main>\n{}\n</main></body>\n</html>\n",
        sent.language, direction(sent.language), _title(), mark_safe(STYLE), body,
    )  # fmt: skip
    return page.encode()


def _part(text: str, clauses: Any) -> SafeString:
    if clauses:
        quoted = ((each.number, each.heading, _paragraphs(each.words)) for each in clauses)
        return format_html_join("\n", "<blockquote><p><strong>{} {}</strong></p>{}</blockquote>", quoted)
    return _paragraphs(text)


def _paragraphs(text: str) -> SafeString:
    return format_html_join("\n", "<p>{}</p>", ((_lines(*each.splitlines()),) for each in _apart(text)))


def _lines(*lines: str) -> SafeString:
    return mark_safe("<br>".join(escape(line) for line in lines if line))


def plain(letter: Content) -> bytes:
    """Return a letter as plain text, for screen readers, e-mail and machines that read aloud."""
    sections = [
        "\n".join(_sender()),
        "\n".join((*letter.to, *letter.address)),
        f"{written_date(letter)}\n{_reference(letter)}",
        _title(),
    ]
    for heading, text, clauses in in_order(letter.sent):
        quoted = [f"{each.number} {each.heading}\n{each.words}" for each in clauses]
        sections.append("\n\n".join([heading, *([text.strip()] if text.strip() else []), *quoted]))
    sections.append("\n".join((letter.officer, pack().landlord.name, letter.telephone)))
    return ("\n\n".join(sections) + "\n").encode()


def pdf(letter: Content) -> bytes:
    """Return a letter as an accessible PDF (PDF/UA-1); raises Refused where no font can write its language."""
    return _set(letter, large=False)


def large_print(letter: Content) -> bytes:
    """Return the same in large print: 18 points, ragged, wide lines apart."""
    return _set(letter, large=True)


def _set(letter: Content, *, large: bool) -> bytes:
    language = letter.sent.language
    given = {"data": json.dumps(_data(letter, large=large), ensure_ascii=False)}
    try:
        made = typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=[str(settings.HAVEN_FONTS)] if Path(settings.HAVEN_FONTS).is_dir() else [],
            ignore_system_fonts=language.split("-")[0] in OWN_FONT,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs=given,
        )
    except typst.TypstError as problem:
        raise Refused(
            Decision.no(
                "This machine has no font that can write the letter, so no accessible PDF could be made.",
                clause="3.4.3(c)",
                remedy="Use the page or the plain text, or ask for a font of that script to be installed.",
            )
        ) from problem
    if not isinstance(made, bytes):
        raise TypeError("a letter is one document")
    return made


def _data(letter: Content, *, large: bool) -> dict[str, Any]:
    sent = letter.sent
    return {
        "title": _title(),
        "language": sent.language.split("-")[0],
        "region": "GB" if sent.language == "en" else "",
        "direction": direction(sent.language),
        "large": large,
        "from": _sender(),
        "to": [*letter.to, *letter.address],
        "dated": written_date(letter),
        "reference": _reference(letter),
        "parts": [
            {
                "heading": heading,
                "paragraphs": _apart(text),
                "clauses": [
                    {"number": each.number, "heading": each.heading, "paragraphs": _apart(each.words)} for each in clauses
                ],
            }
            for heading, text, clauses in in_order(sent)
        ],
        "officer": [letter.officer, pack().landlord.name, letter.telephone],
    }


def written_date(letter: Content) -> str:
    """Return the day of a letter in words, in figures for other languages."""
    day = letter.dated
    return f"{day.day} {day:%B %Y}" if letter.sent.language.startswith("en") else f"{day.day:02}/{day.month:02}/{day.year}"


def _apart(text: str) -> list[str]:
    return [each.strip() for each in text.replace("\r\n", "\n").split("\n\n") if each.strip()]


def _sender() -> list[str]:
    return [pack().landlord.name, *pack().landlord.address]


def _reference(letter: Content) -> str:
    return letter.reference


def _title() -> str:
    """Return the title: it shows in tabs, in print queues and in the data of the file, so it says nothing."""
    return f"A letter from {pack().landlord.name}"


FORMATS: dict[str, tuple[str, str, str, Callable[[Content], bytes]]] = {
    "html": ("Web page", "text/html; charset=utf-8", "html", html),
    "pdf": ("PDF", "application/pdf", "pdf", pdf),
    "large": ("PDF, large print", "application/pdf", "pdf", large_print),
    "text": ("Plain text", "text/plain; charset=utf-8", "txt", plain),
}
"""Each format with its words, media type, ending and maker."""


def document(letter: Content, *, kind: str, number: int) -> Document:
    """Return a letter in one of the formats, under a name of a number alone."""
    _, media_type, ending, make = FORMATS[kind]
    name = f"letter-{number}-large.{ending}" if kind == "large" else f"letter-{number}.{ending}"
    return Document(make(letter), media_type, name)
