"""What a person does at the sign-in pages in Chromium, with a passkey holder that needs no hand."""

PASSWORD = "plum harbour ninety crow"


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
