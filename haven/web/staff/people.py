"""Those who work here, for administrators: who they are, what they are trusted with, how they get in and leave."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.accounts import access, actions, queries, rules
from haven.accounts.choices import MAY_SAY, Role
from haven.accounts.models import SetUpLink, Staff
from haven.correspondence import mail
from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.policy.pack import pack
from haven.web.staff import navigation
from haven.web.staff.forms import posted
from haven.web.staff.guard import staff_page
from haven.web.staff.open_work import open_work_of
from haven.web.staff.people_forms import AddForm, NewTeamForm, RoleForm, TeamForm

ON_CALL_ROLES = (Role.ADMINISTRATOR, Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER)
administrators = staff_page(Role.ADMINISTRATOR, recent=True)
administrators_post = staff_page(Role.ADMINISTRATOR, recent=True, methods=("POST",))

navigation.add("staff:people", gettext_lazy("People"), order=80)
navigation.add("staff:on-call", gettext_lazy("On call"), order=85)


@staff_page(Role.ADMINISTRATOR, methods=("GET", "HEAD"))
def people(request: HttpRequest) -> HttpResponse:
    """List everybody who works here, and with ?left those who have left."""
    gone = "left" in request.GET
    found = list(access.people(request.user).filter(is_active=not gone))
    protected = queries.with_second_factor(found)
    rows = [{"member": one, "has_second_factor": one.pk in protected} for one in found]
    return render(request, "staff/people/list.html", {"rows": rows, "gone": gone})


@administrators
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody, then show the link with which they choose a password."""
    form = AddForm(posted(request), teams=access.teams(request.user))
    refusal = None
    if form.is_valid():
        try:
            staff = actions.add_staff(**form.cleaned_data, by=request.user, at=clock.now())
            link = actions.issue_link(staff=staff, by=request.user, at=clock.now())
        except Refused as refused:
            refusal = refused.decision
        else:
            return _with_link(request, staff, link, is_new=True)
    shown = {"form": form, "refusal": refusal, "page_error": bool(form.errors) or refusal is not None}
    return render(request, "staff/people/add.html", shown)


@staff_page(Role.ADMINISTRATOR, methods=("GET", "HEAD"))
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account and what can be done with it."""
    return _member_page(request, access.get_member(request.user, pk))


@administrators_post
def grant_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    staff = access.get_member(request.user, pk)
    form = RoleForm(request.POST, staff=staff)
    if not form.is_valid():
        return _member_page(request, staff, role_form=form)
    role = form.cleaned_data["role"]
    done = _("%(role)s: granted.") % {"role": role.label}
    return _act(request, staff, done, actions.grant_role, role=role)


@administrators_post
def revoke_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    staff = access.get_member(request.user, pk)
    if request.POST.get("role") not in staff.roles:
        return redirect("staff:member", pk=pk)
    role = Role(request.POST["role"])
    return _act(request, staff, _("%(role)s: taken away.") % {"role": role.label}, actions.revoke_role, role=role)


@administrators_post
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move somebody to another team."""
    staff = access.get_member(request.user, pk)
    form = TeamForm(request.POST, teams=access.teams(request.user))
    if not form.is_valid():
        return _member_page(request, staff, team_form=form)
    return _act(request, staff, _("Moved."), actions.move_to_team, team=form.cleaned_data["team"])


@administrators_post
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a set-up link and show it once."""
    staff = access.get_member(request.user, pk)
    try:
        link = actions.issue_link(staff=staff, by=request.user, at=clock.now())
    except Refused as refused:
        return _member_page(request, staff, refusal=refused.decision)
    return _with_link(request, staff, link, is_new=False)


@administrators_post
def reset_second_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Take every second factor off somebody's account who has lost theirs."""
    staff = access.get_member(request.user, pk)
    done = _("Their second factors are taken off. They add a new one when they next sign in.")
    return _act(request, staff, done, actions.reset_second_factors)


@administrators
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody has open, ask, then end their account."""
    staff = access.get_member(request.user, pk)
    work = open_work_of(staff)
    decision = rules.may_leave(
        asking=queries.asking(request.user, about=staff),
        is_administrator=Role.ADMINISTRATOR in staff.roles,
        other_administrators=queries.other_administrators(staff),
    )
    if request.method == "POST":
        counts = {one.code: one.count for one in work}
        done = _("The account is ended, and they are signed out everywhere.")
        return _act(request, staff, done, actions.leave, open_work=counts)
    return render(request, "staff/people/leave.html", {"member": staff, "work": work, "decision": decision})


@administrators_post
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an ended account again."""
    staff = access.get_member(request.user, pk)
    done = _("The account is open again. Give it a role, and issue a set-up link.")
    return _act(request, staff, done, actions.come_back)


@administrators
def add_team(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    form = NewTeamForm(posted(request))
    if form.is_valid():
        actions.add_team(**form.cleaned_data, by=request.user, at=clock.now())
        messages.success(request, _("The team is added."))
        return redirect("staff:people")
    return render(request, "staff/people/add-team.html", {"form": form, "page_error": bool(form.errors)})


@staff_page(*ON_CALL_ROLES, methods=("GET", "HEAD"))
def on_call(request: HttpRequest) -> HttpResponse:
    """Show who is told of danger out of hours, among those of whom the viewer may say so."""
    found = list(access.may_be_on_call(request.user))
    shown = {"members": found, "nobody": not queries.staff_on_call(), "has_mail": mail.is_set_up(), "rules": pack().alarm}
    return render(request, "staff/people/on-call.html", shown)


@staff_page(*ON_CALL_ROLES, methods=("POST",))
def set_on_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody on call, or take them off."""
    staff = access.may_be_on_call(request.user).filter(pk=pk).first()
    if staff is None:
        return redirect("staff:on-call")
    wanted = request.POST.get("on_call") == "yes"
    try:
        actions.set_on_call(staff=staff, on_call=wanted, by=request.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.decision.reason)
    return redirect("staff:on-call")


def _act(request: HttpRequest, staff: Staff, done: str, act: Callable[..., Any], **particulars: Any) -> HttpResponse:
    """Do it and go back to the account, or show the account with why not."""
    try:
        act(staff=staff, by=request.user, at=clock.now(), **particulars)
    except Refused as refused:
        staff.refresh_from_db()
        return _member_page(request, staff, refusal=refused.decision)
    messages.success(request, done)
    return redirect("staff:member", pk=staff.pk)


def _member_page(request: HttpRequest, staff: Staff, **more: Any) -> HttpResponse:
    teams = access.teams(request.user)
    shown = {
        "member": staff,
        "roles": [(Role(role), MAY_SAY[Role(role)]) for role in staff.roles],
        "is_oneself": staff.pk == request.user.pk,
        "second_factors": queries.second_factors(staff),
        "has_password": staff.has_usable_password(),
        "role_form": RoleForm(staff=staff),
        "team_form": TeamForm(teams=teams, initial={"team": staff.team_id}),
        **more,
    }
    wrong = "refusal" in more or any(name.endswith("_form") for name in more)
    return render(request, "staff/people/member.html", {**shown, "page_error": wrong})


def _with_link(request: HttpRequest, staff: Staff, link: SetUpLink, *, is_new: bool) -> HttpResponse:
    url = request.build_absolute_uri(reverse("staff:set-up-link", args=[link.secret]))
    return render(request, "staff/people/link.html", {"member": staff, "url": url, "link": link, "is_new": is_new})
