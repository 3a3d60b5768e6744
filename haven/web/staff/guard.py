"""Who may use which page: every view declares it here, and a project test fails for one that does not.

A page for staff, with the roles that may use it (none named: whoever is signed in):

    @staff_page(Role.CASEWORKER, Role.TEAM_MANAGER)
    def case(request, reference):
        found = access.get_case(request.user, reference)     # need to know is decided there, not here
        ...

    @staff_page(Role.ADMINISTRATOR, recent=True, methods=("POST",))     # asks again who they are, when long ago
    def leave(request, pk): ...

    path("overview", staff_page(Role.AUDITOR)(Overview.as_view()), name="overview")     # class-based views

Whoever is not signed in is sent to the sign-in page and back; whoever has no second factor is sent to add one (but in
the demonstration); whoever has none of the roles gets 404, as for a page that is not there. Answers are never cached.

A page for anybody, which reads no session:

    @public_page
    def start(request): ...

    @public_page(methods=("POST",))
    def send(request): ...

What was declared is on the view as `view.audience`; `declared()` lists every route with it.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control

from haven.accounts import rules
from haven.accounts.choices import Role
from haven.accounts.models import Staff

View = TypeVar("View", bound=Callable[..., Any])
READ = ("GET", "HEAD")
SHOWN = "second_factor_shown"
READ_AND_WRITE = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may use a view: `kind` is public, signing_in or staff; no roles means every member of staff."""

    kind: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    methods: tuple[str, ...] = READ_AND_WRITE
    without_second_factor: bool = False
    recent: bool = False

    def lets_in(self, staff: Staff) -> bool:
        """Say whether somebody's roles are enough (what they may see is decided by `access`)."""
        return self.kind != "staff" or not self.roles or staff.has(*self.roles)


@dataclass(frozen=True, slots=True)
class Route:
    """One address pattern with the view that it leads to, and the audience that the view declared, if any."""

    pattern: str
    name: str
    view: Callable[..., Any]
    audience: Audience | None


def staff_page(
    *roles: Role,
    methods: tuple[str, ...] = READ_AND_WRITE,
    recent: bool = False,
    without_second_factor: bool = False,
) -> Callable[[View], View]:
    """Declare a page for staff with any of these roles; see the module's docstring for use."""
    audience = Audience("staff", frozenset(roles), methods, without_second_factor, recent)

    def decorate(view: View) -> View:
        inner = reauthentication_required(app="allauth.account")(view) if recent else view

        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            answer = _turned_away(request, audience) or inner(request, *args, **kwargs)
            return _never_kept(answer)

        return _declared(guarded, audience)

    return decorate


def signing_in_page(view: View) -> View:
    """Declare a page of signing in itself: for those not signed in yet, with a session but no account."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _never_kept(view(request, *args, **kwargs))

    return _declared(guarded, Audience("signing_in"))


@overload
def public_page(view: View) -> View: ...
@overload
def public_page(*, methods: tuple[str, ...] = READ_AND_WRITE) -> Callable[[View], View]: ...
def public_page(view: Any = None, *, methods: tuple[str, ...] = READ_AND_WRITE) -> Any:
    """Declare a page for anybody; it reads no session of staff and knows nobody. Methods beyond those named get 405."""
    audience = Audience("public", methods=methods)

    def decorate(inner: View) -> View:
        @functools.wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _not_allowed(request, audience) or inner(request, *args, **kwargs)

        return _declared(guarded, audience)

    return decorate(view) if view is not None else decorate


def is_public(view: Any) -> bool:
    """Say whether a view was declared as one for anybody."""
    audience = getattr(view, "audience", None)
    return audience is not None and audience.kind == "public"


def declared() -> Iterator[Route]:
    """List every route of the project with the audience that its view declared."""
    yield from _routes(get_resolver().url_patterns, "/", ())


def may_do_without_second_factor() -> bool:
    """Say whether this is the demonstration, whose made-up staff may skip the second factor."""
    return bool(settings.HAVEN_DEMONSTRATION)


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Say whether a second factor was proved, or set up, in this very session."""
    return bool(request.session.get(SHOWN))


def note_second_factor(request: HttpRequest) -> None:
    """Keep in the session that a second factor was proved, or set up, in it."""
    request.session[SHOWN] = True


def _turned_away(request: HttpRequest, audience: Audience) -> HttpResponseBase | None:
    """Return the answer for whoever may not go on, None for whoever may; raise Http404 for a role too few."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method in READ else reverse("staff:start"))
    if not audience.lets_in(request.user):
        raise Http404("No such page.")
    if refused := _not_allowed(request, audience):
        return refused
    return None if audience.without_second_factor else _second_factor_first(request)


def _second_factor_first(request: HttpRequest) -> HttpResponseBase | None:
    shown = has_shown_second_factor(request)
    going_in = rules.may_go_in(has_shown_second_factor=shown, may_do_without=may_do_without_second_factor())
    return None if going_in else redirect("staff:second-factor")


def _not_allowed(request: HttpRequest, audience: Audience) -> HttpResponseBase | None:
    return None if request.method in audience.methods else HttpResponseNotAllowed(audience.methods)


def _never_kept(answer: HttpResponseBase) -> HttpResponseBase:
    add_never_cache_headers(answer)
    patch_cache_control(answer, no_store=True)
    return answer


def _declared(view: Any, audience: Audience) -> Any:
    view.audience = audience
    return view


def _routes(patterns: list[Any], before: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inside = (*spaces, one.namespace) if one.namespace else spaces
            yield from _routes(one.url_patterns, before + str(one.pattern), inside)
        elif isinstance(one, URLPattern):
            name = ":".join((*spaces, one.name or ""))
            yield Route(before + str(one.pattern), name, one.callback, getattr(one.callback, "audience", None))
