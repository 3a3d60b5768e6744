"""What passed between the landlord and people: messages behind a code, contacts and tries, e-mail on its way."""

from haven.correspondence.models.contacts import AllTried, Contact, WelfareDecision
from haven.correspondence.models.mails import Mail
from haven.correspondence.models.messages import Message

__all__ = ["AllTried", "Contact", "Mail", "Message", "WelfareDecision"]
