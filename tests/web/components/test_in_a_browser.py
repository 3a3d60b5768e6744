"""Every component as Chromium shows it: nobody kept out, nothing cut off, and the scripts do what they say."""

import pytest

from tests.machinery import axe
from tests.web.components import gallery
from tests.web.components.conftest import Gallery

pytestmark = pytest.mark.browser
EVERY = [*gallery.PUBLIC, *gallery.DESK]
TOO_SMALL = """least => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter(one => one.checkVisibility() && !one.closest("p, dd, .govuk-skip-link"))
  .filter(one => { const box = one.getBoundingClientRect(); return box.height < least || box.width < 24 })
  .map(one => one.outerHTML.slice(0, 120))"""
OUTSIDE = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize("errors", [False, True], ids=["fresh", "errors"])
@pytest.mark.parametrize("name", EVERY)
def test_page_keeps_nobody_out(look, name, errors):
    narrow = look(name, language="ar", errors=errors, width=320, scheme="dark", axe=True)
    assert axe.violations(narrow) == []
    wide = look(name, errors=errors, axe=True)
    assert axe.violations(wide) == []
    wide.emulate_media(color_scheme="dark")
    assert axe.violations(wide, axe.IN_ANOTHER_LIGHT) == []
    wide.emulate_media(color_scheme="light", forced_colors="active")
    assert axe.violations(wide, axe.IN_ANOTHER_LIGHT) == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_cut_off_on_the_narrowest_screen(look, name, language):
    page = look(name, language=language, errors=True, width=320, height=256)
    assert page.evaluate(OUTSIDE) <= 0
    assert page.faults == []


@pytest.mark.parametrize("name", EVERY)
def test_wider_spacing_of_letters_and_lines_cuts_nothing_off(look, name):
    page = look(name, width=320, bypass_csp=True)
    spacing = "line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important"
    page.add_style_tag(content=f"* {{ {spacing} }}")
    assert page.evaluate(OUTSIDE) <= 0


@pytest.mark.parametrize(
    ("name", "least"), [*((name, 44) for name in gallery.PUBLIC), *((name, 24) for name in gallery.DESK)]
)
def test_what_is_pressed_is_large_enough(look, name, least):
    page = look(name, errors=True, width=320)
    assert page.evaluate(TOO_SMALL, least) == []


@pytest.mark.parametrize("name", EVERY)
def test_page_has_one_main_heading(look, name):
    assert look(name).locator("h1").count() == 1


@pytest.mark.parametrize("name", gallery.PUBLIC)
def test_public_page_stores_nothing_and_asks_no_other_machine(look, gallery_address, name):
    page = look(name)
    asked = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert asked
    assert all(address.startswith(gallery_address) for address in asked)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_every_focusable_thing_shows_its_focus(look):
    page = look("choices", width=390)
    for _ in range(12):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => { const one = document.activeElement;
            const places = [one, one.nextElementSibling, one.parentElement].filter(Boolean);
            return places.some(place => getComputedStyle(place).outlineStyle === "solid"
              || getComputedStyle(place, "::before").outlineStyle === "solid") }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML")


def test_right_to_left_mirrors_the_page(look):
    left, right = look("start", width=800), look("start", language="ar", width=800)
    assert left.locator(".hv-exit__button").bounding_box()["x"] > 400
    assert right.locator(".hv-exit__button").bounding_box()["x"] < 400
    assert right.evaluate("document.documentElement.dir") == "rtl"


def test_leaving_covers_the_page_and_replaces_it(look):
    page = look("start")
    page.goto("/en/fresh/question")
    page.locator(".hv-exit__button").click()
    page.wait_for_url("**/leave")
    page.go_back()
    assert page.url.endswith("/start"), "the page that was left must not be in the history"


def test_three_presses_of_shift_leave(look):
    page = look("question")
    page.keyboard.press("Shift")
    assert "2" in page.locator(".hv-exit [role=status]").text_content()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("**/leave")


def test_capital_letters_do_not_leave(look):
    page = look("question")
    page.locator("textarea").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    page.wait_for_timeout(200)
    assert page.url.endswith("/question")
    assert page.locator("textarea").input_value() == "ABCD"


def test_way_out_is_a_link_without_a_script(look):
    page = look("question", java_script_enabled=False)
    page.locator(".hv-exit__button").click()
    assert page.url.endswith("/leave")


def test_page_kept_by_the_browser_is_covered_and_asked_for_again(look):
    page = look("question")
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.url.endswith("/question")


def test_page_that_was_left_gives_way_to_the_start_page_when_it_comes_back(look):
    page = look("question")
    page.route("**/leave", lambda route: route.fulfill(status=204))
    page.locator(".hv-exit__button").click()
    assert page.locator(".hv-exit__cover").count() == 1
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.url.rstrip("/").count("/") == 2


