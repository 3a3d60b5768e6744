"""Two people decide about one report in the same moment: one wins, the other is told, nothing is doubled."""

import threading

from haven.cases import actions
from haven.cases.models import Case, TriageDecision
from haven.kernel.decision import Refused
from tests.cases import cast


def test_two_people_deciding_at_once_make_one_decision(fresh_database):
    from django.db import connection

    tyne = cast.team("Tyne")
    people = [cast.caseworker(tyne) for _ in range(6)]
    report = cast.report(team=tyne)
    seen = cast.seen(report)
    gate, became = threading.Barrier(len(people)), []

    def decide(who):
        try:
            gate.wait(20)
            actions.open_case(
                report=report.__class__.objects.get(pk=report.pk), seen=seen, team=tyne, by=who, at=cast.AT
            )
            became.append("opened")
        except Refused as refused:
            became.append(refused.decision.guard)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(became) == ["cases.may_decide"] * 5 + ["opened"]
    assert Case.objects.count() == 1
    assert TriageDecision.objects.count() == 1
