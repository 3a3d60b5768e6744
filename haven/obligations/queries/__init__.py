"""Facts for the rules, counts for jobs and the assurance page, promises for the person who reported."""

from haven.obligations.queries.counts import Counts, counts, fold
from haven.obligations.queries.facts import facts_of, reports_touched
from haven.obligations.queries.promises import Promise, promises_for

__all__ = ["Counts", "Promise", "counts", "facts_of", "fold", "promises_for", "reports_touched"]
