"""Signing in as people do it, in Chromium: passkeys on a virtual authenticator, a code app, the keyboard alone.

The web process is a real one and not in the demonstration; people are let in by `haven staff add`, as at a landlord's.
"""

import re
import time

import pytest

from tests.machinery.signing_in import PASSWORD, authenticator, choose_password, heading, sign_out, type_password
from tests.machinery.totp import code_at

pytestmark = pytest.mark.browser


def test_a_passkey_is_added_signs_in_alone_and_is_the_second_step(browse, link_for):
    page = browse()
    authenticator(page)
    choose_password(page, link_for("passkey@landlord.example"))
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("What do you call this device").fill("blue laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes")
    assert page.locator(".hv-codes li").count() == 10
    page.goto("/staff/account")
    assert "blue laptop" in page.locator("main").inner_text()

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile("/(desk/|staff/account)$"))

    sign_out(page)
    type_password(page, "passkey@landlord.example")
    page.wait_for_url("**/second-step")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile("/(desk/|staff/account)$"))

    page.goto("/staff/confirm/passkey?next=/staff/account")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/staff/account")


def test_a_passkey_that_is_not_given_says_so_and_leaves_the_other_way_open(browse, link_for):
    page = browse()
    cdp, holder = authenticator(page)
    choose_password(page, link_for("cancelled@landlord.example"))
    page.get_by_role("button", name="Add a passkey").click()
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": holder, "isUserVerified": False})
    cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": holder})
    authenticator(page, verified=False)
    page.get_by_role("button", name="Add a passkey").click()
    page.locator("[data-said]:not(:empty), .hv-codes").first.wait_for(timeout=70_000)
    page.goto("/staff/account/code-app")
    assert heading(page) == "Add a code app"


def test_the_keyboard_alone_sets_up_a_code_app_and_signs_in_with_it(browse, link_for):
    page = browse(viewport={"width": 320, "height": 640})
    page.goto(link_for("keyboard@landlord.example"))
    reach(page, "New password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/second-factor")
    reach(page, "Add a code app")
    page.keyboard.press("Enter")
    page.wait_for_url("**/code-app")
    secret = page.locator("details .hv-code").text_content().replace(" ", "")
    reach(page, "The six digits that the app shows now")
    page.keyboard.type(code_at(secret, time.time()))
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes")
    page.goto("/staff/account")
    sign_out(page)

    page.goto("/staff/sign-in")
    reach(page, "Work e-mail address")
    page.keyboard.type("keyboard@landlord.example")
    reach(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-step")
    reach(page, "Code")
    page.keyboard.type(code_at(secret, time.time() + 30))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(desk/|staff/account)$"))


def reach(page, name):
    """Press Tab until the thing of this name has the focus, and see that it shows."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [(e.labels && e.labels[0] || e).innerText.trim(), s.outlineStyle + s.boxShadow] }"
        )
        if focused[0] == name:
            assert focused[1] not in ("nonenone", "none")
            return
    raise AssertionError(f"Tab never reached {name}")


def test_without_javascript_everything_but_passkeys_works(browse, link_for):
    page = browse(java_script_enabled=False)
    choose_password(page, link_for("plain@landlord.example"))
    page.get_by_role("button", name="Add a code app").click()
    page.locator("details summary").last.click()
    secret = page.locator("details .hv-code").text_content().replace(" ", "")
    page.get_by_label("The six digits that the app shows now").fill(code_at(secret, time.time()))
    page.get_by_role("button", name="Add this app").click()
    page.locator(".hv-codes li").first.wait_for()
    assert page.locator(".hv-codes li").count() == 10
    page.goto("/staff/account/passkeys")
    assert "newer browser" in page.locator("main").inner_text()


def test_a_password_can_be_looked_at_and_is_hidden_again_when_sent(browse):
    page = browse()
    page.goto("/staff/sign-in")
    page.get_by_label("Password", exact=True).fill("secret words")
    page.get_by_role("button", name="Show password").click()
    assert page.locator("#id_password").get_attribute("type") == "text"
    page.get_by_role("button", name="Hide password").click()
    assert page.locator("#id_password").get_attribute("type") == "password"


def test_two_minutes_before_the_end_one_press_keeps_the_session(browse, link_for):
    page = browse()
    page.clock.install()
    choose_password(page, link_for("slow@landlord.example"))
    page.clock.fast_forward("27:00")
    assert not page.locator("#session-warning").is_visible()
    page.clock.fast_forward("01:30")
    page.locator("#session-warning").wait_for(state="visible")
    with page.expect_response("**/staff/stay") as stayed:
        page.get_by_role("button", name="Stay signed in").click()
    assert stayed.value.status == 204
    page.locator("#session-warning").wait_for(state="hidden")
