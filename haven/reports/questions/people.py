"""The middle pages: who did it, harm, needs, evidence, witnesses, police (DOMAIN.md 2.2, items 11 to 16 and 18)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from haven.reports.questions import offered
from haven.reports.questions.conditions import knows_something
from haven.reports.questions.shape import Kind, Page, Question
from haven.reports.questions.what_happened import LONGEST_WORDS, WHO, YES_NO

PAGES = (
    Page(
        number=15,
        code="who",
        section=WHO,
        heading=_("Do you know who did it?"),
        why=_("So that we can keep you safe from them. Nothing is done without asking you."),
        questions=(
            Question(
                code="responsible_kinds",
                kind=Kind.MANY,
                label=_("Do you know who did it?"),
                short="Who did it",
                hint=_("Tick everything that is true. They will not be told that you said so."),
                choices=offered.responsible_kinds,
                unknown=True,
                declined=True,
            ),
        ),
    ),
    Page(
        number=16,
        code="them",
        section=WHO,
        heading=_("What can you tell us about them?"),
        why=_("Everything helps. Leave what you do not know."),
        shown_when=knows_something,
        questions=(
            Question(
                code="responsible_names",
                kind=Kind.WORDS,
                label=_("Names, if you know them"),
                short="Names",
                hint=_("One on each line. A first name or nickname helps too."),
                longest=4_000,
                rows=2,
            ),
            Question(
                code="responsible_words",
                kind=Kind.WORDS,
                label=_("What they look like, or how you know them"),
                short="Description",
                longest=LONGEST_WORDS,
                rows=3,
            ),
            Question(code="responsible_home", kind=Kind.LINE, label=_("Where they live"), short="Their home"),
            Question(code="vehicle", kind=Kind.LINE, label=_("Their car, bike or number plate"), short="Vehicle"),
            Question(
                code="weapons", kind=Kind.LINE, label=_("A weapon or a dog, if there is one"), short="Weapon or dog"
            ),
            Question(
                code="has_key",
                kind=Kind.ONE,
                label=_("Do they have a key or a door code?"),
                short="Has a key or code",
                choices=YES_NO,
                unknown=True,
                declined=True,
            ),
        ),
    ),
    Page(
        number=17,
        code="harm",
        section=WHO,
        heading=_("What has it done to you, or to others?"),
        why=_("So that we can offer the right help."),
        questions=(
            Question(
                code="harm",
                kind=Kind.MANY,
                label=_("What has it done to you, or to others?"),
                short="Harm",
                hint=_("Tick everything that is true."),
                choices=offered.fixed(
                    ("AFRAID", _("I am afraid")),
                    ("HURT", _("Somebody was hurt")),
                    ("TREATED", _("Somebody saw a doctor or nurse")),
                    ("DAMAGE", _("Something was damaged")),
                    ("MONEY", _("It cost money")),
                    ("UNWELL", _("I sleep badly or feel unwell")),
                    ("CHANGED", _("I have changed what I do, or stay away from places")),
                    ("NONE", _("None of these")),
                    exclusive="NONE",
                ),
                declined=True,
            ),
            Question(
                code="harm_words",
                kind=Kind.WORDS,
                label=_("Anything you want to say about it"),
                short="About the harm",
                longest=LONGEST_WORDS,
                rows=3,
            ),
        ),
    ),
    Page(
        number=18,
        code="children",
        section=WHO,
        heading=_("Are children or young people affected?"),
        why=_("So that they get help as well. Nobody will blame you."),
        questions=(
            Question(
                code="children",
                kind=Kind.ONE,
                label=_("Are children or young people affected?"),
                short="Children affected",
                choices=YES_NO,
                unknown=True,
                declined=True,
            ),
            Question(
                code="children_words",
                kind=Kind.LINE,
                label=_("How many, and how old?"),
                short="Children",
            ),
        ),
    ),
    Page(
        number=19,
        code="needs",
        section=WHO,
        heading=_("What do you need straight away?"),
        why=_("So that help can start before we speak."),
        questions=(
            Question(
                code="needs",
                kind=Kind.MANY,
                label=_("What do you need straight away?"),
                short="Needed straight away",
                hint=_("Tick everything that would help. It costs you nothing."),
                choices=offered.needs,
                unknown=True,
                declined=True,
            ),
            Question(
                code="needs_words",
                kind=Kind.WORDS,
                label=_("Tell us more, if you like"),
                short="About what is needed",
                longest=LONGEST_WORDS,
                rows=3,
            ),
        ),
    ),
    Page(
        number=20,
        code="files",
        section=WHO,
        heading=_("Photos, recordings or messages"),
        why=_("Only if you have them and want to. You can also add them later with your code."),
        questions=(
            Question(
                code="files",
                kind=Kind.FILES,
                label=_("Choose files"),
                short="Files",
                hint=_("Photos, sound, video, screenshots, letters. We keep each as you give it, locked."),
            ),
            Question(
                code="evidence",
                kind=Kind.WORDS,
                label=_("Is there anything else, and who has it?"),
                short="Other evidence",
                hint=_("For example a doorbell camera, CCTV, letters, or marks on a door."),
                longest=LONGEST_WORDS,
                rows=3,
            ),
            Question(
                code="evidence_at_risk",
                kind=Kind.ONE,
                label=_("Could it be wiped or lost soon?"),
                short="Could be lost soon",
                hint=_("Many cameras record over the old pictures within days."),
                choices=YES_NO,
                unknown=True,
            ),
        ),
    ),
    Page(
        number=21,
        code="witnesses",
        section=WHO,
        heading=_("Did anyone else see or hear it?"),
        why=_("What others saw can help, if they want to tell it."),
        questions=(
            Question(
                code="witnesses",
                kind=Kind.WORDS,
                label=_("Did anyone else see or hear it?"),
                short="Who saw or heard it",
                hint=_("Names only if they agree. Tell us if they are afraid. We keep them secret as well."),
                longest=LONGEST_WORDS,
            ),
        ),
    ),
    Page(
        number=22,
        code="police",
        section=WHO,
        heading=_("Have the police been told?"),
        why=_("So that we do not do the same thing twice."),
        questions=(
            Question(
                code="police_told",
                kind=Kind.ONE,
                label=_("Have the police been told?"),
                short="Police told",
                choices=YES_NO,
                unknown=True,
                declined=True,
            ),
            Question(
                code="police_reference",
                kind=Kind.LINE,
                label=_("Their number for it, or the officer’s name, if you have it"),
                short="Police number or officer",
            ),
            Question(
                code="others_told",
                kind=Kind.LINE,
                label=_("Anyone else you have told, such as the council, a school or a doctor"),
                short="Others told",
            ),
        ),
    ),
)
