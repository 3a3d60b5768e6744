"""The first pages: danger, what happened, to whom, when, where, why and in what way (DOMAIN.md 2.2, items 1 to 10)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from haven.reports.answers import text_in
from haven.reports.questions import offered
from haven.reports.questions.conditions import (
    asks_authority,
    happened_before,
    has_time,
    is_for_another,
    needs_help_now,
    place_asks,
)
from haven.reports.questions.shape import Kind, Page, Question

LONGEST_ACCOUNT = 1_000_000
LONGEST_WORDS = 100_000
YES_NO = offered.fixed(("yes", _("Yes")), ("no", _("No")))


WHAT, WHO, SAFE = _("What happened"), _("The people"), _("You and what comes next")

PAGES = (
    Page(
        number=1,
        code="danger",
        section=WHAT,
        heading=_("Is anyone in danger now?"),
        why=_("We ask this first so that help comes first."),
        questions=(
            Question(
                code="danger",
                kind=Kind.MANY,
                label=_("Is anyone in danger now?"),
                short="Danger now",
                hint=_("Tick everything that is true."),
                choices=offered.danger,
                required=_("Tick what is true now, or “None of these”"),
            ),
        ),
    ),
    Page(number=2, code="now", section=WHAT, heading=_("Get help now"), shown_when=needs_help_now),
    Page(
        number=3,
        code="account",
        section=WHAT,
        heading=_("What happened?"),
        why=_("This is the only other answer we need. You can send after this page, or tell us more."),
        questions=(
            Question(
                code="account",
                kind=Kind.WORDS,
                label=_("What happened?"),
                short="What happened",
                hint=_(
                    "Use your own words, in any language. There is no wrong way to say it. "
                    "We keep exactly what you write."
                ),
                required=_("Tell us what happened. A few words are enough."),
                longest=LONGEST_ACCOUNT,
                rows=10,
            ),
        ),
    ),
    Page(
        number=4,
        code="role",
        section=WHAT,
        heading=_("Did it happen to you?"),
        why=_("So that we know whom to help, and how to speak with you."),
        questions=(
            Question(
                code="role",
                kind=Kind.ONE,
                label=_("Did it happen to you?"),
                short="Who is telling us",
                choices=offered.roles,
                declined=True,
            ),
        ),
    ),
    Page(
        number=5,
        code="harmed",
        section=WHAT,
        heading=_("The person it happened to"),
        why=_("We will not contact them unless it is safe and they want it."),
        shown_when=is_for_another,
        questions=(
            Question(
                code="harmed_knows",
                kind=Kind.ONE,
                label=_("Do they know that you are telling us?"),
                choices=YES_NO,
                unknown=True,
                declined=True,
            ),
            Question(
                code="relation",
                kind=Kind.ONE,
                label=_("Who are they to you?"),
                choices=offered.relations,
                declined=True,
            ),
            Question(
                code="harmed_name",
                kind=Kind.LINE,
                label=_("Their name, if you may tell us"),
                short="Name of the person it happened to",
            ),
            Question(
                code="harmed_words",
                kind=Kind.WORDS,
                label=_("Where they live and how to reach them safely, if you know"),
                short="How to reach them",
                longest=LONGEST_WORDS,
            ),
            Question(
                code="authority",
                kind=Kind.LINE,
                label=_("If they asked you to speak for them: how and when?"),
                short="Asked to speak for them",
                shown_when=asks_authority,
            ),
        ),
    ),
    Page(
        number=6,
        code="when",
        section=WHAT,
        heading=_("When did it happen?"),
        why=_("It helps us to see what repeats, and to find recordings before they are wiped."),
        questions=(
            Question(
                code="when_kind",
                kind=Kind.ONE,
                label=_("When did it happen?"),
                short="When",
                choices=offered.fixed(
                    ("exact", _("On one day")),
                    ("approximate", _("I only know roughly when")),
                    ("range", _("Between two days")),
                    ("ongoing", _("It keeps happening")),
                ),
                unknown=True,
                declined=True,
            ),
        ),
    ),
    Page(
        number=7,
        code="day",
        section=WHAT,
        heading=_("The day, as well as you know it"),
        shown_when=has_time,
        questions=(
            Question(
                code="when_from",
                kind=Kind.DATE,
                label=_("The day, or the first day"),
                short="Day, or first day",
                hint=_("A month and a year, or only a year, will do."),
            ),
            Question(
                code="when_to",
                kind=Kind.DATE,
                label=_("The last day"),
                shown_when=lambda answers: text_in(answers, "when_kind") == "range",
            ),
            Question(
                code="when_words",
                kind=Kind.LINE,
                label=_("What time was it?"),
                short="Time",
                hint=_("For example “about 9 at night”, or “every Friday”."),
            ),
        ),
    ),
    Page(
        number=8,
        code="place",
        section=WHAT,
        heading=_("Where did it happen?"),
        why=_("So that we know which place to make safe."),
        questions=(
            Question(
                code="place",
                kind=Kind.ONE,
                label=_("Where did it happen?"),
                short="Where",
                choices=offered.places,
                unknown=True,
                declined=True,
            ),
        ),
    ),
    Page(
        number=9,
        code="address",
        section=WHAT,
        heading=_("Which home was it at or near?"),
        why=_("So that we can make it safe, and see if it has happened there before."),
        shown_when=lambda answers: place_asks(answers) == "our_home",
        questions=(
            Question(code="home", kind=Kind.HOME, label=_("Postcode"), short="Home", longest=12),
            Question(
                code="place_words",
                kind=Kind.WORDS,
                label=_("Or write the address, as much as you know"),
                short="Address in words",
                longest=LONGEST_WORDS,
                rows=3,
            ),
        ),
    ),
    Page(
        number=10,
        code="whereabouts",
        section=WHAT,
        heading=_("Where was that?"),
        shown_when=lambda answers: place_asks(answers) in ("address", "words", "online"),
        questions=(
            Question(
                code="place_words",
                kind=Kind.WORDS,
                label=_("Where was that?"),
                short="Place in words",
                hint=_(
                    "A street, a bus, a shop, an app, a group or a number: anything that helps us find it. "
                    "If it was online, keep the messages if you can."
                ),
                longest=LONGEST_WORDS,
            ),
        ),
    ),
    Page(
        number=11,
        code="why",
        section=WHAT,
        heading=_("Why do you think it happened?"),
        why=_("What you feel is enough. You do not need proof, and nobody will ask you for it."),
        questions=(
            Question(
                code="strands",
                kind=Kind.MANY,
                label=_("Why do you think it happened?"),
                short="Why they think it happened",
                hint=_("Was it because of who somebody is, or was thought to be? Tick as many as you like."),
                choices=offered.strands,
                unknown=True,
                declined=True,
            ),
            Question(
                code="why_words",
                kind=Kind.WORDS,
                label=_("What was said or done that makes you think so?"),
                short="What makes them think so",
                hint=_("You may write the exact words. Only the people who help you will see them."),
                longest=LONGEST_WORDS,
            ),
        ),
    ),
    Page(
        number=12,
        code="kinds",
        section=WHAT,
        heading=_("What was done?"),
        why=_("It tells us which help may be needed."),
        questions=(
            Question(
                code="incident_types",
                kind=Kind.MANY,
                label=_("What was done?"),
                short="What was done",
                hint=_("Tick everything that is true."),
                choices=offered.incident_types,
                unknown=True,
                declined=True,
            ),
        ),
    ),
    Page(
        number=13,
        code="before",
        section=WHAT,
        heading=_("Has anything like this happened before?"),
        why=_("When it happens again and again, more can be done about it."),
        questions=(
            Question(
                code="history",
                kind=Kind.ONE,
                label=_("Has anything like this happened before?"),
                short="Happened before",
                choices=offered.fixed(
                    ("first", _("No, this was the first time")),
                    ("before", _("Yes, once or twice")),
                    ("often", _("Yes, many times")),
                ),
                unknown=True,
                declined=True,
            ),
        ),
    ),
    Page(
        number=14,
        code="earlier",
        section=WHAT,
        heading=_("What happened before"),
        shown_when=happened_before,
        questions=(
            Question(
                code="getting_worse",
                kind=Kind.ONE,
                label=_("Is it getting worse?"),
                choices=YES_NO,
                unknown=True,
                declined=True,
            ),
            Question(
                code="history_words",
                kind=Kind.WORDS,
                label=_("When was it, and did you tell anyone?"),
                short="Times before",
                hint=_("If you have a number from us or from the police, write it here."),
                longest=LONGEST_WORDS,
            ),
        ),
    ),
)
