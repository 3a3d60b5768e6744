"""Every page of signing in and of accounts, right and wrong: small and wide, light and dark, by axe and by eye.

HAVEN_SHOTS names a folder for the pictures.
"""

import os

import pytest

from tests.machinery import axe
from tests.machinery.signing_in import PASSWORD, authenticator, choose_password, sign_out, type_password

pytestmark = pytest.mark.browser
LOOKS = ((320, "dark"), (1280, "light"))
"""A telephone in the dark, and a desk in the light."""


@pytest.fixture(scope="module")
def inside(chromium, haven, link_for):
    """The cookies of an administrator who is in, with somebody to look after."""
    context = chromium.new_context(base_url=f"http://localhost:{haven.port}")
    page = context.new_page()
    authenticator(page)
    choose_password(page, link_for("admin@landlord.example", "administrator"))
    page.goto("/staff/account/passkeys")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes")
    page.goto("/staff/people/add")
    page.get_by_label("Name").fill("Noor Haddad-Featherstonehaugh")
    page.get_by_label("Work e-mail address").fill("noor.haddad-featherstonehaugh@merrowdale-homes.landlord.example")
    page.get_by_label("Caseworker").check()
    page.get_by_role("button", name="Add, and make their link").click()
    page.locator(".hv-code").wait_for()
    kept = context.storage_state()
    context.close()
    return kept


PAGES = {
    "sign-in": "/staff/sign-in",
    "link-over": "/staff/set-up",
    "account": "/staff/account",
    "password": "/staff/account/password",
    "code-app": "/staff/account/code-app",
    "passkeys": "/staff/account/passkeys",
    "recovery-codes": "/staff/account/recovery-codes",
    "new-recovery-codes": "/staff/account/recovery-codes/new",
    "confirm-password": "/staff/confirm",
    "confirm-code": "/staff/confirm/code",
    "confirm-passkey": "/staff/confirm/passkey",
    "people": "/staff/people",
    "left": "/staff/people?left",
    "add": "/staff/people/add",
    "add-team": "/staff/people/teams/add",
    "member": "/staff/people/2",
    "leave": "/staff/people/2/leave",
    "on-call": "/staff/on-call",
}
WRONG = ("sign-in", "password", "code-app", "add", "add-team", "confirm-password")
OUTSIDE = ("sign-in", "link-over")


def test_every_page_and_every_error_can_be_used_by_everybody(browse, inside, link_for):
    found = {}
    without, within = with_axe(browse(bypass_csp=True)), with_axe(browse(storage_state=inside, bypass_csp=True))
    assert link_for("second@landlord.example")
    for name, path in PAGES.items():
        page = without if name in OUTSIDE else within
        page.goto(path)
        found |= looked(page, name)
        if name in WRONG:
            page.locator("main form button.govuk-button:not([type=button])").first.click()
            page.locator(".govuk-error-summary").wait_for()
            assert page.title().startswith("Error: ")
            found |= looked(page, f"{name}-wrong", LOOKS[:1])  # what an error adds is the same few words on a wide screen
    assert found == {}


def with_axe(page):
    """A page into each of whose documents axe comes first."""
    axe.comes_into(page.context)
    return page


def test_the_pages_of_the_first_day_can_be_used_by_everybody(browse, link_for):
    found = {}

    page = with_axe(browse(bypass_csp=True))
    authenticator(page)
    page.goto(link_for("first.day@landlord.example"))
    found |= looked(page, "set-up")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Continue").click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    found |= looked(page, "set-up-wrong")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/staff/second-factor")
    found |= looked(page, "second-factor")
    page.goto("/staff/account/passkeys")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes")
    found |= looked(page, "recovery-codes-shown")
    page.goto("/staff/account")
    sign_out(page)
    type_password(page, "first.day@landlord.example")
    page.wait_for_url("**/second-step")
    found |= looked(page, "second-step")
    page.get_by_label("Code", exact=True).fill("123456")
    page.get_by_role("button", name="Continue").click()
    page.locator(".govuk-error-summary").wait_for()
    found |= looked(page, "second-step-wrong")
    assert found == {}


def looked(page, name, looks=LOOKS):
    """Return what keeps people out of a page as it stands, look by look; keep pictures where HAVEN_SHOTS says."""
    found = {}
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        if folder := os.environ.get("HAVEN_SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
        if faults := axe.faults(page):
            found[f"{name}, {width} px, {scheme}"] = faults
    page.set_viewport_size({"width": looks[0][0], "height": 800})
    return found
