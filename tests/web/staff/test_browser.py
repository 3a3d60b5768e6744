"""Signing in as people do it, in Chromium: passkeys on a virtual authenticator, a code app, the keyboard alone.

The web process is a real one and not in the demonstration; people are let in by `haven staff add`, as at a landlord's.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.machinery import cluster, live
from tests.machinery.totp import code_at

pytestmark = pytest.mark.browser
CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "plum harbour ninety crow"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def haven(live_haven):
    from haven.web.assets.build import build

    build()
    return live_haven()


@pytest.fixture(scope="module")
def link_for(haven):
    """Let somebody in at the command line; returns the path of their set-up link."""

    def let_in(email, role="caseworker"):
        done = subprocess.run(
            [sys.executable, "-m", "haven.jobs.cli", "staff", "add", "--email", email, "--name", "Amal", "--role", role],
            env=live.surroundings(haven.place, HAVEN_KEY_FILE=str(Path(haven.place.folder, "haven/keys/deployment.key"))),
            cwd=cluster.ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return urlsplit(done.stdout.strip()).path

    return let_in


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium; skipped only when HAVEN_TEST_BROWSER=0 says so."""
    if os.environ.get("HAVEN_TEST_BROWSER") == "0":
        pytest.skip("HAVEN_TEST_BROWSER=0")
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: install Debian's package chromium, or set HAVEN_TEST_BROWSER=0.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, haven):
    """Open a page of a browser of its own; complaints and requests to other hosts fail the test at its end."""
    opened, trouble = [], []

    def start(**more):
        context = chromium.new_context(base_url=f"http://localhost:{haven.port}", **more)
        context.set_default_timeout(40_000)
        page = context.new_page()
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: trouble.append(str(fault)))
        page.on(
            "request", lambda asked: trouble.append(asked.url) if urlsplit(asked.url).hostname != "localhost" else 0
        )
        page.on("response", lambda came: trouble.append(f"{came.status} {came.url}") if came.status >= 500 else None)
        opened.append(context)
        return page

    yield start
    for context in opened:
        context.close()
    assert [words for words in trouble if "410 (Gone)" not in words and "404 (Not Found)" not in words] == []


def authenticator(page, *, verified=True):
    """Give the page a passkey holder that needs no hand: a device with a fingerprint reader, or none that is right."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": verified, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp, made["authenticatorId"]


def choose_password(page, link):
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/staff/second-factor")


def sign_out(page):
    page.locator(".hv-menu__summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/staff/sign-in")


def type_password(page, email):
    page.goto("/staff/sign-in")
    page.get_by_label("Work e-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def heading(page):
    return page.locator("h1").inner_text()


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
LOOKS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_and_every_error_can_be_used_by_everybody(browse, inside, link_for, width, scheme):
    axe = Path(cluster.ROOT, "node_modules/axe-core/axe.min.js").read_text()
    found = {}
    for name, path in PAGES.items():
        state = None if name in OUTSIDE else inside
        page = browse(
            storage_state=state, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        )
        if name == "member" and width == 320 and scheme == "light":
            assert link_for("second@landlord.example")
        page.goto(path)
        found |= look(page, axe, name, width, scheme)
        if name in WRONG:
            page.locator("main form button.govuk-button:not([type=button])").first.click()
            page.locator(".govuk-error-summary").wait_for()
            assert page.title().startswith("Error: ")
            found |= look(page, axe, f"{name}-wrong", width, scheme)
        page.context.close()
    assert found == {}


def test_the_pages_of_the_first_day_can_be_used_by_everybody(browse, link_for):
    axe = Path(cluster.ROOT, "node_modules/axe-core/axe.min.js").read_text()
    found = {}

    def looked(name):
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found.update(look(page, axe, name, width, scheme))

    page = browse(bypass_csp=True)
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


def look(page, axe, name, width, scheme):
    """Return what keeps people out of a page as it stands; keep a picture where SHOTS says."""
    if folder := os.environ.get("HAVEN_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
    problems = []
    if page.evaluate("document.documentElement.scrollWidth") > width:
        problems.append("wider than the screen")
    if page.locator("h1").count() != 1:
        problems.append("not one h1")
    page.evaluate(axe)
    options = json.dumps({"runOnly": RULES, "rules": {"target-size": {"enabled": True}}})
    result = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    problems += [f"{one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}" for one in result]
    return {name: problems} if problems else {}
