"""A field of a form as a component: its words, its errors, and whatever was typed."""

import re

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from haven.web.components.fields import error_summary, field
from haven.web.components.widgets import Checkboxes, DateParts, Radios
from tests.web.components import gallery

TYPED = '<script>alert("x")</script> "quoted" \u202eمرحبا'


def form(data=None, **more):
    return gallery.form_class(gallery.ENGLISH)(data, **more)


def test_words_that_were_typed_are_kept_and_escaped():
    html = field(form({"told": TYPED})["told"])
    assert "<script>" not in html
    assert "&lt;script&gt;alert(&quot;x&quot;)" in html
    assert "\u202eمرحبا" in html


def test_first_line_break_of_what_was_typed_is_kept():
    assert ">\n\nsecond line</textarea>" in field(form({"told": "\nsecond line"})["told"])


def test_own_words_run_in_their_own_direction():
    assert 'dir="auto"' in field(form()["told"])
    assert 'dir="auto"' in field(form()["name"])


def test_control_is_described_by_its_hint_and_its_error():
    html = field(form({"told": ""})["told"])
    described = re.search(r'aria-describedby="([^"]+)"', html).group(1).split()
    assert described == ["id_told-hint", "id_told-error"]
    assert all(f'id="{identifier}"' in html for identifier in described)


def test_form_that_was_not_sent_shows_no_error():
    assert "error" not in field(form()["told"])
    assert error_summary([form()]) == ""


def test_every_link_of_the_summary_leads_to_a_control_on_the_page():
    sent = form({})
    page = "".join(field(bound) for bound in sent if bound.name != "name")
    targets = re.findall(r'href="#([^"]+)"', error_summary([sent]))
    assert targets == ["id_told", "id_who", "id_why", "id_know", "id_when-day", "id_where"]
    for target in targets:
        assert re.search(rf'<(input|textarea|select)[^>]* id="{target}"', page)


def test_errors_of_the_whole_form_come_first_and_lead_nowhere():
    class Whole(forms.Form):
        name = forms.CharField()

        def clean(self):
            raise forms.ValidationError("These two do not go together.")

    summary = error_summary([Whole({"name": ""})])
    assert summary.index("These two") < summary.index('href="#id_name"')
    assert "<li>These two do not go together.</li>" in summary


def test_prefix_of_a_form_reaches_names_and_ids():
    sent = form({}, prefix="second")
    assert 'name="second-told"' in field(sent["told"])
    assert "#id_second-when-day" in error_summary([sent])
    assert 'name="second-when-day"' in field(sent["when"])


def test_heading_of_the_page_is_the_question():
    assert re.search(r'<h1 class="govuk-label-wrapper"><label[^>]*>What happened', field(form()["told"], heading=True))
    assert re.search(r'<h1 class="govuk-fieldset__heading">When was it', field(form()["when"], heading=True))


def test_chosen_answers_stay_chosen():
    sent = form({"who": "other", "why": ["race", "faith"], "where": "home", "agree": "on"})
    checked = re.findall(r'value="(\w+)" checked', field(sent["who"]) + field(sent["why"]) + field(sent["agree"]))
    assert checked == ["other", "race", "faith", "on"]
    assert '<option value="home" selected>' in field(sent["where"])


def test_answer_can_carry_a_hint_a_divider_and_a_field_of_its_own():
    html = field(form({"who": "other", "name": "Anna"})["who"])
    assert "A neighbour, a friend" in html
    assert html.index('divider">or<') < html.index('value="unsaid"')
    assert re.search(r'__conditional"[^>]*>.*name="name"[^>]*value="Anna"', html, re.DOTALL)


def test_none_of_these_says_that_it_stands_alone():
    assert 'value="none" data-behaviour="exclusive"' in field(form()["why"])


def test_date_keeps_what_was_typed_in_each_box():
    html = field(form({"when-day": "31", "when-month": "Feb", "when-year": ""})["when"])
    assert 'name="when-day" type="text" value="31"' in html
    assert 'name="when-month" type="text" value="Feb"' in html
    assert 'name="when-year" type="text" inputmode' in html


def test_date_box_that_is_wrong_is_marked_and_gets_the_focus():
    class WhenField(forms.Field):
        widget = DateParts

        def wrong_parts(self, typed):
            return ("month",) if typed["month"] == "14" else ()

        def clean(self, value):
            raise forms.ValidationError("Month must be 1 to 12")

    class When(forms.Form):
        when = WhenField()

    sent = When({"when-day": "1", "when-month": "14"})
    assert error_summary([sent]).count("#id_when-month") == 1
    wrong = re.findall(r'class="([^"]*)" id="id_when-(\w+)"', field(sent["when"]))
    assert [part for classes, part in wrong if "govuk-input--error" in classes] == ["month"]


def test_kind_of_input_follows_its_widget():
    class Kinds(forms.Form):
        mail = forms.EmailField()
        code = forms.CharField(widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}))
        secret = forms.CharField(widget=forms.PasswordInput)
        hidden = forms.CharField(widget=forms.HiddenInput)

    kinds = Kinds({"mail": "a@b.example", "secret": "typed"})
    assert 'type="email"' in field(kinds["mail"])
    assert 'inputmode="numeric"' in field(kinds["code"])
    assert 'autocomplete="one-time-code"' in field(kinds["code"])
    assert "typed" not in field(kinds["secret"])
    assert field(kinds["hidden"]).startswith('<input type="hidden"')


def test_count_is_said_in_every_plural_of_the_language():
    html = field(form()["told"], count=True)
    assert 'data-maxlength="200"' in html
    assert 'data-i18n.characters-under-limit.one="You have %{count} character left"' in html
    assert 'data-i18n.characters-under-limit.other="You have %{count} characters left"' in html


def test_browser_is_never_asked_to_check_for_us():
    html = "".join(field(bound) for bound in form({}))
    assert not re.search(r"\s(required|maxlength|pattern)(=|>|\s)", html)


def test_no_answer_is_no_choice_among_radios():
    class Optional(forms.Form):
        one = forms.ChoiceField(required=False, choices=[("", "---"), ("a", "A")], widget=Radios)

    assert 'value=""' not in field(Optional()["one"])


def test_words_of_our_own_inside_a_tag_are_escaped_and_html_is_not():
    template = engines["django"].from_string(
        '{% load haven %}{% inset %}<b>{{ words }}</b>{% endinset %}{% told words "ar" %}{{ words|bdi }}'
        '{% component "hint" text=words %}'
    )
    html = template.render({"words": "<i>&"})
    assert "<b>&lt;i&gt;&amp;</b>" in html
    assert '<div class="hv-told" dir="auto" lang="ar">&lt;i&gt;&amp;</div><bdi>&lt;i&gt;&amp;</bdi>' in html
    assert "<i>" not in html


@pytest.mark.parametrize("widget", [Checkboxes, Radios])
def test_choices_of_a_widget_are_not_shared_between_forms(widget):
    one, other = widget(hints={"a": "x"}), widget()
    one.hints["b"] = "y"
    assert other.hints == {}


def test_labels_of_a_date_speak_the_language_of_the_page():
    with translation.override("ar"):
        assert set(DateParts().labels()) == {"day", "month", "year"}
