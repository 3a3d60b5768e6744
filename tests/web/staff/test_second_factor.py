"""Code apps and recovery codes: added, asked for, right once, taken off, and all of it in the trail."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from haven.accounts import queries
from tests.machinery.staff import PASSWORD, sign_in, signed_in
from tests.machinery.totp import code_at

pytestmark = pytest.mark.django_db
SECOND_STEP = "/staff/sign-in/second-step"


def add_code_app(client):
    """Add a code app as a person would; return its secret and the recovery codes shown."""
    page = client.get("/staff/account/code-app").content.decode()
    secret = re.search(r'<code class="hv-code">([A-Z2-7 ]+)</code>', page).group(1).replace(" ", "")
    answer = client.post("/staff/account/code-app", {"code": code_at(secret, time.time())})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    shown = client.get(answer["Location"]).content.decode()
    codes = [code.replace(" ", "") for code in re.findall(r'<code class="hv-code">([\d ]+)</code>', shown)]
    return secret, codes


@pytest.fixture
def with_app(caseworker):
    """A caseworker's secret and recovery codes."""
    client = signed_in(caseworker, with_second_factor=False)
    return add_code_app(client)


def second_step(code, email="amal@landlord.example"):
    client = Client()
    first = sign_in(client, email, PASSWORD)
    assert first["Location"] == SECOND_STEP
    return client, client.post(SECOND_STEP, {"code": code})


def next_code(secret):
    """The code after the one that was used to add the app; within the half minute that clocks may differ."""
    return code_at(secret, time.time() + 30)


def test_a_new_member_adds_a_code_app_and_goes_in(client, caseworker, acts):
    sign_in(client, caseworker.email, PASSWORD)
    assert client.get("/staff/account")["Location"] == "/staff/second-factor"
    _, codes = add_code_app(client)
    assert len(codes) == 10
    assert client.get("/staff/account").status_code == 200
    added = [codes for act, codes in acts(caseworker) if act == "second_factor.added"]
    assert added == [{"kind": "totp", "factor": Authenticator.objects.get(type="totp").pk, "second_factors": 1}]


def test_the_picture_fits_the_key(client, caseworker):
    page = signed_in(caseworker).get("/staff/account/code-app").content.decode()
    assert page.count("<svg") == 1
    assert "style=" not in page
    assert "data:" not in page


def test_the_secret_is_sealed_in_the_database(with_app):
    secret, codes = with_app
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_the_second_step_is_asked_for_and_lets_in(caseworker, with_app, acts):
    client, answer = second_step(next_code(with_app[0]))
    assert answer["Location"] == reverse("staff:start")
    assert client.get("/staff/account").status_code == 200
    assert acts(caseworker)[-1] == ("sign_in.done", {"factors": ["totp"], "with_password": True})


def test_without_the_second_step_nothing_is_open(with_app):
    client = Client()
    sign_in(client, "amal@landlord.example", PASSWORD)
    assert client.get("/staff/account")["Location"].startswith("/staff/sign-in")
    assert client.get("/staff/sign-in")["Location"] == SECOND_STEP


def test_starting_again_forgets_the_password_step(with_app):
    client = Client()
    sign_in(client, "amal@landlord.example", PASSWORD)
    client.post("/staff/sign-out")
    assert client.get(SECOND_STEP)["Location"] == "/staff/sign-in"


def test_a_wrong_code_is_told_recorded_and_does_not_let_in(caseworker, with_app, acts):
    client, page = second_step("000000")
    assert "not right" in page.content.decode()
    assert acts(caseworker)[-1] == ("sign_in.failed", {"step": "second_factor", "known": True, "wait_seconds": 0})


def test_a_code_is_right_only_once(with_app):
    code = next_code(with_app[0])
    assert second_step(code)[1].status_code == 302
    assert "used before" in second_step(code)[1].content.decode()


def test_the_code_with_which_the_app_was_added_may_not_be_guessed_far_from_now(with_app):
    assert second_step(code_at(with_app[0], time.time() + 120))[1].status_code == 200
    assert second_step(code_at(with_app[0], time.time() - 120))[1].status_code == 200


def test_a_recovery_code_lets_in_once_and_the_trail_says_so(caseworker, with_app, acts):
    client, answer = second_step(with_app[1][3])
    assert answer.status_code == 302
    assert acts(caseworker)[-1] == ("sign_in.done", {"factors": ["recovery_codes"], "with_password": True})
    assert "9 codes left" in client.get("/staff/account").content.decode()
    assert second_step(with_app[1][3])[1].status_code == 200


