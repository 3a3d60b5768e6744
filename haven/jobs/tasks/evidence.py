"""Evidence in the queue: scanned, copied, asked for again, and what a crash left behind cleared away."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from haven.evidence import actions, queries, scanner
from haven.evidence.choices import Copying, Scan
from haven.evidence.memory import NoRoom
from haven.evidence.models import Item
from haven.evidence.store import Changed, Missing
from haven.kernel.action import SYSTEM
from haven.kernel.clock import now
from haven.kernel.sealing import Unreadable

AGAIN = RetryStrategy(max_attempts=5, wait=20, linear_wait=60, retry_exceptions={scanner.ScannerDown, NoRoom})
LATE = timedelta(minutes=10)
AT_A_TIME = 200


@app.task(name=actions.SCAN_TASK, retry=AGAIN)
def scan(item_id: int) -> None:
    """Have one item scanned; while the scanner is down the item waits, and is asked about again."""
    item = Item.objects.select_related("sealing_key").filter(pk=item_id, scan=Scan.WAITING).first()
    if item is None:
        return
    try:
        verdict = scanner.verdict_on(item)
    except (Missing, Changed) as problem:
        actions.record_damage(about=item, item=item, what=actions.trouble_of(problem), by=SYSTEM, at=now())
        actions.record_scan(item=item, result=Scan.IMPOSSIBLE, found="damaged", by=SYSTEM, at=now())
        return
    except Unreadable:
        actions.record_scan(item=item, result=Scan.IMPOSSIBLE, found="erased", by=SYSTEM, at=now())
        return
    actions.record_scan(item=item, result=verdict.scan, found=verdict.found, by=SYSTEM, at=now())


@app.task(name=actions.COPY_TASK, lock="evidence.copy", retry=AGAIN)
def copy(item_id: int) -> None:
    """Make the copies of one picture; one picture at a time is decoded in the whole deployment."""
    item = Item.objects.select_related("sealing_key").filter(pk=item_id, copying=Copying.WAITING).first()
    if item is None:
        return
    actions.make_copies(item=item, by=SYSTEM, at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="evidence.ask_again", queueing_lock="evidence.ask_again")
def ask_again(timestamp: int) -> None:
    """Ask again for what has been waiting too long: after a scanner was down, a worker killed or a scanner set up."""
    before = now() - LATE
    for item in queries.waiting_for_scan(given_before=before)[:AT_A_TIME]:
        actions.ask_for(item, actions.SCAN_TASK)
    for item in queries.waiting_for_copy(given_before=before)[:AT_A_TIME]:
        actions.ask_for(item, actions.COPY_TASK)
    if scanner.is_set_up():
        for item in queries.never_scanned()[:AT_A_TIME]:
            actions.scan_after_all(item=item, by=SYSTEM, at=now())


@app.periodic(cron="40 3 * * *")
@app.task(name="evidence.clear_orphans", queueing_lock="evidence.clear_orphans")
def clear_orphans(timestamp: int) -> None:
    """Clear away stored files to which no row points, a day after they were written."""
    actions.clear_orphans(by=SYSTEM, at=now())
