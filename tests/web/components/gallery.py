"""Pages that show every component, for the tests that look at them in a browser."""

from pathlib import Path

from django import forms
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from haven.web.components.fields import field
from haven.web.components.widgets import Checkboxes, DateParts, Files, Radios

PAGES = Path(__file__).parent / "pages"
PUBLIC = ("start", "question", "choices", "answers", "receipt", "sorry")
DESK = ("worklist", "case")

ENGLISH = {
    "start": "Tell us what happened",
    "lead": "It takes about five minutes. You do not need to give your name. You can stop at any time.",
    "go": "Start",
    "next": "What happens next",
    "back": "I have a code",
    "safe": "Staying safe on a shared phone",
    "on": "Continue",
    "skip": "Skip this question",
    "person": "I would rather say this to a person",
    "saved": "What you added has been kept.",
    "check": "Check what you have told us",
    "send": "Send",
    "have": "We have your report",
    "told": "What happened?",
    "told_hint": "Use your own words, in any language. There is no wrong way to say it.",
    "who": "Who are you telling us about?",
    "me": "Myself",
    "other": "Somebody else",
    "other_hint": "A neighbour, a friend, somebody in your family",
    "unsaid": "I would rather not say",
    "why": "Why do you think it happened?",
    "race": "Race, colour or nationality",
    "faith": "Religion or belief",
    "disability": "Disability",
    "none": "None of these",
    "know": "Do they know that you are telling us?",
    "yes": "Yes",
    "no": "No",
    "when": "When was it?",
    "when_hint": "For example, 27 3 2026. Leave a box empty if you are not sure.",
    "where": "Where was it?",
    "postcode": "Postcode",
    "picture": "Pictures or recordings",
    "agree": "You may tell the police",
    "wrong": "Tell us what happened, or skip this question",
}
ARABIC = ENGLISH | {
    "start": "أخبرنا بما حدث",
    "lead": "يستغرق الأمر حوالي خمس دقائق. لا تحتاج إلى ذكر اسمك. يمكنك التوقف في أي وقت.",
    "go": "ابدأ",
    "next": "ماذا يحدث بعد ذلك",
    "back": "لدي رمز",
    "safe": "البقاء آمناً على هاتف مشترك",
    "on": "متابعة",
    "skip": "تخطَّ هذا السؤال",
    "check": "راجع ما أخبرتنا به",
    "send": "إرسال",
    "have": "وصلنا بلاغك",
    "told": "ماذا حدث؟",
    "told_hint": "استخدم كلماتك الخاصة، بأي لغة. لا توجد طريقة خاطئة لقول ذلك.",
    "who": "عمّن تخبرنا؟",
    "me": "عن نفسي",
    "other": "عن شخص آخر",
    "why": "لماذا تعتقد أن هذا حدث؟",
    "none": "لا شيء مما سبق",
    "yes": "نعم",
    "no": "لا",
    "when": "متى كان ذلك؟",
    "wrong": "أخبرنا بما حدث، أو تخطَّ هذا السؤال",
}


def form_class(words):
    """Make a form that asks one question of every kind, in these words."""

    class Questions(forms.Form):
        told = forms.CharField(
            label=words["told"], help_text=words["told_hint"], max_length=200, widget=forms.Textarea,
            error_messages={"required": words["wrong"]},
        )  # fmt: skip
        who = forms.ChoiceField(
            label=words["who"],
            choices=[("me", words["me"]), ("other", words["other"]), ("unsaid", words["unsaid"])],
            widget=Radios(hints={"other": words["other_hint"]}, reveals={"other": "name"}, divider_before="unsaid"),
        )
        name = forms.CharField(label="Name", required=False)
        why = forms.MultipleChoiceField(
            label=words["why"],
            choices=[(word, words[word]) for word in ("race", "faith", "disability", "none")],
            widget=Checkboxes(exclusive="none"),
        )
        know = forms.ChoiceField(
            label=words["know"], choices=[("yes", words["yes"]), ("no", words["no"])], widget=Radios
        )
        when = forms.Field(label=words["when"], help_text=words["when_hint"], widget=DateParts)
        where = forms.ChoiceField(label=words["where"], choices=[("", "—"), ("home", "At home")])
        postcode = forms.CharField(label=words["postcode"], required=False)
        picture = forms.FileField(label=words["picture"], widget=Files, required=False)
        agree = forms.BooleanField(label=words["agree"], required=False)

    return Questions


ROWS = [
    {
        "risk": "critical", "reference": "HV-7K2M-94T", "url": "/case", "what": "Speak with her",
        "note": "safe 10 to 14, Arabic", "due": "01:40, 8 h late", "late": True, "clause": "3.4.1",
        "action": {"text": "Record contact", "href": "/do"},
    },
    {
        "risk": "high", "reference": "HV-2QX8-11A", "url": "/case", "what": "Decide on telling the police",
        "due": "Friday 17:00", "clause": "3.6.1", "action": {"text": "Decide", "href": "/do"},
    },
    {
        "risk": "medium", "reference": "HV-5B0C-77D", "url": "/case",
        "what": "Waiting for approval: warning letter", "due": "asked Thursday", "clause": "3.5.2",
        "waiting": "with M. Name",
    },
    {
        "risk": "standard", "reference": "HV-9TT3-02K", "url": "/case",
        "what": "Update: nothing heard for 4 working days", "due": "17:00", "clause": "3.4.1",
        "action": {"text": "Send update", "href": "/do"},
    },
]  # fmt: skip


