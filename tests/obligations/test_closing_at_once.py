"""Two people close one case at once: one wins, the other is told what happened."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from haven.cases.models import Case, CasePerson
from haven.correspondence.models import Message
from haven.kernel.decision import Refused
from haven.kernel.sealing import keyed_hash
from haven.obligations.actions import close_case
from haven.reports.choices import Identity
from haven.reports.models import Report
from tests.cases import cast
from tests.obligations.test_closing import THEN, made_ready, propose


@pytest.mark.clause("3.4.1")
def test_one_wins_and_the_other_is_told(fresh_database):
    worker = cast.caseworker(cast.team("Tyne"))
    manager = cast.manager(worker.team)
    case = cast.case(by=worker, caseworker=worker, reporter="Amina Yusuf", identity=Identity.NAMED)
    Report.objects.filter(case_links__case=case).update(code_hash=keyed_hash("code", "1" * 16))
    made_ready(case, CasePerson.objects.get(case=case, part="harmed").person, worker)
    closing = propose(case, worker)

    def press(by):
        try:
            close_case(closing=closing, by=by, at=THEN + timedelta(seconds=by.pk))
        except Refused as refused:
            return refused.decision.reason
        else:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(press, [worker, manager]))
    assert said[0] == ""
    assert "closed" in said[1]
    assert Case.objects.get(pk=case.pk).state == "closed"
    assert Message.objects.count() == 1
