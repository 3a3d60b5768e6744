"""What is owed to somebody whom nothing reaches: another way, and a thought for their welfare (DOMAIN.md 4.4)."""

from __future__ import annotations

from collections.abc import Iterator

from haven.obligations.rules import clocks
from haven.obligations.rules.facts import CaseFacts, Owed, ReportFacts, UnreachedFacts
from haven.obligations.rules.owing import of_case, owe
from haven.obligations.rules.risks import band_from


def of_silence(report: ReportFacts) -> Iterator[Owed]:
    """Give what is owed to people in the cases that this report leads, since nothing is heard of them."""
    for case in report.cases:
        if case.leading_report == report.id:
            for each in report.unreached:
                if each.case == case.id:
                    yield _owed(report, case, each)


def _owed(report: ReportFacts, case: CaseFacts, each: UnreachedFacts) -> Owed:
    band = band_from(report, case.id, each.at)
    after = [one for one in report.contacts if one.person == each.person and one.case == case.id and one.at > each.at]
    if each.is_all_tried:
        key, due_at = "welfare_check", clocks.welfare_due(each, band)
        met = [one.at for one in after if one.is_two_way]
        met += [one.at for one in report.welfare if (one.person, one.case) == (each.person, case.id) and one.at >= each.at]
    else:
        key, due_at = "contact_again", clocks.contact_again_due(each, band)
        met = [one.at for one in after if one.is_two_way or one.counts]
    kind = "tried" if each.is_all_tried else "mail"
    owed = owe(report, key, due_at, met_at=min(met, default=None))
    urgency = min(case.urgency, report.urgency)
    return of_case(owed, case, starts_at=each.at, occasion=f"{kind} {each.id}", urgency=urgency)