def test_recovery_codes_are_shown_once_only(caseworker, with_app):
    client = signed_in(caseworker)
    page = client.get("/staff/account/recovery-codes").content.decode()
    assert not any(code[:5] in page for code in with_app[1])
    assert "10 codes left" in page


def test_new_recovery_codes_replace_the_old(caseworker, with_app, acts):
    client = signed_in(caseworker)
    answer = client.post("/staff/account/recovery-codes/new")
    page = client.get(answer["Location"]).content.decode()
    assert page.count('<code class="hv-code">') == 10
    assert acts(caseworker)[-1][0] == "recovery_codes.made"
    assert second_step(with_app[1][0])[1].status_code == 200


def test_codes_are_slowed_after_five_wrong_ones_and_then_even_the_right_one_waits(with_app):
    for _ in range(5):
        second_step("000000")
    page = second_step(next_code(with_app[0]))[1].content.decode()
    assert "too many wrong tries" in page


def test_the_last_second_factor_cannot_be_removed(caseworker, with_app, acts):
    client = signed_in(caseworker)
    factor = Authenticator.objects.get(user=caseworker, type="totp")
    page = client.post(f"/staff/account/factors/{factor.pk}/remove").content.decode()
    assert "only second factor" in page
    assert queries.has_second_factor(caseworker)
    assert f"/staff/account/factors/{factor.pk}/remove" not in client.get("/staff/account").content.decode()


def test_one_of_two_second_factors_can_be_removed(caseworker, with_app, acts):
    passkey = Authenticator.objects.create(user=caseworker, type="webauthn", data={"name": "blue key"})
    client = signed_in(caseworker)
    answer = client.post(f"/staff/account/factors/{passkey.pk}/remove")
    assert answer["Location"] == "/staff/account"
    assert acts(caseworker)[-1] == (
        "second_factor.removed",
        {"kind": "webauthn", "factor": passkey.pk, "second_factors": 1},
    )


def test_nobody_removes_the_second_factor_of_another(administrator, with_app):
    factor = Authenticator.objects.get(type="totp")
    assert signed_in(administrator).post(f"/staff/account/factors/{factor.pk}/remove").status_code == 404
    assert signed_in(administrator).get(f"/staff/account/passkeys/{factor.pk}").status_code == 404


def test_a_second_code_app_is_not_added_beside_the_first(caseworker, with_app):
    assert signed_in(caseworker).get("/staff/account/code-app")["Location"] == "/staff/account"


@pytest.mark.parametrize(
    "credential", ["", "null", "[]", "{}", '{"id": "\\ud800"}', '{"id":"a","response":{}}', "x" * 999]
)
@pytest.mark.parametrize(
    "path", ["/staff/sign-in/passkey", SECOND_STEP, "/staff/account/passkeys", "/staff/confirm/passkey"]
)
def test_broken_passkeys_get_a_message_and_never_a_fault(path, credential, caseworker, with_app):
    if path == SECOND_STEP:
        client = Client()
        sign_in(client, caseworker.email, PASSWORD)
    else:
        client = signed_in(caseworker) if path != "/staff/sign-in/passkey" else Client()
    answer = client.post(path, {"credential": credential, "name": "x"}, headers={"host": "localhost"})
    assert answer.status_code in (200, 302)
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_session_without_the_second_factor_is_told_to_sign_in_with_it(caseworker, with_app):
    client = signed_in(caseworker, with_second_factor=False)
    assert client.get("/staff/account")["Location"] == "/staff/second-factor"
    assert "Sign out, and sign in with it" in client.get("/staff/second-factor").content.decode()


def test_a_thief_of_a_password_cannot_add_a_factor_of_their_own_beside_the_owners(caseworker, with_app):
    client = signed_in(caseworker, with_second_factor=False)
    assert client.get("/staff/account/passkeys", headers={"host": "localhost"})["Location"] == "/staff/second-factor"


def test_in_the_demonstration_the_second_factor_may_be_skipped_and_the_page_says_so(settings, caseworker):
    settings.HAVEN_DEMONSTRATION = True
    page = signed_in(caseworker, with_second_factor=False).get("/staff/account")
    assert page.status_code == 200
    assert "hv-trying-out" in page.content.decode()


def test_outside_the_demonstration_no_page_says_so(caseworker):
    assert "hv-trying-out" not in signed_in(caseworker).get("/staff/account").content.decode()
