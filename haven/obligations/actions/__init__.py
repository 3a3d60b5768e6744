"""Acts on what is owed, and on a case as a whole: recording something as done, closing, opening again."""

from haven.obligations.actions.closing import close_case, propose_closing, record_view, send_back_closing
from haven.obligations.actions.doing import record_done, take_back_done
from haven.obligations.actions.reopening import reopen_case
from haven.obligations.actions.reviewing import review_case

__all__ = [
    "close_case",
    "propose_closing",
    "record_done",
    "record_view",
    "reopen_case",
    "review_case",
    "send_back_closing",
    "take_back_done",
]
