"""Letting people in, what they are trusted with, and their leaving (clause 4.1)."""

from datetime import datetime

from haven.accounts import queries, rules
from haven.accounts.actions.links import withdraw_links
from haven.accounts.actions.sessions import end_all_of
from haven.accounts.choices import Role, SessionEnd
from haven.accounts.models import Staff, Team, WorkChanged
from haven.kernel.action import Actor, action, note, touch
from haven.kernel.decision import require


@action("staff.added")
def add_staff(*, email: str, name: str, roles: list[Role], team: Team | None, by: Actor, at: datetime) -> Staff:
    """Add somebody who is to work here, with no password yet; give them a set-up link next.

    Raises Refused unless `by` keeps the accounts, or if two of the roles keep apart.
    """
    asking = queries.asking(by)
    require(rules.may_add_staff(asking=asking))
    for role in roles:
        held = frozenset(roles)
        require(rules.may_grant_role(asking=asking, role=role, held=held, is_active=True))
    staff = Staff.objects.create_user(email, name=name.strip(), roles=sorted(set(roles)), team=team)
    note(roles=sorted(set(roles)), team=team.pk if team else None)
    return staff


@action("team.added")
def add_team(*, name: str, patches: list[str], by: Actor, at: datetime) -> Team:
    """Add a team and the patches that it looks after; raises Refused unless `by` keeps the accounts."""
    require(rules.may_add_staff(asking=queries.asking(by)))
    team = Team.objects.create(name=name.strip(), patches=patches)
    note(team=team.pk)
    return team


@action("staff.role_granted")
def grant_role(*, staff: Staff, role: Role, by: Actor, at: datetime) -> Staff:
    """Give somebody a role; raises Refused for oneself, without the right, or if roles would clash."""
    held = _lock(staff)
    asking = queries.asking(by, about=staff)
    require(rules.may_grant_role(asking=asking, role=role, held=held, is_active=staff.is_active))
    note(role=role, had_it=role in held)
    staff.roles = sorted(held | {role})
    staff.save(update_fields=["roles"])
    touch(WorkChanged(staff))
    return staff


@action("staff.role_revoked")
def revoke_role(*, staff: Staff, role: Role, by: Actor, at: datetime) -> Staff:
    """Take a role away; raises Refused for oneself, without the right, or if no administrator would be left."""
    held = _lock(staff)
    asking = queries.asking(by, about=staff)
    others = queries.other_administrators(staff)
    require(rules.may_revoke_role(asking=asking, role=role, other_administrators=others))
    note(role=role, had_it=role in held)
    staff.roles = sorted(held - {role})
    staff.save(update_fields=["roles"])
    touch(WorkChanged(staff))
    return staff


@action("staff.moved")
def move_to_team(*, staff: Staff, team: Team | None, by: Actor, at: datetime) -> Staff:
    """Move somebody to another team, or to none; their open work stays theirs until it is shared out."""
    _lock(staff)
    require(rules.may_move_to_team(asking=queries.asking(by, about=staff)))
    note(team=team.pk if team else None, was=staff.team_id)
    staff.team = team
    staff.save(update_fields=["team"])
    return staff


@action("staff.on_call_set")
def set_on_call(*, staff: Staff, on_call: bool, by: Actor, at: datetime) -> Staff:
    """Say whether somebody is told of danger out of hours; raises Refused outside one's own team or service."""
    _lock(staff)
    same_team = isinstance(by, Staff) and by.team_id is not None and by.team_id == staff.team_id
    asking = queries.asking(by, about=staff)
    require(rules.may_set_on_call(asking=asking, is_same_team=same_team, is_active=staff.is_active))
    note(on_call=on_call)
    staff.on_call = on_call
    staff.save(update_fields=["on_call"])
    return staff


@action("staff.left")
def leave(*, staff: Staff, open_work: dict[str, int], by: Actor, at: datetime) -> Staff:
    """End an account: no roles, no sessions, no links; what they had open stays theirs, and is counted in the trail.

    Raises Refused for oneself, without the right, or for the last administrator.
    """
    held = _lock(staff)
    others = queries.other_administrators(staff)
    asking = queries.asking(by, about=staff)
    is_administrator = Role.ADMINISTRATOR in held
    require(rules.may_leave(asking=asking, is_administrator=is_administrator, other_administrators=others))
    note(roles=sorted(held), team=staff.team_id, open_work=open_work)
    staff.is_active, staff.on_call, staff.roles = False, False, []
    staff.set_unusable_password()
    staff.save(update_fields=["is_active", "on_call", "roles", "password"])
    touch(WorkChanged(staff))
    withdraw_links(staff, at)
    end_all_of(staff, SessionEnd.LEFT, by=by, at=at)
    return staff


@action("staff.came_back")
def come_back(*, staff: Staff, by: Actor, at: datetime) -> Staff:
    """Open an ended account again, without roles and without a password; raises Refused as for leaving."""
    _lock(staff)
    require(rules.may_come_back(asking=queries.asking(by, about=staff)))
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    return staff


def _lock(staff: Staff) -> frozenset[Role]:
    """Lock the row, and every administrator's in one order, so that two administrators cannot unseat each other."""
    rows = Staff.objects.select_for_update().order_by("pk")
    both = rows.filter(pk=staff.pk) | rows.filter(is_active=True, roles__contains=[Role.ADMINISTRATOR])
    list(both.values_list("pk", flat=True))
    staff.refresh_from_db()
    return queries.roles_held(staff)
