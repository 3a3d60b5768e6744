"""Whatever is sent to a real Haven: kept as it is, or a message at its place; nothing typed is lost, and never a 500."""

import pytest

from tests.journeys.wire import FORM, Wire

QUESTIONS = [f"/p/{number}" for number in range(1, 31) if number not in (2, 10)]
OWN = ["/mine/add", "/mine/allow", "/mine/reach"]
EVERY_FORM = [*QUESTIONS, *OWN, "/more", "/code", "/lost"]
BY_POST = [*EVERY_FORM, "/check", "/language", "/leave", "/mine/read", "/mine/reply", "/mine/renew"]
TEXTS = {
    "nul": b"a\0b\0",
    "half letters": b"door \xed\xa0\x80 door",
    "no letters": b"door \xff\xfe\x80 door",
    "right to left": "\u202eraus\u202c \u2066خرج\u2069 \u200f".encode(),
    "emoji": "\U0001f621\U0001f469\u200d\U0001f467 e\u0301".encode(),
    "markup": b"</textarea><script>alert(1)</script>\"' {{ 7|add:7 }} %s %(x)s",
    "lines": b"one\r\ntwo\n\n three",
}
SHOWN_AGAIN = {"/code": 80, "/lost": 40}
"""A code has 16 letters and a number 11: of what cannot be either, so many letters are shown again."""
KEPT_AS_IT_IS = ["right to left", "emoji", "markup"]


@pytest.fixture(scope="module")
def visitor(haven):
    """Somebody in the middle of a report, to whom every question is asked."""
    return Wire(haven.port).tell()


@pytest.fixture(scope="module")
def returned(haven):
    """Somebody who has sent a report and come back to it in the same visit."""
    person = Wire(haven.port).tell()
    assert person.send("/check", []).leads_to == "/done"
    return person


@pytest.fixture
def on(visitor, returned):
    """Who may see a page."""
    return lambda path: returned if path in (*OWN, "/more", "/mine/read", "/mine/reply", "/mine/renew") else visitor


def is_said(answer):
    """Fail unless the page says what is wrong, in the summary and at a control that is there."""
    controls = answer.controls
    assert "govuk-error-summary" in answer.text
    assert "<title>Error: " in answer.text
    assert controls.links
    assert set(controls.links) <= controls.ids
    assert "govuk-error-message" in answer.text


def the_rest(page, name):
    """First answers to everything else on the page, so that only one thing is wrong."""
    return [(other, values[0].encode()) for other, values in page.controls.choices.items() if other != name and values]


@pytest.mark.parametrize("path", EVERY_FORM)
def test_strange_letters_are_kept_or_named_on_every_page(on, path):
    person = on(path)
    page = person.see(path)
    assert page.status == 200
    for name in page.controls.texts:
        for kind, words in TEXTS.items():
            answer = person.send(path, [(name, words), *the_rest(page, name)])
            assert answer.status in (200, 302), (name, kind, answer.status)
            shown = answer.controls.texts if answer.status == 200 else {}
            if answer.status == 200 and "govuk-error-summary" in answer.text:
                is_said(answer)
                wanted = words.decode("utf-8", "replace").replace("\0", "")[:200].strip()
                kept = shown[name].replace("\0", "").replace("\r\n", "\n").strip()
                assert kept == wanted.replace("\r\n", "\n")[: SHOWN_AGAIN.get(path, 200)].strip(), (name, kind)
            elif kind in KEPT_AS_IT_IS and path in QUESTIONS:
                assert person.see(path).controls.texts[name] in (words.decode(), words.decode().strip().upper()), (
                    name,
                    kind,
                )
            assert b"<script>alert" not in answer.text.encode()


@pytest.mark.parametrize("path", EVERY_FORM)
def test_words_without_end_are_named_and_not_lost_on_every_page(on, path):
    person = on(path)
    page = person.see(path)
    for name in page.controls.texts:
        answer = person.send(path, [(name, b"x" * 1_000_001), *the_rest(page, name)])
        assert answer.status == 200, name
        is_said(answer)
        if path not in ("/code", "/lost"):
            assert len(answer.controls.texts[name]) == 1_000_001, name


