"""What the pages of an application share: whose it is, its form, what was typed, what comes next."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.permissions import is_ones_own
from townhall.kernel.catalogue.forms.engine import asked, first_unanswered
from townhall.kernel.catalogue.forms.model import Asked, Form
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.identity.models import Person
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.models import KEPT_DAYS, Application
from townhall.residents.services.views.holding import hold_posted

COOKIE = "applications"
LONG = 12
"""A form with more pages than this shows how far one is, not the list of them."""


def secret_of(request: HttpRequest) -> str:
    """The browser's secret; a new one where it has none yet."""
    return request.COOKIES.get(COOKIE, "")[:100] or secrets.token_urlsafe(24)


def with_cookie(response: HttpResponse, secret: str) -> HttpResponse:
    """The answer, with the browser's secret for as long as applications are kept."""
    response.set_cookie(
        COOKIE, secret, max_age=KEPT_DAYS * 86_400, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def device_of(request: HttpRequest) -> str:
    """What is kept of this browser's secret; empty where it has none."""
    secret = request.COOKIES.get(COOKIE, "")
    return actions.owner_of(secret) if secret else ""


def is_own(request: HttpRequest, found: Application) -> bool:
    """Whether an application is this browser's or this person's."""
    device, user = device_of(request), request.user
    is_browsers = bool(device) and (secrets.compare_digest(device, found.owner) or device in found.devices)
    if found.taken_by_id:
        is_browsers = is_browsers and user.pk == found.taken_by_id
    is_persons = user.is_authenticated and user.pk == found.person_id and found.taken_by_id is None
    return is_browsers or is_persons or (found.case is not None and is_ones_own(user, found.case))


def application_of(request: HttpRequest, application_id: UUID) -> Application:
    """The application, where it is this browser's or this person's. Raises Http404 for anyone else's."""
    related = ("version", "person", "taken_by", "case__team")
    found = Application.objects.select_related(*related).defer("version__files").filter(pk=application_id).first()
    if found is None or not is_own(request, found):
        raise Http404
    return found


def sent_one(request: HttpRequest, application_id: UUID) -> Application:
    """The application, for its owner, or for whoever has the link of a letter once it is sent. Raises Http404."""
    found = Application.objects.select_related("version", "case__team", "case__reporter").defer("version__files")
    application = found.filter(pk=application_id, sent_at__isnull=False).first()
    if application is not None and actions.is_sent_key(application, request.GET.get("key", "")):
        return application
    return application_of(request, application_id)


def signed_out_of(request: HttpRequest, application_id: UUID) -> Application | None:
    """The unsent application of somebody with an account where nobody is signed in: their session has ended."""
    if request.user.is_authenticated:
        return None
    found = Application.objects.unsent().select_related("case", "version").defer("version__files")
    application = found.filter(pk=application_id, person__isnull=False, taken_by=None).first()
    return None if application is None or is_own(request, application) else application


def opens_case(request: HttpRequest, case: Case) -> bool:
    """Whether a request may act for whoever applied: pay, choose a day, give it up."""
    application = selectors.of_case(case.pk)
    if application is None:
        return False
    return actions.is_sent_key(application, request.GET.get("key", "")) or is_own(request, application)


def signed_in(request: HttpRequest) -> Person | None:
    """Whoever is signed in."""
    return request.user if isinstance(request.user, Person) else None


@dataclass
class Flow:
    """An application at one of its pages; `page` is empty for those that are not of the form."""

    request: HttpRequest
    application: Application
    page: str = ""

    @cached_property
    def package(self) -> Package:
        """The service, as it was when the application began."""
        return selectors.package(self.application.version)

    @property
    def form(self) -> Form:
        """Its form."""
        return self.package.form

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the form is told from outside."""
        return selectors.facts(timezone.now())

    @cached_property
    def asked(self) -> Asked:
        """The pages that are asked, by the answers that are kept."""
        return asked(self.form, self.application.answers, self.facts)

    def pages(self) -> list[str]:
        """The names of the pages that have something to fill in."""
        return rules.names_of(self.asked.pages)

    def url(self, name: str, *more: object) -> str:
        """The address of one of its pages."""
        return reverse(f"services:{name}", args=[self.application.pk, *more])

    def page_url(self, page: str) -> str:
        """The address of a page of the form; of "check your answers" where that is empty."""
        return self.url("page", page) if page else self.url("check")

    def forget(self) -> None:
        """Look afresh at what is asked."""
        self.__dict__.pop("asked", None)

    def next_url(self) -> str:
        """Where to go on: the first page that needs something, else "check your answers"."""
        wrong = first_unanswered(self.form, self.application.answers, facts=self.facts)
        return self.page_url(rules.next_step(self.pages(), self.application.pages, wrong))

    def going_to(self, row: Application) -> str:
        """The page where an application goes on once one of its pages is kept, by what is asked then."""
        self.asked = asked(self.form, row.answers, self.facts)
        found = rules.next_step(self.pages(), row.pages, None)
        if found != rules.CHECK:
            return found
        wrong = first_unanswered(self.form, row.answers, facts=self.facts)
        return rules.next_step(self.pages(), row.pages, wrong)

    def after_url(self) -> str:
        """Where to go from this page: to the next one; by way of "check your answers" where one came from there."""
        if self.request.GET.get("from") == "check":
            return self.next_url()
        names = self.pages()
        after = names[names.index(self.page) + 1 :] if self.page in names else names[:0]
        if after and self._is_in_another_section(after[0]):
            return self.url("tasks")
        return self.page_url(after[0]) if after else self.next_url()

    def _is_in_another_section(self, page: str) -> bool:
        pages = self.form.pages
        return bool(self.form.sections) and pages[page].section != pages[self.page].section

    def back_url(self) -> str:
        """The page before this one; the list of tasks, or the start, before the first."""
        if self.request.GET.get("from") == "check":
            return self.url("check")
        names = self.pages()
        place = names.index(self.page) if self.page in names else len(names)
        if place and not self._is_in_another_section_before(names, place):
            return self.page_url(names[place - 1])
        return self.url("tasks") if self.form.sections else reverse("services:start", args=[self.package.slug])

    def _is_in_another_section_before(self, names: list[str], place: int) -> bool:
        return place < len(names) and self._is_in_another_section(names[place - 1])

    def steps(self) -> list[rules.Step]:
        """The pages with how each stands."""
        return rules.steps_of(self.asked.pages, self.application.pages, self.page)

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page, with what every page of an application shows; nobody keeps a copy of it."""
        spoken, steps = selectors.language(), self.steps()
        done = sum(step.state == "done" for step in steps)
        listed = [
            {"title": one.title.said(spoken), "state": one.state, "url": self.page_url(one.page)} for one in steps
        ]
        shared = {
            "flow": self, "application": self.application, "service": self.package.service, "language": spoken,
            "name": self.package.service.name.said(spoken), "back_url": self.back_url(), "is_long": len(steps) > LONG,
            "on_device": on_device(self.request, self.application, self.page), "steps": listed,
            "share": done / len(steps) if steps else 0, "done": done,
        }  # fmt: skip
        return private(render(self.request, f"services/{template}", shared | context, status=status))


def on_device(request: HttpRequest, application: Application, page: str = "") -> dict[str, Any]:
    """What a browser is told of what the server has, so that it forgets that and keeps the rest. `whose` is a hash."""
    whose = salted_hmac("drafts", str(request.user.pk)).hexdigest()[:16] if request.user.is_authenticated else ""
    return {
        "group": f"services.{application.pk}", "page": page, "number": application.number,
        "pages": application.pages, "typed": list(application.typed), "whose": whose, "isOver": application.is_sent,
    }  # fmt: skip


def private(response: HttpResponse) -> HttpResponse:
    """The answer, kept by nobody."""
    response.headers["Cache-Control"] = "no-store"
    return response


View = Callable[..., HttpResponse]


def of_application(view: View) -> View:
    """A page of an application that is not sent: opened for its owner; once sent, it leads to what became of it, which
    says so to whoever had something to keep or to send.
    """

    @wraps(view)
    def guarded(request: HttpRequest, application_id: UUID, **more: Any) -> HttpResponse:
        page, signed_out = more.get("page", ""), signed_out_of(request, application_id)
        if signed_out is not None:
            hold_posted(request, signed_out, page)
            return redirect_to_login(request.get_full_path())
        flow = Flow(request, application_of(request, application_id), page)
        if not flow.application.is_sent:
            with suppress(actions.AlreadySent):
                return private(view(request, flow, **more))
        return to(flow.url("sent") + ("?again" if request.method == "POST" else ""))

    return guarded


def to(address: str) -> HttpResponseRedirect:
    """On to another page."""
    return HttpResponseRedirect(address)