EVENTS = [
    {"title": "Door made safe", "byline": "by Joiners", "when": "today at 21:58", "text": "Picture taken."},
    {
        "title": "Note to ourselves",
        "byline": "by A. Name",
        "when": "today at 21:50",
        "kind": "note",
        "text": "Ask about the car.",
    },
    {
        "title": "Message sent",
        "byline": "to her, by telephone",
        "when": "today at 21:44",
        "kind": "message",
        "text": "We will be there by 22:00.",
    },
]


def values(words, *, bound, direction):
    """Return everything that the pages show."""
    form = form_class(words)({"told": "", "who": "other", "why": ["race"], "when-day": "3"} if bound else None)
    row = {"key": words["told"], "value": mark_safe('<div class="hv-told" dir="auto">They broke the door.</div>')}
    change = {"items": [{"href": "/told", "text": "Change", "visually_hidden_text": words["told"]}]}
    return {
        "form": form,
        "words": words,
        "page_error": bound,
        "landlord": {"name": "Harbour and Vale Homes", "telephone": "01632 960 000"},
        "languages": [
            {"code": "en", "name": "English", "direction": "ltr", "current": direction == "ltr"},
            {"code": "ar", "name": "العربية", "direction": "rtl", "current": direction == "rtl"},
            {"code": "pl", "name": "Polski"},
            {"code": "so", "name": "Soomaali"},
            {"code": "ur", "name": "اردو", "direction": "rtl"},
        ],
        "show_exit": True,
        "demo_banner": bound,
        "direction": direction,
        "steps": [
            {"when": "Tonight by 22:52", "text": "a trained person reads what you wrote"},
            {"when": "By 01:40", "text": "somebody makes your door safe"},
            {"when": "Monday by 17:00", "text": "your caseworker speaks with you, in a way you told us is safe"},
        ],
        "rows": [row | {"actions": change}, {"key": words["when"], "value": "March 2026", "actions": change}],
        "card": {"title": words["check"], "actions": change},
        "table": {
            "head": [{"text": "Team"}, {"text": "Open", "format": "numeric"}],
            "rows": [["Tyne", {"text": "31", "format": "numeric"}], ["Wear", {"text": "7", "format": "numeric"}]],
        },
        "pages": {
            "previous": {"href": "?page=1"},
            "next": {"href": "?page=3"},
            "items": [{"number": 1, "href": "?1"}, {"number": 2, "href": "?2", "current": True}, {"ellipsis": True}],
        },
        "crumbs": [{"text": "Cases", "href": "/cases"}, {"text": "HV-7K2M-94T"}],
        "staff": {"name": "A. Name", "role": "caseworker"},
        "nav": [
            {"label": "Needs me now", "url": "/desk/", "count": 7, "current": True},
            {"label": "Queue", "url": "/queue", "count": 3},
            {"label": "Cases", "url": "/cases"},
            {"label": "Find", "url": "/find"},
        ],
        "session_seconds": 1800,
        "keep_alive_url": "/alive",
        "counts": [
            {"number": 2, "text": "late", "late": True},
            {"number": 5, "text": "today"},
            {"number": 11, "text": "this week"},
        ],
        "filter": {
            "result": "18 tasks",
            "chips": [{"text": "Only mine", "href": "/a"}, {"text": "Critical", "href": "/b"}],
            "clear_href": "/clear",
            "open": bound,
        },
        "filter_fields": field(form["where"]) + field(form["postcode"]),
        "late": ROWS[:1],
        "today": ROWS[1:],
        "identity": {
            "title": "HV-7K2M-94T",
            "risk": "critical",
            "details": ["race, religion", "open 2 days", "caseworker A. Name"],
            "menu": {
                "items": [
                    {"text": "Record contact", "href": "/contact"},
                    {"text": "Send a warning letter", "refused": "She has not been asked about it.", "clause": "3.5.2"},
                ]
            },
        },
        "parts": [
            {"text": "Overview", "href": "/", "current": True},
            *({"text": text, "href": "/p"} for text in ("People", "What happened", "Risk", "Contact", "Plan", "Trail")),
        ],
        "action": {"text": "Record her wishes", "href": "/wishes"},
        "events": EVENTS,
        "facts": [
            {"term": "Safe", "text": "telephone, 10 to 14"},
            {"term": "Never", "text": "post, e-mail (shared)"},
            {"term": "Say", "text": "the library"},
        ],
    }  # fmt: skip


def page(name, *, language="en", bound=False):
    """Return one page of the gallery as HTML."""
    words, direction = (ARABIC, "rtl") if language == "ar" else (ENGLISH, "ltr")
    with translation.override(language):
        template = engines["django"].from_string((PAGES / f"{name}.html").read_text())
        return template.render(values(words, bound=bound, direction=direction))
