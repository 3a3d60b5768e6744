"""Every page of signing in and of accounts, right and wrong: small and wide, light and dark, by axe and by eye.

HAVEN_SHOTS names a folder for the pictures.
"""

import json
import os
from pathlib import Path

import pytest

from tests.machinery import cluster
from tests.machinery.signing_in import PASSWORD, authenticator, choose_password, sign_out, type_password

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_and_every_error_can_be_used_by_everybody(browse, inside, link_for, width):
    found = {}
    shown = {"viewport": {"width": width, "height": 800}, "bypass_csp": True}
    without, within = with_axe(browse(**shown)), with_axe(browse(storage_state=inside, **shown))
    if width == 320:
        assert link_for("second@landlord.example")
    for name, path in PAGES.items():
        page = without if name in OUTSIDE else within
        page.goto(path)
        found |= in_its_light(page, name, width)
        if name in WRONG and width == 320:  # what an error adds is the same few words on a wide screen
            page.locator("main form button.govuk-button:not([type=button])").first.click()
            page.locator(".govuk-error-summary").wait_for()
            assert page.title().startswith("Error: ")
            found |= in_its_light(page, f"{name}-wrong", width)
    assert found == {}


def with_axe(page):
    """A page into each of whose documents axe comes first."""
    page.context.add_init_script(Path(cluster.ROOT, "node_modules/axe-core/axe.min.js").read_text())
    return page


def test_the_pages_of_the_first_day_can_be_used_by_everybody(browse, link_for):
    found = {}

    def looked(name):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found.update(in_its_light(page, name, width))

    page = with_axe(browse(bypass_csp=True))
    authenticator(page)
    page.goto(link_for("first.day@landlord.example"))
    looked("set-up")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Continue").click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    looked("set-up-wrong")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/staff/second-factor")
    looked("second-factor")
    page.goto("/staff/account/passkeys")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes")
    looked("recovery-codes-shown")
    page.goto("/staff/account")
    sign_out(page)
    type_password(page, "first.day@landlord.example")
    page.wait_for_url("**/second-step")
    looked("second-step")
    page.get_by_label("Code", exact=True).fill("123456")
    page.get_by_role("button", name="Continue").click()
    page.locator(".govuk-error-summary").wait_for()
    looked("second-step-wrong")
    assert found == {}


def in_its_light(page, name, width):
    """Look at a page on a dark telephone and on a light desk."""
    scheme = "dark" if width == 320 else "light"
    page.emulate_media(color_scheme=scheme)
    return look(page, name, width, scheme)


def look(page, name, width, scheme):
    """Return what keeps people out of a page as it stands; keep a picture where SHOTS says."""
    if folder := os.environ.get("HAVEN_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
    problems = []
    if page.evaluate("document.documentElement.scrollWidth") > width:
        problems.append("wider than the screen")
    if page.locator("h1").count() != 1:
        problems.append("not one h1")
    sized = {"target-size": {"enabled": True}}
    options = json.dumps({"runOnly": RULES, "preload": False, "resultTypes": ["violations"], "rules": sized})
    result = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    problems += [f"{one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}" for one in result]
    return {name: problems} if problems else {}
