"""The last pages: permissions, wishes, name, safe contact, needs (DOMAIN.md 2.2 items 3, 4, 15 to 18, and 2.3)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from haven.policy.pack import pack
from haven.reports.answers import PERMISSION
from haven.reports.questions import offered
from haven.reports.questions.conditions import gives_name, police_may_be_told, prefers, wants_contact
from haven.reports.questions.shape import Kind, Page, Question
from haven.reports.questions.what_happened import LONGEST_WORDS, SAFE, YES_NO

REACH = (
    Question(
        code="number",
        kind=Kind.LINE,
        label=_("Telephone number"),
        longest=60,
        shown_when=prefers("call", "text", "in_person"),
        attributes={"autocomplete": "off", "inputmode": "tel", "dir": "ltr"},
    ),
    Question(
        code="email",
        kind=Kind.LINE,
        label=_("Email address"),
        longest=254,
        shown_when=prefers("email"),
        attributes={"autocomplete": "off", "inputmode": "email", "dir": "ltr", "spellcheck": "false"},
    ),
    Question(
        code="address",
        kind=Kind.WORDS,
        label=_("Address for letters"),
        rows=3,
        longest=2_000,
        shown_when=prefers("letter"),
    ),
    Question(
        code="venue",
        kind=Kind.LINE,
        label=_("Where would you feel safe to meet?"),
        short="Safe place to meet",
        shown_when=prefers("in_person"),
    ),
    Question(
        code="advocate",
        kind=Kind.LINE,
        label=_("Who is it, and how do we reach them?"),
        short="Through whom",
        shown_when=prefers("advocate"),
    ),
    Question(
        code="hours",
        kind=Kind.LINE,
        label=_("Which days and times are safe?"),
        short="Safe days and times",
        hint=_("For example “weekdays 10 to 2”."),
    ),
    Question(
        code="who_else_sees",
        kind=Kind.LINE,
        label=_("Does anyone else see your phone, email or post?"),
        short="Who else sees it",
    ),
    Question(
        code="name_to_use",
        kind=Kind.LINE,
        label=_("Who should we say we are?"),
        short="What to say",
        hint=_("For example “Sam from the library”."),
    ),
    Question(
        code="code_word",
        kind=Kind.LINE,
        label=_("A word that you can say if you cannot talk"),
        short="Word for “I cannot talk”",
    ),
    Question(
        code="safe_ways",
        kind=Kind.MANY,
        label=_("What else is safe?"),
        short="Also safe",
        hint=_("We do nothing that you leave empty."),
        choices=offered.fixed(
            ("call", _("Calls")),
            ("voicemail", _("Voicemail")),
            ("withheld_number", _("Calls from a hidden number")),
            ("text", _("Text messages")),
            ("email", _("Emails")),
            ("letter", _("Letters in a plain envelope")),
            ("visit", _("Visits without a uniform")),
        ),
    ),
)

NEEDS = (
    Question(
        code="spoken",
        kind=Kind.LIST,
        label=_("Which language do you like to speak or sign?"),
        short="Speaks or signs",
        choices=offered.languages,
    ),
    Question(
        code="interpreter",
        kind=Kind.ONE,
        label=_("Do you want an interpreter?"),
        short="Interpreter",
        hint=_("Somebody from outside your area, never your family, and free."),
        choices=YES_NO,
    ),
    Question(
        code="written",
        kind=Kind.LIST,
        label=_("Which language do you like to read?"),
        short="Reads",
        choices=offered.languages,
    ),
    Question(
        code="formats",
        kind=Kind.MANY,
        label=_("How should we write to you?"),
        short="Formats",
        choices=offered.fixed(
            ("large_print", _("Large print")),
            ("easy_read", pgettext_lazy("format", "Easy words and pictures")),
            ("audio", _("Sound recording")),
            ("braille", _("Braille")),
            ("sign_video", _("Sign language video")),
        ),
    ),
    Question(
        code="interviewer",
        kind=Kind.LINE,
        label=_("Who would you rather talk with?"),
        short="Would rather talk with",
        hint=_("For example “a woman”. Write it as you like."),
    ),
    Question(
        code="access",
        kind=Kind.WORDS,
        label=_("Anything else that we should know to treat you well"),
        short="Other needs",
        longest=LONGEST_WORDS,
        rows=3,
    ),
)

PAGES = (
    Page(
        number=24,
        code="police_ways",
        section=SAFE,
        heading=_("If the police want to talk with you"),
        why=_("So that it happens in a way that suits you."),
        shown_when=police_may_be_told,
        questions=(
            Question(
                code="police_ways",
                kind=Kind.MANY,
                label=_("If the police want to talk with you"),
                short="How the police may reach them",
                hint=_("They need not come to your home."),
                choices=offered.fixed(
                    ("PHONE", _("They may telephone me")),
                    ("VISIT", _("They may visit me")),
                    ("ELSEWHERE", _("I will meet them somewhere else")),
                    ("NEITHER", _("They should not contact me")),
                    exclusive="NEITHER",
                ),
                declined=True,
            ),
        ),
    ),
    Page(
        number=25,
        code="wants",
        section=SAFE,
        heading=_("What would you like to happen?"),
        why=_("We ask you again before we do anything. Nothing starts behind your back."),
        questions=(
            Question(
                code="wants",
                kind=Kind.MANY,
                label=_("What would you like to happen?"),
                short="What they want",
                hint=_("Tick as many as you like."),
                choices=offered.wishes,
                declined=True,
            ),
            Question(
                code="wants_words",
                kind=Kind.WORDS,
                label=_("In your own words"),
                short="In their own words",
                longest=LONGEST_WORDS,
                rows=3,
            ),
        ),
    ),
    Page(
        number=26,
        code="identity",
        section=SAFE,
        heading=_("Do you want to tell us who you are?"),
        why=_("We act on what you told us either way. If we do not know who you are, we can do less for you yourself."),
        questions=(
            Question(
                code="identity",
                kind=Kind.ONE,
                label=_("Do you want to tell us who you are?"),
                short="Named or not",
                choices=offered.fixed(
                    ("named", _("Yes")),
                    ("confidential", _("Yes, but only the people who help me may know")),
                    ("anonymous", _("No")),
                ),
            ),
        ),
    ),
    Page(
        number=27,
        code="name",
        section=SAFE,
        heading=_("About you"),
        why=_("So that we know with whom we speak."),
        shown_when=gives_name,
        questions=(
            Question(
                code="name",
                kind=Kind.LINE,
                label=_("Your name"),
                attributes={"autocomplete": "off", "spellcheck": "false"},
            ),
            Question(
                code="birth",
                kind=Kind.LINE,
                label=_("Your date of birth or age, if you like"),
                short="Date of birth or age",
                attributes={"autocomplete": "off"},
            ),
            Question(
                code="may_learn",
                kind=Kind.ONE,
                label=_("May the person who did it learn that you told us?"),
                short="May they learn who told us",
                hint=_("If you do not answer, we take it as no."),
                choices=offered.fixed(("no", _("No")), ("yes", _("Yes, I do not mind"))),
            ),
        ),
    ),
    Page(
        number=28,
        code="preferred",
        section=SAFE,
        heading=_("How can we reach you safely?"),
        why=_("We never contact you in a way that you have not told us is safe."),
        questions=(
            Question(
                code="preferred",
                kind=Kind.ONE,
                label=_("How can we reach you safely?"),
                short="Safe way to reach them",
                choices=offered.fixed(
                    ("call", _("Call me")),
                    ("text", _("Send me a text message")),
                    ("email", _("Send me an email")),
                    ("letter", _("Send me a letter")),
                    ("in_person", _("Meet me")),
                    ("advocate", _("Through somebody I trust")),
                    ("code", _("Do not contact me: I will come back here with my code")),
                    ("none", _("Do not contact me at all")),
                ),
            ),
        ),
    ),
    Page(
        number=29,
        code="reach",
        section=SAFE,
        heading=_("How to reach you"),
        why=_("Fill in what keeps you safe. Leave the rest."),
        shown_when=wants_contact,
        questions=REACH,
    ),
    Page(
        number=30,
        code="hearing",
        section=SAFE,
        heading=_("So that we can hear you well"),
        why=_("So that we speak and write in a way that works for you."),
        questions=NEEDS,
    ),
)


def pages() -> tuple[Page, ...]:
    """Return the last pages; whom we may tell depends on whom the landlord works with."""
    return (permissions_page(), *PAGES)


def permissions_page() -> Page:
    """Return the page that asks whom we may tell, one question for each."""
    return Page(
        number=23,
        code="permissions",
        section=SAFE,
        heading=_("May we tell anyone?"),
        why=_(
            "You decide, for each of them. You can change your mind until the moment we tell them. We only tell "
            "without asking if somebody could otherwise be badly hurt, or a serious crime be done, and we tell you "
            "about it if that is safe."
        ),
        questions=permissions_asked(),
    )


def permissions_asked() -> tuple[Question, ...]:
    """Return one question for each recipient that the pack asks the public about."""
    return tuple(
        Question(
            code=f"{PERMISSION}{code}",
            kind=Kind.ONE,
            label=offered.worded(recipient.label, recipient.label_in),
            short=f"May we tell: {recipient.label}",
            hint=offered.worded(recipient.purpose, {}),
            choices=offered.scopes(code),
        )
        for code, recipient in pack().recipients.items()
        if recipient.public
    )