def test_a_million_letters_are_kept_as_they_are(haven):
    person = Wire(haven.port)
    person.send("/p/1", [("danger", b"NONE")])
    words = ("kicked our door " * 62_500).encode()
    assert person.send("/p/3", [("account", words), ("go", b"check")]).leads_to == "/check"
    assert len(person.see("/p/3").controls.texts["account"]) == 1_000_000
    assert person.send("/check", []).leads_to == "/done"
    assert person.see("/done").status == 200


@pytest.mark.parametrize("path", EVERY_FORM)
def test_answers_that_were_never_offered_are_named_on_every_page(on, path):
    person = on(path)
    page = person.see(path)
    for name in page.controls.choices:
        for value in (b"tampered", b"'; DROP TABLE reports_report; --", b"\0", b"\xff", b"1" * 5000, "١".encode()):
            answer = person.send(path, [(name, value), *the_rest(page, name)])
            assert answer.status == 200, (name, value[:20])
            is_said(answer)


@pytest.mark.parametrize("path", BY_POST)
def test_a_form_without_its_secret_changes_nothing_and_loses_nothing(on, path):
    person = on(path)
    typed = "what I wrote before the page grew old"
    answer = person.send(path, [("account", typed.encode()), ("words", typed.encode())], secret="")
    assert answer.status == 403
    assert answer.text.count(typed) == 2
    again = answer.controls
    assert again.secret
    assert f'action="{path}"' in answer.text
    assert again.texts["account"] == typed


@pytest.mark.parametrize("path", [*BY_POST, "/", "/before", "/safe", "/done", "/mine", "/mine/now", "/p/2"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_method_that_no_page_has_is_refused(on, path, method):
    secret = on(path).see("/code").controls.secret
    answer = on(path).ask(method, path, **{"X-CSRFToken": secret})
    assert answer.status in (403, 405)
    assert on(path).see("/code").status == 200


@pytest.mark.parametrize("path", ["/p/3", "/p/20", "/code", "/mine/add", "/check"])
def test_a_form_with_very_many_fields_is_refused_in_words(on, path):
    answer = on(path).send(path, [(f"field{number}", b"x") for number in range(3_000)])
    assert answer.status == 400
    assert "could not take that in one piece" in answer.words
    assert on(path).see("/p/3" if on(path).see("/check").status == 200 else "/mine").status in (200, 302)


@pytest.mark.parametrize("path", ["/p/3", "/code"])
def test_a_body_without_end_is_refused_in_words(on, path):
    answer = on(path).send(path, [("account", b"x" * 13_000_000)])
    assert answer.status in (400, 413)
    assert "could not take that in one piece" in answer.words


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "application/json", "text/plain", "x", FORM]
)
@pytest.mark.parametrize("body", [b"", b"{", b"--x\r\n", b"%", b"&&&&==", b"=\xff%zz%00"])
def test_a_body_that_is_no_form_never_breaks_anything(visitor, kind, body):
    secret = visitor.see("/code").controls.secret
    answer = visitor.ask("POST", "/p/3", body, **{"Content-Type": kind, "X-CSRFToken": secret})
    assert answer.status in (200, 302, 400, 403, 413)


@pytest.mark.parametrize(
    "path",
    [
        "/p/0",
        "/p/31",
        "/p/99999999999999999999",
        "/p/x",
        "/c/0",
        "/p/%00",
        "/p/%ff",
        "//p/1",
        "/%2e%2e/",
        "/mine/nothing",
        "/p/1/",
    ],
)
def test_addresses_that_are_not_there_say_so_alike(visitor, path):
    answer = visitor.see(path)
    assert answer.status in (301, 302, 404)
    assert answer.status != 404 or "There is nothing at this address" in answer.words


def test_dates_in_any_script_and_shape_are_read_or_named(visitor):
    for parts in [
        ("٣١", "١٢", "٢٠٢٤"),
        ("1" * 40, "1", "2024"),
        ("-1", "1", "2024"),
        ("1.5", "1", "2024"),
        ("①", "1", "2024"),
        ("0", "0", "0"),
    ]:
        fields = [
            (f"when_from-{part}", value.encode()) for part, value in zip(("day", "month", "year"), parts, strict=True)
        ]
        answer = visitor.send("/p/7", fields)
        assert answer.status in (200, 302), parts
        if answer.status == 200:
            is_said(answer)
            assert answer.controls.texts["when_from-day"] == parts[0]
