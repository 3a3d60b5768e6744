"""Reads of cases without a viewer, for rules and actions; no page uses them."""

from haven.cases.queries.facts import case_facts, report_facts, viewer_of

__all__ = ["case_facts", "report_facts", "viewer_of"]
