"""What the pages of a report in the making share: whose draft it is, where it stands, what comes next."""
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from townhall.kernel.geo.rules import Point
from townhall.kernel.identity.models import Person
from townhall.residents.reports import actions, rules, selectors
from townhall.residents.reports.models import DRAFT_DAYS, Category, Draft
from townhall.residents.reports.rules import steps

COOKIE = "report_drafts"


def secret_of(request: HttpRequest) -> str:
    """The browser's secret; a new one where it has none yet."""
    return request.COOKIES.get(COOKIE, "")[:100] or secrets.token_urlsafe(24)


def with_cookie(response: HttpResponse, secret: str) -> HttpResponse:
    """The answer, with the browser's secret for as long as drafts are kept."""
    response.set_cookie(
        COOKIE, secret, max_age=DRAFT_DAYS * 86_400, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def draft_of(request: HttpRequest, draft_id: UUID) -> Draft:
    """The draft, where it is this browser's or this person's. Raises Http404 for anyone else's."""
    draft = Draft.objects.select_related("person", "taken_by", "report__case").filter(pk=draft_id).first()
    if draft is None:
        raise Http404
    secret = request.COOKIES.get(COOKIE, "")
    device = actions.owner_of(secret) if secret else ""
    is_browsers = bool(device) and (secrets.compare_digest(device, draft.owner) or device in draft.devices)
    if draft.taken_by_id:
        is_browsers = is_browsers and request.user.pk == draft.taken_by_id
    is_persons = request.user.is_authenticated and request.user.pk == draft.person_id and draft.taken_by_id is None
    if not (is_browsers or is_persons):
        raise Http404
    return draft


def signed_in(request: HttpRequest) -> Person | None:
    """Whoever is signed in."""
    return request.user if isinstance(request.user, Person) else None


def titles() -> dict[str, str]:
    """What each page is called in the list of pages."""
    return {
        "what": _("What is wrong"),
        "category": _("What it is about"),
        "where": _("Where it is"),
        "questions": _("More about it"),
        "photos": _("Photos"),
        "contact": _("How we reach you"),
        "check": _("Check and send"),
    }


@dataclass
class Flow:
    """A report in the making, at one of its pages."""

    request: HttpRequest
    draft: Draft
    step: str

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed so far."""
        return self.draft.answers

    @cached_property
    def category(self) -> Category | None:
        """The chosen category."""
        return Category.objects.active().filter(code=self.answers.get("category", "")).first()

    @property
    def questions(self) -> list[rules.Question]:
        """What the category asks."""
        return rules.questions(self.category.questions) if self.category else []

    @property
    def point(self) -> Point | None:
        """The chosen place."""
        where = self.answers.get("where")
        return Point(where["easting"], where["northing"]) if where else None

    @cached_property
    def asks(self) -> steps.Asks:
        """What the category asks for, as far as the order of pages goes."""
        has_nearby = False
        if self.category and self.point and not self.answers.get("nearby_seen"):
            has_nearby = selectors.has_nearby(
                category=self.category.code, point=self.point, text=self.answers.get("text", ""), at=timezone.now()
            )
        required = tuple(question.code for question in self.questions if question.is_required)
        return steps.Asks(required=required, has_questions=bool(self.questions), has_nearby=has_nearby)

    def url(self, step: str) -> str:
        """The address of one of its pages."""
        return reverse(f"reports:{step}", args=[self.draft.pk])

    def keep(self, answers: dict[str, Any]) -> None:
        """Keep the answers, and look afresh at what comes next."""
        actions.save_draft(draft=self.draft, answers=answers, at=timezone.now())
        for name in ("category", "asks"):
            self.__dict__.pop(name, None)

    def onwards(self, answers: dict[str, Any]) -> HttpResponseRedirect:
        """Keep the answers and go to the next page that needs one; or to "kept for later" where that was pressed."""
        self.keep(answers)
        if self.request.POST.get("do") == "save":
            return redirect("reports:kept", self.draft.pk)
        return HttpResponseRedirect(self.url(steps.next_step(self.answers, self.asks)))

    @property
    def is_saving(self) -> bool:
        """Whether "save for later" was pressed: what is typed is kept as it is."""
        return self.request.method == "POST" and self.request.POST.get("do") == "save"

    def progress(self) -> list[dict[str, str]]:
        """The pages with how each stands: done, now or ahead."""
        named = titles()
        found = []
        for step in steps.shown(self.asks):
            is_now = step == self.step or (self.step == "nearby" and step == "photos")
            state = "now" if is_now else ("done" if steps.is_done(step, self.answers, self.asks) else "ahead")
            url = self.url(step) if steps.may_open(step, self.answers, self.asks) else ""
            found.append({"title": named[step], "state": state, "url": url})
        return found

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """The page, with what every page of the flow shows."""
        back = steps.previous_step(self.step, self.asks)
        shared = {
            "flow": self,
            "draft": self.draft,
            "category": self.category,
            "back_url": self.url(back) if back else reverse("reports:start"),
            "progress": self.progress(),
        }
        return render(self.request, f"reports/{template}", shared | context, status=status)


View = Callable[[HttpRequest, Flow], HttpResponse]


def page_of(step: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """A page of the flow: opens the draft, and leads to the page that comes first where this one is too early."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, draft_id: UUID) -> HttpResponse:
            flow = Flow(request, draft_of(request, draft_id), step)
            if flow.draft.report_id:
                return redirect("reports:sent", draft_id)
            if not steps.may_open(step, flow.answers, flow.asks):
                return redirect(flow.url(steps.next_step(flow.answers, flow.asks)))
            response = view(request, flow)
            response.headers["Cache-Control"] = "no-store"
            return response

        return guarded

    return decorate
