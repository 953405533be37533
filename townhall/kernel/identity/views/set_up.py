"""Set-up pages: organisations, teams, people and their roles, and the list of what was changed."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townhall.kernel.identity import selectors
from townhall.kernel.identity.actions import staff
from townhall.kernel.identity.forms import ROLE_NAMES, NewPersonForm, OrganisationForm, PersonForm, RoleForm, TeamForm
from townhall.kernel.identity.models import Change, Organisation, Person, Team
from townhall.kernel.identity.permissions import proved_lately, requires

set_up = requires("identity.set_up")


@set_up
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations with their teams."""
    rows = Organisation.objects.prefetch_related("team_set").order_by("kind", "name")
    return render(request, "identity/organisations.html", {"organisations": rows})


@set_up
def organisation(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Add or change an organisation."""
    row = get_object_or_404(Organisation, pk=key) if key else Organisation()
    form = OrganisationForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        staff.save_organisation(form.instance, by=_me(request), at=timezone.now())
        return redirect("identity:organisations")
    title = _("Change an organisation") if key else _("Add an organisation")
    return _form(request, form, title, "identity:organisations")


@set_up
def teams(request: HttpRequest) -> HttpResponse:
    """All teams, those in use first."""
    rows = Team.objects.select_related("organisation").prefetch_related("membership_set").order_by("-is_active", "name")
    return render(request, "identity/teams.html", {"teams": rows})


@set_up
def team(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Add or change a team, or end it."""
    row = get_object_or_404(Team, pk=key) if key else Team()
    form = TeamForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        staff.save_team(form.instance, by=_me(request), at=timezone.now())
        return redirect("identity:teams")
    return _form(request, form, _("Change a team") if key else _("Add a team"), "identity:teams")


@set_up
def people(request: HttpRequest) -> HttpResponse:
    """Everyone who works here or with us."""
    rows = Person.objects.staff().prefetch_related("membership_set__team").order_by("-is_active", "name")
    return render(request, "identity/people.html", {"people": rows, "roles": ROLE_NAMES})


@set_up
@proved_lately
def add_person(request: HttpRequest) -> HttpResponse:
    """Let somebody work here."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = staff.add_colleague(**form.cleaned_data, by=_me(request), at=timezone.now())
        except staff.AlreadyHere:
            form.add_error("email", _("Somebody has this email address already"))
        else:
            return redirect("identity:person", person.pk)
    return _form(request, form, _("Add a person"), "identity:people")


@set_up
@proved_lately
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person who works here: details, roles, and how they sign in."""
    row = _colleague(key)
    form = PersonForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            staff.change_person(form.instance, by=_me(request), at=timezone.now())
        except staff.AlreadyHere:
            form.add_error("email", _("Somebody has this email address already"))
        else:
            return redirect("identity:people")
    return _person_page(request, row, form, RoleForm())


@require_POST
@set_up
@proved_lately
def give_role(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a person a place in a team, or another role there."""
    row, form = _colleague(key), RoleForm(request.POST)
    if form.is_valid():
        try:
            staff.give_role(person=row, **form.cleaned_data, by=_me(request), at=timezone.now())
        except staff.LastAdministrator:
            form.add_error("role", _last())
        else:
            return redirect("identity:person", key)
    return _person_page(request, row, PersonForm(instance=row), form)


@require_POST
@set_up
@proved_lately
def take_role(request: HttpRequest, key: UUID, team_key: UUID) -> HttpResponse:
    """Take a person out of a team."""
    row = _colleague(key)
    try:
        staff.take_role(person=row, team=get_object_or_404(Team, pk=team_key), by=_me(request), at=timezone.now())
    except staff.LastAdministrator:
        return _person_page(request, row, PersonForm(instance=row), RoleForm(), problem=_last())
    return (
        redirect("identity:people")
        if not Person.objects.staff().filter(pk=key).exists()
        else redirect("identity:person", key)
    )


@require_POST
@set_up
@proved_lately
def end_person(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody has left: nothing of theirs opens anything now."""
    row = _colleague(key)
    try:
        staff.end_colleague(person=row, by=_me(request), at=timezone.now())
    except staff.LastAdministrator:
        return _person_page(request, row, PersonForm(instance=row), RoleForm(), problem=_last())
    return redirect("identity:people")


@require_POST
@set_up
@proved_lately
def forget_factors(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody has lost their telephone: let them set up the second step again."""
    staff.forget_factors(person=_colleague(key), by=_me(request), at=timezone.now())
    return redirect("identity:person", key)


@set_up
def changes(request: HttpRequest) -> HttpResponse:
    """What was changed on set-up pages, newest first; `what` finds one thing's."""
    wanted = request.GET.get("what", "").strip()
    rows = Change.objects.select_related("by")
    if wanted:
        rows = rows.filter(what__icontains=wanted)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "identity/changes.html", {"page": page, "what": wanted})


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # noqa: S101
    return request.user


def _colleague(key: UUID) -> Person:
    return get_object_or_404(Person.objects.staff(), pk=key)


def _last() -> str:
    return _("Nobody else is an administrator. Make somebody else one first")


def _form(request: HttpRequest, form: Any, title: str, back_to: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back_to": back_to,
        "is_new": not isinstance(form, ModelForm) or form.instance._state.adding,
    }
    return render(request, "identity/form.html", context, status=422 if form.errors else 200)


def _person_page(
    request: HttpRequest, row: Person, form: PersonForm, role_form: RoleForm, problem: str = ""
) -> HttpResponse:
    context = {
        "colleague": row, "form": form, "role_form": role_form, "problem": problem,
        "roles": ROLE_NAMES, "factors": selectors.factors(row),
        "places": row.membership_set.select_related("team"),  # pyright: ignore[reportAttributeAccessIssue]
    }  # fmt: skip
    status = 409 if problem else 422 if form.errors or role_form.errors else 200
    return render(request, "identity/person.html", context, status=status)
