"""Whatever is sent: kept faithfully, or refused in words that help; never a fault of ours."""

from urllib.parse import quote_from_bytes, urlencode

import pytest

from haven.reports.models import Report
from tests.web.public.visitor import ACCOUNT

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def send_bytes(visitor, path, body, kind=FORM):
    """Send a body as it is, with the form's secret in front of it."""
    visitor.see("/code")
    secret = f"csrfmiddlewaretoken={visitor.client.cookies['token'].value}&".encode()
    visitor.page = visitor.client.generic("POST", path, secret + body, content_type=kind, follow=False)
    return visitor.page


@pytest.mark.parametrize(
    "words",
    [
        "x" * 999_999,
        "\U0001f621" * 999_999,
        "a\x00b\x00",
        "\u202eright to left\u202c \u2066كلمة\u2069 \u200f",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467 🏳️‍🌈",
        "\ufffd was typed",
        "<script>alert(1)</script> & </textarea>",
        "{{ 7|add:7 }} {% now 'Y' %}",
        "e\u0301 \u0065\u0301 \u00e9",
        "\ud7ff\ue000\U0010ffff\ufeff",
        "line\nline\n\n\tindented",
        " ",
    ],
    ids=[
        "million",
        "million-emoji",
        "nul",
        "rtl",
        "emoji",
        "replacement",
        "html",
        "template",
        "accents",
        "edges",
        "lines",
        "nbsp",
    ],
)
def test_words_arrive_as_they_were_written(visitor, words):
    visitor.tell(account=f"{words}.")
    visitor.see("/check")
    assert visitor.page.status_code == 200
    visitor.finish()
    assert Report.objects.get().account == f"{words}."


def test_one_letter_too_many_is_said_and_nothing_is_lost(visitor):
    visitor.tell(account="y" * 1_000_001)
    assert visitor.address == "/p/3"
    assert visitor.errors == ["Too long by 1. There is room for 1,000,000 letters."]
    assert "y" * 1_000_001 in visitor.html


@pytest.mark.parametrize(
    "broken", [b"\xed\xa0\x80", b"\xed\xa0\xbd", b"\xff\xfe", b"\xc0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82"]
)
def test_half_letters_are_refused_with_a_message_and_the_rest_stays_in_the_box(visitor, broken):
    visitor.send("/p/1", danger="NONE")
    page = send_bytes(visitor, "/p/3", b"account=" + quote_from_bytes(b"He shouted " + broken).encode())
    assert page.status_code == 200
    assert visitor.errors == ["Some letters did not reach us as you wrote them. Please write them again."]
    assert "He shouted" in visitor.html
    visitor.see("/check")
    assert visitor.address == "/c/3"


def test_bytes_of_an_old_telephone_that_knows_no_utf8_are_read_as_it_meant_them(visitor):
    visitor.send("/p/1", danger="NONE")
    send_bytes(visitor, "/p/3", b"account=caf\xe9")
    visitor.see("/check").finish()
    assert Report.objects.get().account == "café"


@pytest.mark.parametrize(
    ("path", "method"),
    [("/", "post"), ("/before", "post"), ("/p/1", "put"), ("/p/1", "delete"), ("/check", "patch"), ("/done", "post"),
     ("/language", "get"), ("/mine/read", "get"), ("/mine/reply", "get"), ("/code", "options")],
)  # fmt: skip
def test_a_method_that_a_page_does_not_have_is_refused_neutrally(visitor, path, method):
    visitor.see("/code")
    secret = visitor.client.cookies["token"].value
    page = getattr(visitor.client, method)(path, headers={"X-CSRFToken": secret})
    assert page.status_code == 405
    assert page["Allow"]
    assert b"There is nothing at this address" in page.content


@pytest.mark.parametrize(
    "path",
    [
        "/p/0",
        "/p/31",
        "/p/999999999999999999999",
        "/c/0",
        "/p/x",
        "/p/-1",
        "/nothing",
        "/p/",
        "/mine/x",
        "/%00",
        "/p/1/2",
    ],
)
def test_pages_that_are_not_there_say_so_neutrally(visitor, path):
    visitor.tell()
    page = visitor.client.get(path)
    assert page.status_code == 404
    assert b"There is nothing at this address" in page.content
    assert visitor.see("/p/3").page.status_code == 200


@pytest.mark.parametrize("cookie", ["", ".", "x", "..", "a" * 4000, "é", "%00", "." + "A" * 300, "AAAA.BBBB", "'; --"])
def test_cookies_that_are_not_ours_open_nothing_and_break_nothing(visitor, cookie):
    visitor.tell().finish()
    visitor.client.cookies["visit"] = cookie
    for path in ("/p/1", "/p/4", "/check", "/done", "/mine", "/more", "/leave"):
        assert visitor.client.get(path).status_code in (200, 302)
    assert "Nothing is open here" in visitor.see("/done").text


