"""Times and lengths of time as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haven.kernel import clock
from haven.policy.pack import Clock, ClockKind

_A_WEEK = 7


def within_words(clocks: Iterable[Clock]) -> str:
    """Return the shortest of some elapsed clocks as "1 hour" or "30 minutes"; else the next working day."""
    minutes = [one.amount for one in clocks if one.kind is ClockKind.ELAPSED]
    if not minutes:
        return _("one working day")
    least = min(minutes)
    if least % 60:
        return ngettext("%(count)d minute", "%(count)d minutes", least) % {"count": least}
    return ngettext("%(count)d hour", "%(count)d hours", least // 60) % {"count": least // 60}


def by_words(due_at: datetime, at: datetime) -> str:
    """Return a due time as "today by 5:00pm", "tomorrow by …", "on Monday by …" or with the date."""
    local, today = clock.local(due_at), clock.local_date(at)
    hour = date_format(local, "H:i")
    days = (local.date() - today).days
    if days == 0:
        return _("today by %(time)s") % {"time": hour}
    if days == 1:
        return _("tomorrow by %(time)s") % {"time": hour}
    if 1 < days < _A_WEEK:
        return _("%(weekday)s by %(time)s") % {"weekday": date_format(local, "l"), "time": hour}
    return _("%(date)s by %(time)s") % {"date": date_format(local, "j F"), "time": hour}


def when_words(happened_at: datetime, at: datetime) -> str:
    """Return a time that has been as "today at 14:05", "yesterday at …" or with the date."""
    local, today = clock.local(happened_at), clock.local_date(at)
    hour = date_format(local, "H:i")
    if local.date() == today:
        return _("today at %(time)s") % {"time": hour}
    if local.date() == today - timedelta(days=1):
        return _("yesterday at %(time)s") % {"time": hour}
    return _("%(date)s at %(time)s") % {"date": date_format(local, "j F Y"), "time": hour}
