"""The only doors to reports and cases: whoever asks is named, and missing and forbidden look alike (clause 3.3.3).

`get_case` and `report_for` open one; `see_case` and `see_report` also leave in the trail that it was opened;
`cases_for` and `queue_for` list; `search_people` finds; `known_of` and `repeats_for` show what is known already.
"""

from haven.cases.access.alarms import alarms_for, get_alarm, whom_to_tell
from haven.cases.access.doors import (
    get_case,
    report_for,
    see_case,
    see_report,
    visible_cases,
    visible_reports,
)
from haven.cases.access.known import Known, known_of, likenesses_of
from haven.cases.access.lists import CaseFilters, QueueFilters, cases_for, queue_for, reviews_for
from haven.cases.access.paging import Page
from haven.cases.access.repeats import Evidence, repeats_for
from haven.cases.access.search import Hit, Hits, get_person, search_people
from haven.cases.access.sightings import matters_at

__all__ = [
    "CaseFilters",
    "Evidence",
    "Hit",
    "Hits",
    "Known",
    "Page",
    "QueueFilters",
    "alarms_for",
    "cases_for",
    "get_alarm",
    "get_case",
    "get_person",
    "known_of",
    "likenesses_of",
    "matters_at",
    "queue_for",
    "repeats_for",
    "report_for",
    "reviews_for",
    "search_people",
    "see_case",
    "see_report",
    "visible_cases",
    "visible_reports",
    "whom_to_tell",
]