def test_a_form_without_its_secret_is_shown_again_and_loses_nothing(visitor):
    visitor.send("/p/1", danger="NONE")
    words = "Words that\nmust not be lost </textarea> \U0001f621"
    visitor.page = visitor.client.post("/p/3", {"account": words, "go": "check"})
    assert visitor.page.status_code == 403
    assert visitor.heading == "Please press once more"
    assert 'action="/p/3"' in visitor.html
    assert "must not be lost &lt;/textarea&gt;" in visitor.html
    assert not visitor.client.get("/check").status_code == 200
    kept = visitor.page.context[0]["kept"] if visitor.page.context else None
    assert kept is None or dict(kept)["account"] == words
    visitor.send("/p/3", account=words, go="check")
    assert visitor.address == "/check"


def test_an_old_secret_does_not_send_a_report(visitor):
    visitor.tell()
    page = visitor.client.post("/check", {"csrfmiddlewaretoken": "x" * 64})
    assert page.status_code == 403
    assert not Report.objects.exists()


def test_passwords_are_never_shown_again(visitor):
    page = visitor.client.post("/staff/anything", {"password": "hunter2", "x": "shown"})
    assert b"hunter2" not in page.content


def test_a_body_that_is_too_large_is_refused_in_words(visitor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    visitor.send("/p/1", danger="NONE")
    page = send_bytes(visitor, "/p/3", urlencode({"account": "x" * 20_000}).encode())
    assert page.status_code in (400, 413)
    assert b"We could not take that in one piece" in page.content
    assert visitor.see("/p/3").page.status_code == 200


def test_too_many_fields_are_refused_in_words(visitor):
    page = send_bytes(visitor, "/p/1", b"&".join(b"x%d=1" % number for number in range(600)))
    assert page.status_code == 400
    assert b"We could not take that in one piece" in page.content


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "", "x"]
)
def test_other_kinds_of_body_are_not_read_as_answers(visitor, kind):
    visitor.see("/code")
    secret = visitor.client.cookies["token"].value
    page = visitor.client.generic(
        "POST", "/p/1", b'{"danger": ["NONE"]}', content_type=kind, headers={"X-CSRFToken": secret}
    )
    assert page.status_code in (200, 400, 403)


def test_a_thousand_values_for_one_question_are_one_wrong_answer(visitor):
    visitor.tell().send("/p/11", strands=[f"X{number}" for number in range(400)])
    assert len(visitor.errors) == 1


def test_values_of_the_wrong_shape_are_wrong_answers(visitor):
    visitor.tell()
    visitor.send_all("/p/7", {"when_from": "2026"})
    visitor.send("/p/6", when_kind="exact")
    visitor.send_all("/p/7", {"when_from-day": "\x00", "when_from-month": "９９", "when_from-year": "2" * 5000})
    assert visitor.page.status_code == 200
    assert len(visitor.errors) == 1


@pytest.mark.parametrize(
    ("target", "went"),
    [
        ("/p/3", "/p/3"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
        ("/a\r\nb", "/"),
    ],
)
def test_changing_the_language_never_leads_elsewhere(visitor, target, went):
    visitor.send_all("/language", {"language": "ar", "next": target}, follow=False)
    assert (visitor.page.status_code, visitor.page["Location"]) == (302, went)


def test_a_language_that_is_not_there_is_english(visitor):
    visitor.send_all("/language", {"language": "xx", "next": "/"})
    assert visitor.client.cookies["words"].value == "en-gb"


def test_words_sent_after_a_long_rest_are_kept_and_danger_is_asked_again(visitor):
    from haven.reports.models import Draft

    visitor.tell()
    Draft.objects.all().delete()
    visitor.send("/p/3", account="Words written for an hour.")
    assert visitor.address == "/p/1"
    assert "You were away for a while" in visitor.text
    visitor.send("/p/1", danger="NONE").see("/check")
    assert "Words written for an hour." in visitor.text
    assert ACCOUNT not in visitor.text


def test_half_letters_beside_files_are_refused_too(visitor):
    visitor.tell()
    body = (
        b'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n%s\r\n'
        b'--x\r\nContent-Disposition: form-data; name="evidence"\r\n\r\nA camera \xed\xa0\x80\r\n--x--\r\n'
    ) % visitor.client.cookies["token"].value.encode()
    visitor.page = visitor.client.generic("POST", "/p/20", body, content_type="multipart/form-data; boundary=x")
    assert visitor.errors == ["Some letters did not reach us as you wrote them. Please write them again."]
