"""Letting running cases go on with the live version: what would become of them, doing it, and taking it back."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.kernel.identity.permissions import requires
from townhall.kernel.jobs import actions as jobs
from townhall.residents.services import actions, selectors
from townhall.residents.services.rules.transfers import NotTransferred

if TYPE_CHECKING:
    from townhall.residents.services.models import Transfer, Version


@dataclass(frozen=True, slots=True)
class Choice:
    """A state that cases are in, how many, and what it is to become: one of the live version's states."""

    path: str
    title: str
    count: int
    becomes: str
    has_same: bool


@dataclass
class Page:
    """What an officer sees and has chosen."""

    request: HttpRequest
    slug: str
    live: "Version"
    source: "Version | None"
    running: dict[str, int]
    shown: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def person(self) -> Any:
        """Whoever is signed in."""
        return self.request.user

    def choices(self) -> list[Choice]:
        """The states that cases are in, with what was chosen for each, else the state of the same name."""
        if self.source is None:
            return []
        old, new = selectors.package(self.source).process, selectors.package(self.live).process
        spoken, found = selectors.language(), list[Choice]()
        for path, count in selectors.counts_by_state(self.source).items():
            usual = path if path in new.nodes else ""
            wanted = self.request.POST.get(f"state.{path}", usual)
            title = old.nodes[path].title.said(spoken) if path in old.nodes else path
            found.append(Choice(path, title, count, wanted if wanted in new.nodes else usual, bool(usual)))
        return found

    def states(self) -> dict[str, str]:
        """What each state becomes where that is not the state of the same name."""
        return {each.path: each.becomes for each in self.choices() if each.becomes and each.becomes != each.path}

    def targets(self) -> list[tuple[str, str]]:
        """The states that cases can come to."""
        spoken, nodes = selectors.language(), selectors.package(self.live).process.nodes.values()
        return [
            (each.path, each.title.said(spoken))
            for each in nodes
            if each.path and not each.children and not each.then and each.kind != "final"
        ]

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page."""
        latest = selectors.latest_transfers(self.slug)
        shown = {
            "slug": self.slug, "live": self.live, "source": self.source, "choices": self.choices(),
            "targets": self.targets(), "title": self.live.title(selectors.language()),
            "sources": [
                (each, self.running[each.hash])
                for each in selectors.versions_of(self.slug)
                if not each.is_live and self.running.get(each.hash)
            ],
            "transfers": [(each, selectors.result(each), each in self.undoable(latest)) for each in latest],
            "notices": messages.get_messages(self.request),
        }  # fmt: skip
        return render(self.request, "editor/transfers.html", shown | more, status=status)

    def undoable(self, latest: "list[Transfer]") -> "list[Transfer]":
        """Those that can be taken back: no other was begun on the same way since."""
        undone = {each.undoes_id for each in latest}
        return [each for each in latest if each.undoes_id is None and each.pk not in undone]

    def start(self, transfer: "Transfer", title: str) -> HttpResponse:
        """Let a job carry a transfer, and go to where it can be watched."""
        here = f"/work/services/of/{self.slug}/cases/"
        work = jobs.start(
            "services.transfer", title=title, owner=self.person, transfer_id=str(transfer.pk), url=here
        )  # fmt: skip
        return redirect("jobs:progress", work.pk)


@require_http_methods(["GET", "POST"])
@requires("services.approve")
def cases(request: HttpRequest, slug: str) -> HttpResponse:
    """The cases that run on older versions of a service, and what can be done with them."""
    live = selectors.live_version(slug)
    if live is None:
        raise Http404
    page = Page(request, slug, live, None, selectors.running_on(slug))
    page.source = chosen(page)
    if request.method != "POST":
        return page.show()
    do = request.POST.get("_do", "")
    try:
        if do == "back":
            return back(page)
        if page.source is None or do not in {"look", "move"}:
            return page.show(422)
        return look(page, page.source) if do == "look" else move(page, page.source)
    except NotTransferred as problem:
        return page.show(409, wrong=str(problem))


def chosen(page: Page) -> "Version | None":
    """The version whose cases are looked at: the one that was asked for, else that with most."""
    wanted = page.request.GET.get("from", "") or page.request.POST.get("from", "")
    old = [each for each in selectors.versions_of(page.slug) if each.pk != page.live.pk]
    running = [each for each in old if page.running.get(each.hash)]
    usual = max(running, key=lambda each: page.running[each.hash], default=None)
    return next((each for each in old if each.hash == wanted), usual)


def look(page: Page, source: "Version") -> HttpResponse:
    """Say what would happen."""
    plan = selectors.plan_of_versions(source, page.live, page.states())
    return page.show(found=selectors.survey(plan, source, timezone.now()))


def move(page: Page, source: "Version") -> HttpResponse:
    """Begin, by a job."""
    transfer = actions.begin_transfer(
        source=source, target=page.live, states=page.states(), by=page.person, at=timezone.now()
    )
    return page.start(transfer, _("Cases go on with the live version"))


def back(page: Page) -> HttpResponse:
    """Take one back, by a job."""
    wanted = page.request.POST.get("transfer", "")
    transfer = next((each for each in selectors.latest_transfers(page.slug) if str(each.pk) == wanted), None)
    if transfer is None or transfer.undoes_id is not None:
        raise Http404
    begun = actions.take_back(transfer=transfer, by=page.person, at=timezone.now())
    return page.start(begun, _("Cases go back to the version that they had"))
