"""What follows from something that happens: the person is told, and the danger is looked at again (DOMAIN 3.3, 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from haven.obligations.rules.clocks_of_work import news_due
from haven.obligations.rules.facts import CaseFacts, EventFacts, Owed, Reach, ReportFacts
from haven.obligations.rules.owing import ended, of_case, owe

NEWS, NEWS_TODAY = "event_update", "event_update_urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """What a kind of event asks for: news by one of two standards, another look at the danger; and its words."""

    words: str
    news: str = ""
    look_again: bool = True


FOLLOWS: Mapping[str, Follows] = MappingProxyType(
    {
        "report": Follows(words="a new report"),
        "occasion": Follows(words="an occasion was written down"),
        "evidence": Follows(words="a new file"),
        "evidence_told": Follows(words="new evidence"),
        "finding": Follows(words="a new finding", news=NEWS),
        "court_finding": Follows(words="a court decided", news=NEWS_TODAY),
        "arrest": Follows(words="an arrest", news=NEWS_TODAY),
        "release": Follows(words="a release, or other bail", news=NEWS_TODAY),
        "hearing": Follows(words="the result of a hearing", news=NEWS_TODAY),
        "police_step": Follows(words="the police took or decided something", news=NEWS),
        "order": Follows(words="an order was made, changed, breached or ran out", news=NEWS),
        "decision": Follows(words="we decided something", news=NEWS, look_again=False),
        "visit": Follows(words="a visit to the person responsible", news=NEWS),
        "whereabouts": Follows(words="the person responsible moved or came back", news=NEWS),
        "household": Follows(words="the household changed"),
        "local": Follows(words="something happened locally"),
        "safeguarding": Follows(words="a safeguarding enquiry had an outcome"),
        "asked": Follows(words="the person asked for it"),
        "failed_contact": Follows(words="they could not be reached"),
        "missed_update": Follows(words="news came late"),
        "before_step": Follows(words="a step towards the person responsible is planned"),
        "step": Follows(words="a step was taken towards the person responsible", news=NEWS),
        "disclosure": Follows(words="something was disclosed"),
        "closure_proposed": Follows(words="closing was proposed"),
    }
)
"""Every kind of event; one that stands here without facts yet is there for the part that will record it."""

def of_events(report: ReportFacts) -> Iterator[Owed]:
    """Give the news that whoever reported is owed after each development in the cases of this report (3.4.1)."""
    if report.from_staff or not (report.has_code or not report.is_anonymous):
        return
    for case in report.cases:
        told_at = _heard_from_us(report, case.id)
        for event in report.events:
            if event.case == case.id and (follows := FOLLOWS.get(event.kind)) and follows.news:
                yield _news(report, case, event, follows.news, told_at)


def _news(report: ReportFacts, case: CaseFacts, event: EventFacts, key: str, told_at: list[datetime]) -> Owed:
    met_at = min((at for at in told_at if at >= event.at), default=None)
    owed = owe(report, key, news_due(event, key), met_at=met_at)
    if report.reach is Reach.NOT_WANTED and report.reach_since is not None:
        owed = ended(owed, max(report.reach_since, event.at))
    urgency = min(case.urgency, report.urgency)
    return of_case(owed, case, starts_at=event.at, occasion=occasion_of(event), urgency=urgency)


def occasion_of(event: EventFacts) -> str:
    """Return what tells the duties of one event from those of another."""
    return f"{event.kind} {event.id}"


def _heard_from_us(report: ReportFacts, case: int) -> list[datetime]:
    """Return every time at which whoever told us had word from us: a message, an e-mail or a conversation."""
    times = [each.at for each in report.messages if not each.from_person]
    times += [each.at for each in report.contacts if each.is_word and each.with_teller and each.case in (None, case)]
    return times


def asking_to_look(report: ReportFacts, case: int, updates: Iterable[Owed]) -> list[EventFacts]:
    """Return every event of a case that asks for another look at the danger, oldest first (clause 3.3.5)."""
    found = [each for each in report.events if each.case == case and _looks(each.kind)]
    found += [
        EventFacts(kind="failed_contact", id=each.id, case=case, at=each.at)
        for each in report.unreached
        if each.case == case and each.is_all_tried
    ]
    found += [
        EventFacts(kind="missed_update", id=0, case=case, at=owed.due_at)
        for owed in updates
        if owed.key == "update" and owed.case == case and owed.met_at is not None and owed.met_at > owed.due_at
    ]
    return sorted(found, key=lambda each: (each.at, each.kind, each.id))


def _looks(kind: str) -> bool:
    follows = FOLLOWS.get(kind)
    return follows is not None and follows.look_again
