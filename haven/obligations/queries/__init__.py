"""Facts for the rules, and counts for jobs and the assurance page."""

from haven.obligations.queries.counts import Counts, counts, fold
from haven.obligations.queries.facts import facts_of, reports_touched

__all__ = ["Counts", "counts", "facts_of", "fold", "reports_touched"]
