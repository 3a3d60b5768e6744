"""Reads of messages, contacts and e-mail without a viewer; whoever asks has come through a door of cases.access."""

from haven.correspondence.queries.contacts import contacts_of, mails_of, tried_with, welfare_of
from haven.correspondence.queries.messages import has_unread, last_told_at, messages_of
from haven.correspondence.queries.reach import reachable

__all__ = [
    "contacts_of",
    "has_unread",
    "last_told_at",
    "mails_of",
    "messages_of",
    "reachable",
    "tried_with",
    "welfare_of",
]
