"""What every page says about itself, and what it never says."""

import re

import pytest
from django.template import engines
from django.utils import translation

from tests.web.components import gallery

LAYOUTS = ("public", "desk", "plain")


def page(layout, language="en-gb", **values):
    template = engines["django"].from_string(
        f'{{% extends "layouts/{layout}.html" %}}{{% block content %}}<h1>One</h1>{{% endblock %}}'
    )
    with translation.override(language):
        return template.render(values)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("language", "direction"), [("en-gb", "ltr"), ("ar", "rtl"), ("pl", "ltr")])
def test_page_says_its_language_and_direction(layout, language, direction):
    assert f'<html lang="{language}" dir="{direction}">' in page(layout, language)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_language_and_direction_can_be_given(layout):
    assert '<html lang="fa" dir="rtl">' in page(layout, LANGUAGE_CODE="fa", direction="rtl")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_page_is_kept_out_of_search_engines_and_referrers(layout):
    html = page(layout)
    assert '<meta name="robots" content="noindex">' in html
    assert '<meta name="referrer" content="same-origin">' in html


@pytest.mark.parametrize("layout", LAYOUTS)
def test_error_is_said_first_in_the_title(layout):
    assert "<title>Error: " in page(layout, page_error=True)
    assert "Error" not in page(layout)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["", "Harbour and Vale Homes"])
def test_title_and_icon_say_nothing_of_the_matter(layout, name):
    head = page(layout, landlord={"name": name}).split("</head>")[0].lower()
    for word in ("report", "hate", "crime", "harass", "abuse", "victim"):
        assert word not in head


@pytest.mark.parametrize("layout", LAYOUTS)
def test_trying_out_is_said_in_red_on_every_page(layout):
    assert "hv-trying-out" in page(layout, demo_banner=True)
    assert "hv-trying-out" not in page(layout)


def test_way_out_stands_only_where_it_is_asked_for_and_comes_first():
    html = page("public", show_exit=True, languages=[{"code": "en", "name": "English"}])
    assert html.index('href="/leave"') < html.index("hv-languages")
    assert "/leave" not in page("public")


def test_languages_are_switched_by_sending_a_form():
    html = page("public", languages=[{"code": "ar", "name": "العربية", "direction": "rtl"}])
    assert 'method="post" action="/language"' in html
    assert 'value="ar" lang="ar" dir="rtl">العربية</button>' in html


def test_desk_says_who_is_signed_in_and_lets_them_out():
    html = page("desk", staff={"name": "<A>", "role": "caseworker"}, sign_out_url="/out")
    assert "<bdi>&lt;A&gt;</bdi>" in html
    assert re.search(r'method="post" action="/out"', html)


def test_session_that_has_no_end_gives_no_warning():
    assert "session-warning" not in page("desk")
    assert 'data-session-seconds="900"' in page("desk", session_seconds=900)


@pytest.mark.parametrize("name", [*gallery.PUBLIC, *gallery.DESK])
def test_page_runs_nothing_that_the_content_policy_forbids(name):
    html = gallery.page(name, bound=True)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert re.findall(r"<script(?! src=\"/static/)", html) == []
