"""Acts: writing to people, recording contacts with them, and what is decided when they cannot be reached."""

from haven.correspondence.actions.contacts import (
    ContactTold,
    decide_welfare,
    record_contact,
    take_contact_back,
)
from haven.correspondence.actions.mails import queue_mail, returned, settle_mail
from haven.correspondence.actions.messages import answer_question, ask_question, mark_read, post_update

__all__ = [
    "ContactTold",
    "answer_question",
    "ask_question",
    "decide_welfare",
    "mark_read",
    "post_update",
    "queue_mail",
    "record_contact",
    "returned",
    "settle_mail",
    "take_contact_back",
]