@pytest.mark.parametrize(("script", "times"), [(True, 1), (False, 2)], ids=["with a script", "without"])
def test_second_press_while_the_first_is_on_its_way_sends_nothing(look, script, times):
    page = look("question", errors=True, java_script_enabled=script)
    page.route("**/question", lambda route: None)
    sent = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.locator("main form button").scroll_into_view_if_needed()
    place = page.locator("main form button").bounding_box()
    for _ in range(2):
        page.mouse.click(place["x"] + 20, place["y"] + 20)
        page.wait_for_timeout(300)
    assert len(sent) == times


def test_form_says_where_it_comes_from_and_other_sites_learn_nothing(look, gallery_address):
    page = look("question")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.locator("main form button").click()
    assert sent.value.all_headers()["origin"] == gallery_address
    page.route("https://neutral.example/", lambda route: route.fulfill(status=200, body="weather"))
    with page.expect_request("https://neutral.example/") as left:
        page.evaluate("location.assign('https://neutral.example/')")
    assert "referer" not in left.value.all_headers()


def test_links_of_the_error_summary_lead_to_the_control(look):
    page = look("choices", errors=True)
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.locator(".govuk-error-summary a[href='#id_know']").click()
    assert page.evaluate("document.activeElement.id") == "id_know"
    assert "#" not in page.url


def test_answer_opens_what_belongs_to_it_without_a_script(look):
    page = look("choices", java_script_enabled=False)
    assert not page.locator("#id_name").is_visible()
    page.locator("#id_who-2").check()
    assert page.locator("#id_name").is_visible()


def test_none_of_these_takes_the_others_away(look):
    page = look("choices", errors=True)
    assert page.locator("[name=why][value=race]").is_checked()
    page.locator("[name=why][value=none]").check()
    assert not page.locator("[name=why][value=race]").is_checked()
    page.locator("[name=why][value=faith]").check()
    assert not page.locator("[name=why][value=none]").is_checked()


def test_count_says_how_much_room_is_left(look):
    page = look("question")
    page.locator("textarea").fill("a\nb")
    assert "196" in page.locator(".govuk-character-count__message").text_content()
    page.locator("textarea").fill("x" * 201)
    assert page.locator(".govuk-character-count__message--over").count() == 1


def test_code_can_be_copied(look, gallery_address):
    page = look("receipt", permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    page.locator("[data-copy] [role=status]:not(:empty)").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "HV-7K2M-94T\n4821 0937 5562 1180"


def test_buttons_that_need_a_script_are_hidden_without_one(look):
    page = look("receipt", java_script_enabled=False)
    assert not page.locator("[data-copy]").is_visible()
    assert not page.locator("[data-print]").is_visible()


def test_keys_move_through_the_work_list_and_can_be_switched_off(look):
    page = look("worklist")
    focused = "document.activeElement.textContent"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "HV-7K2M-94T"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "HV-2QX8-11A"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "HV-7K2M-94T"
    page.keyboard.press("?")
    page.locator("#keys [name=shortcuts]").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_keys_do_nothing_while_somebody_types(look):
    page = look("case")
    page.locator("#id_told").focus()
    page.keyboard.type("jk?")
    assert page.locator("#id_told").input_value() == "jk?"


def test_session_warns_two_minutes_before_its_end_and_can_be_kept(look):
    page = look("worklist")
    page.clock.install()
    page.reload()
    page.clock.fast_forward(27 * 60 * 1000)
    assert not page.locator("#session-warning").is_visible()
    page.clock.fast_forward(61 * 1000 + 1000)
    page.locator("#session-warning").wait_for()
    assert "2" in page.locator("#session-warning [data-left]").text_content()
    Gallery.asked.clear()
    page.locator("[data-stay]").click()
    page.locator("#session-warning").wait_for(state="hidden")
    assert "POST /alive" in Gallery.asked


def test_menu_closes_on_escape(look):
    page = look("case")
    page.locator(".moj-identity-bar summary").click()
    assert page.get_by_text("She has not been asked about it.").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_text("She has not been asked about it.").is_visible()


@pytest.mark.parametrize("name", ["receipt", "case"])
def test_print_shows_neither_navigation_nor_the_matter_in_a_header(look, name):
    page = look(name)
    page.emulate_media(media="print")
    for selector in (".hv-top", ".hv-desk-top", ".moj-identity-bar", ".hv-exit", ".hv-foot", ".govuk-button"):
        assert all(not one.is_visible() for one in page.locator(selector).all()), selector
    assert "HV-" not in page.title()
