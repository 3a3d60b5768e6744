"""The acts of reporting: receive, send, add, permit, reach, ring, renew the code; one business act each."""

from haven.reports.actions.alarms import take_alarm
from haven.reports.actions.following import (
    add_to_report,
    ask_for_code,
    change_permission,
    change_safe_contact,
    refuse_code,
    reissue_code,
)
from haven.reports.actions.receiving import receive_report
from haven.reports.actions.sending import Receipt, receipt_of, send_draft
from haven.reports.actions.visits import (
    files_of,
    forget_draft_file,
    keep_draft_file,
    leave,
    purge_drafts,
)

__all__ = [
    "Receipt", "add_to_report", "ask_for_code", "change_permission", "change_safe_contact", "files_of",
    "forget_draft_file", "keep_draft_file", "leave", "purge_drafts", "receipt_of", "receive_report",
    "refuse_code", "reissue_code", "send_draft", "take_alarm",
]  # fmt: skip
