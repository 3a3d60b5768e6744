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


def test_one_press_by_several_at_the_same_moment_is_done_once(fresh_database):
    from django.db import connection

    from haven.cases.models import Finding, Press
    from haven.cases.presses import done_once

    tyne = cast.team("Tyne")
    worker = cast.caseworker(tyne)
    case = cast.case(by=worker, team_=tyne)
    before = Finding.objects.filter(case=case).count()
    gate, made = threading.Barrier(5), []

    def record():
        grounds = {"source": "landlord", "value": "hate", "grounds": "Seen."}
        return actions.record_finding(case=case, **grounds, by=worker, at=cast.AT)

    def press():
        try:
            gate.wait(20)
            made.append(done_once(key="k", page="p", staff=worker, at=cast.AT, act=record).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(made) == 5
    assert len(set(made)) == 1
    assert Finding.objects.filter(case=case).count() == before + 1
    assert Press.objects.get().made == made[0]
