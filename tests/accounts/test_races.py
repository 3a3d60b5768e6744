"""Two at once: one administrator always remains."""

import threading

from django.db import connection

from haven.accounts import actions
from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.kernel import clock
from haven.kernel.decision import Refused
from tests.machinery.staff import member

NOW = clock.now()


def test_two_administrators_cannot_unseat_each_other_at_once(fresh_database):
    first, second = member(Role.ADMINISTRATOR), member(Role.ADMINISTRATOR)
    outcomes, together = [], threading.Barrier(2)

    def unseat(by, other):
        together.wait()
        try:
            actions.revoke_role(staff=other, role=Role.ADMINISTRATOR, by=Staff.objects.get(pk=by.pk), at=NOW)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=unseat, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["done", "refused"]
    assert Staff.objects.filter(roles__contains=["administrator"]).count() == 1
