"""Signing in to work: password, then an authenticator app, a recovery code or a passkey; a password set by a code."""

from uuid import UUID

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from townhall.kernel.identity import rules, selectors
from townhall.kernel.identity.actions import factors, signing_in
from townhall.kernel.identity.actions.limits import within_limit
from townhall.kernel.identity.forms import CodeForm, EmailForm, NewPasswordForm, PasswordForm
from townhall.kernel.identity.lockout import too_many
from townhall.kernel.identity.models import Code, Person
from townhall.kernel.identity.permissions import has_proved_lately
from townhall.kernel.identity.views.signing_in import send

MAY_SET_PASSWORD = "identity.may_set_password"  # noqa: S105
QUARTER = 900


@sensitive_post_parameters("password")
@never_cache
def staff(request: HttpRequest) -> HttpResponse:
    """The first step: password. Wrong ones are counted; the page says the same of every wrong pair."""
    if request.method != "POST":
        signing_in.remember_onwards(request)
        return _first_page(request, PasswordForm())
    form = PasswordForm(request.POST)
    if form.is_valid():
        email, password = form.cleaned_data["email"].strip(), form.cleaned_data["password"]
        if not signing_in.may_try_password(email, signing_in.came_from(request), timezone.now()):
            return too_many(request, minutes=60)
        person = authenticate(request, email=email, password=password)
        if isinstance(person, Person) and person.roles:
            signing_in.begin_second_step(request, person, timezone.now())
            return redirect("identity:second_step" if selectors.factors(person) else "identity:add_app")
        form.add_error(None, _("That email address and password do not go together"))
    return _first_page(request, form, status=422)


@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """The second step: the digits of the app, or a recovery code. A passkey comes by its own address."""
    at = timezone.now()
    person = signing_in.pending_person(request, at)
    if person is None:
        return redirect("identity:staff")
    if not selectors.factors(person):
        return redirect("identity:add_app")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within_limit(f"second step of {person.pk}", 8, seconds=QUARTER, at=at):
            return too_many(request, minutes=QUARTER // 60)
        try:
            how = factors.check_second_step(person, form.cleaned_data["code"], at)
        except factors.Wrong:
            form.add_error("code", _("Those digits are wrong, or have been used. Wait for the next ones and try again"))
        else:
            return redirect(signing_in.finish(request, person, how=how, at=at))
    return render(request, "identity/second_step.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def add_app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: at the first sign-in, or later in place of none."""
    at = timezone.now()
    pending = signing_in.pending_person(request, at)
    person = pending or (request.user if isinstance(request.user, Person) else None)
    if person is None:
        return redirect("identity:staff")
    if pending is None and not has_proved_lately(request, at):
        return redirect("identity:again")
    held = selectors.factors(person)
    if (pending and held) or any(each.type == "totp" for each in held):
        return redirect("identity:second_step" if pending else "identity:security")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recovery = factors.add_app(request, person, form.cleaned_data["code"], at)
        except factors.Wrong:
            form.add_error("code", _("Those digits are wrong. Wait for the next ones and try again"))
        else:
            onwards = signing_in.finish(request, person, how="app", at=at) if pending else ""
            return render(request, "identity/recovery_codes.html", {"codes": recovery, "onwards": onwards})
    secret = factors.app_secret(request)
    context = {"form": form, "secret": [secret[start : start + 4] for start in range(0, len(secret), 4)]}
    return render(request, "identity/add_app.html", context, status=422 if form.errors else 200)


@never_cache
def app_picture(request: HttpRequest) -> HttpResponse:
    """The secret of the app that is being set up, as a picture for its camera."""
    person = signing_in.pending_person(request, timezone.now()) or request.user
    if not isinstance(person, Person):
        return HttpResponse(status=404)
    return HttpResponse(factors.app_picture(person, factors.app_secret(request)), content_type="image/svg+xml")


@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """Ask for a code with which to set the first password, or a new one."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return send(request, Code.Purpose.PASSWORD, form.cleaned_data["address"], form, page="identity/password.html")
    return render(request, "identity/password.html", {"form": form}, status=422 if form.errors else 200)


def password_proved(request: HttpRequest, contact: rules.Contact) -> HttpResponse:
    """Whoever has proved the address of a colleague may set that colleague's password."""
    person = selectors.colleague_with_email(contact.address)
    if person is None:
        return render(request, "identity/not_staff.html", status=403)
    request.session.cycle_key()
    request.session[MAY_SET_PASSWORD] = {"person": str(person.pk), "at": timezone.now().timestamp()}
    return redirect("identity:new_password")


@sensitive_post_parameters("password")
@never_cache
def new_password(request: HttpRequest) -> HttpResponse:
    """Set a password. It ends the person's sessions, and the second step is still to come."""
    at = timezone.now()
    allowed = request.session.get(MAY_SET_PASSWORD)
    if not allowed or at.timestamp() - allowed["at"] > signing_in.PENDING_SECONDS:
        return redirect("identity:password")
    person = Person.objects.get(pk=UUID(allowed["person"]))
    form = NewPasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid() and person.is_active and person.roles:
        del request.session[MAY_SET_PASSWORD]
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        signing_in.end_sessions(person)
        signing_in.begin_second_step(request, person, at)
        return redirect("identity:second_step" if selectors.factors(person) else "identity:add_app")
    return render(request, "identity/new_password.html", {"form": form}, status=422 if form.errors else 200)


def _first_page(request: HttpRequest, form: PasswordForm, status: int = 200) -> HttpResponse:
    return render(request, "identity/staff.html", {"form": form, "provider": selectors.provider()}, status=status)
