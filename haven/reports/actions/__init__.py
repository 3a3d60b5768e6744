"""The acts of reporting: receive, add, permit, reach, ring, renew the code; one business act each."""

from haven.reports.actions.receiving import receive_report

__all__ = ["receive_report"]
