"""Who may look at whose account: administrators at everybody's, others only at their own and at who is on call."""

from django.db.models import QuerySet
from django.http import Http404

from haven.accounts.choices import Role
from haven.accounts.models import Staff, Team


def may_see_people(viewer: Staff) -> bool:
    """Say whether the viewer looks after accounts (clause 4.1)."""
    return viewer.has(Role.ADMINISTRATOR)


def people(viewer: Staff) -> QuerySet[Staff]:
    """Return everybody who works or worked here, those still here first; nobody unless the viewer keeps accounts."""
    if not may_see_people(viewer):
        return Staff.objects.none()
    return Staff.objects.select_related("team").order_by("-is_active", "name", "pk")


def get_member(viewer: Staff, pk: int) -> Staff:
    """Return one account, or raise Http404 whether it is missing or not the viewer's to see."""
    found = people(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404("No such page.")
    return found


def teams(viewer: Staff) -> QuerySet[Team]:
    """Return the teams to which the viewer may move somebody."""
    return Team.objects.order_by("name") if may_see_people(viewer) else Team.objects.none()


def may_be_on_call(viewer: Staff) -> QuerySet[Staff]:
    """Return those of whom the viewer may say whether they are on call: everybody, their own team, or nobody."""
    here = Staff.objects.filter(is_active=True).select_related("team").order_by("-on_call", "name", "pk")
    if viewer.has(Role.ADMINISTRATOR, Role.HEAD_OF_SERVICE):
        return here.exclude(roles__overlap=[Role.PARTNER, Role.AUDITOR])
    if viewer.has(Role.TEAM_MANAGER) and viewer.team_id:
        return here.filter(team_id=viewer.team_id)
    return here.none()
