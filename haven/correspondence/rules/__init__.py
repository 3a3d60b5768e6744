"""What may be said to people, how they may be reached, and what counts as having reached them."""

from haven.correspondence.rules.contact import (
    MEETS,
    RESULTS,
    Reaching,
    had_interpreter,
    has_asked_whether_safe,
    has_spoken_of_police,
    may_contact_here,
    may_count_as_two_way,
    may_record_contact,
    may_take_contact_back,
)
from haven.correspondence.rules.messages import (
    LONGEST_MESSAGE,
    may_answer,
    may_say_returned,
    may_write,
    may_write_mail,
)
from haven.correspondence.rules.protocol import Tried, Try, may_decide_welfare, tried
from haven.correspondence.rules.reaching import Reachable, is_unsafe_time, may_reach, not_counted

__all__ = [
    "LONGEST_MESSAGE",
    "MEETS",
    "RESULTS",
    "Reachable",
    "Reaching",
    "Tried",
    "Try",
    "had_interpreter",
    "has_asked_whether_safe",
    "has_spoken_of_police",
    "is_unsafe_time",
    "may_answer",
    "may_contact_here",
    "may_count_as_two_way",
    "may_decide_welfare",
    "may_reach",
    "may_record_contact",
    "may_take_contact_back",
    "may_say_returned",
    "may_write",
    "may_write_mail",
    "not_counted",
    "tried",
]
