"""Asking whether a person may do a thing, to one record, and whether they have shown lately who they are."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from townhall.kernel.identity.models import Role
from townhall.kernel.identity.registries import permission, permissions

View = Callable[..., HttpResponse]
PROVED, BACK_TO = "identity.proved", "identity.back_to"
PROOF_SECONDS = 900


def allows(person: Any, name: str, record: Any = None) -> bool:
    """Whether `person` (or an anonymous visitor) has the permission `name` for `record`."""
    return permissions[name](person, record)


def check(person: Any, name: str, record: Any = None) -> None:
    """Raise PermissionDenied unless `person` has the permission `name` for `record`."""
    if not allows(person, name, record):
        raise PermissionDenied(name)


def requires(name: str) -> Callable[[View], View]:
    """A view that needs the permission `name` for no particular record; visitors are sent to sign in first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            check(request.user, name)
            return view(request, *args, **kwargs)

        guarded.permission = name  # pyright: ignore[reportAttributeAccessIssue]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """A view for anybody who is signed in; its answers are kept by no cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def proved_lately(view: View) -> View:
    """A view for whoever has shown who they are in the last quarter of an hour; others do so first and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if has_proved_lately(request, timezone.now()):
            return view(request, *args, **kwargs)
        request.session[BACK_TO] = request.get_full_path() if request.method == "GET" else ""
        return redirect("identity:again")

    return signed_in(guarded)


def has_proved_lately(request: HttpRequest, at: datetime) -> bool:
    """Whether the person has shown who they are within the last quarter of an hour; the demo's people need not."""
    proved: dict[str, Any] = request.session.get(PROVED) or {}
    if settings.TOWNHALL_DEMO and proved.get("how") == "demo":
        return True
    return bool(proved) and at - datetime.fromtimestamp(proved["at"], at.tzinfo) < timedelta(seconds=PROOF_SECONDS)


def has_role(person: Any, *roles: str) -> bool:
    """Whether the person is active and has one of the roles."""
    return bool(getattr(person, "is_authenticated", False)) and person.is_active and bool(person.roles & set(roles))


@permission("identity.work_here")
def may_work_here(person: Any, _record: Any) -> bool:
    """Any member of the council's own staff."""
    return has_role(person, Role.OFFICER, Role.CALL_HANDLER, Role.MANAGER, Role.ADMINISTRATOR)


@permission("identity.set_up")
def may_set_up(person: Any, _record: Any) -> bool:
    """Administrators set up teams, people, categories, rules and letters."""
    return has_role(person, Role.ADMINISTRATOR)


@permission("identity.see_person")
def may_see_person(person: Any, record: Any) -> bool:
    """One's own page; staff see residents; administrators see everyone."""
    if record is not None and getattr(person, "pk", None) == record.pk:
        return True
    return may_work_here(person, record) and (record is None or not record.is_staff or may_set_up(person, record))


@permission("identity.have_key")
def may_have_key(person: Any, _record: Any) -> bool:
    """Whoever works here, or with us, may let a program work in their name."""
    return may_work_here(person, _record) or has_role(person, Role.PARTNER)
