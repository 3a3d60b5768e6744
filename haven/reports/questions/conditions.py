"""When a page or a question is shown, given what was answered before."""

from __future__ import annotations

from haven.people.choices import Method
from haven.policy.pack import pack
from haven.reports.answers import PERMISSION, Answers, codes_in, text_in
from haven.reports.choices import Identity
from haven.reports.questions.shape import ShownWhen


def needs_help_now(answers: Answers) -> bool:
    """Say whether the danger answer calls for 999 or names a helpline."""
    known = pack().danger
    chosen = [known[code] for code in codes_in(answers, "danger") if code in known]
    return any(one.call_999 or one.helplines for one in chosen)


def is_for_another(answers: Answers) -> bool:
    """Say whether somebody else was harmed."""
    role = pack().reporter_roles.get(text_in(answers, "role"))
    return role is not None and not role.is_person_harmed


def asks_authority(answers: Answers) -> bool:
    """Say whether to ask by what right they speak for the person harmed."""
    role = pack().reporter_roles.get(text_in(answers, "role"))
    return role is not None and role.asks_authority


def has_time(answers: Answers) -> bool:
    """Say whether a time can be asked for."""
    return text_in(answers, "when_kind") in ("exact", "approximate", "range", "ongoing")


def place_asks(answers: Answers) -> str:
    """Return what is asked of the place: our_home, address, online, words, or nothing."""
    place = pack().place_types.get(text_in(answers, "place"))
    return place.asks if place else ""


def happened_before(answers: Answers) -> bool:
    """Say whether it was not the first time."""
    return text_in(answers, "history") in ("before", "often")


def knows_something(answers: Answers) -> bool:
    """Say whether anything can be asked about the person who did it."""
    return bool(codes_in(answers, "responsible_kinds"))


def police_may_be_told(answers: Answers) -> bool:
    """Say whether the police may be told with the name, so that they may want to talk."""
    return text_in(answers, f"{PERMISSION}POLICE") == "WITH_NAME"


def gives_name(answers: Answers) -> bool:
    """Say whether the person is content that we know who they are."""
    return text_in(answers, "identity") in (Identity.NAMED, Identity.CONFIDENTIAL)


def prefers(*ways: str) -> ShownWhen:
    """Return a rule that shows a question to whoever prefers one of these ways."""
    return lambda answers: text_in(answers, "preferred") in ways


def wants_contact(answers: Answers) -> bool:
    """Say whether the person named a way of reaching them."""
    return text_in(answers, "preferred") not in ("", Method.CODE_ONLY, Method.NONE)
