"""What the pages of a draft share: who may see it, its tabs and mistakes, and taking in a change."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from townhall.kernel.catalogue.packages.reading import Examined
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import allows, check, requires
from townhall.residents.editor import actions, sayings, selectors
from townhall.residents.editor.models import Draft, State
from townhall.residents.editor.rules import parts
from townhall.residents.editor.rules.parts import Part
from townhall.residents.editor.rules.yaml_files import CannotChange, Tree, opened, written
from townhall.residents.services import selectors as services

SEEN = "_seen"
MOST_SHOWN = 30
View = Callable[..., HttpResponse]
Edit = Callable[[Tree], Any]


@dataclass
class Desk:
    """A draft as one officer sees it."""

    request: HttpRequest
    draft: Draft

    @property
    def person(self) -> Person:
        """Whoever is signed in."""
        found: Any = self.request.user
        return found

    @cached_property
    def examined(self) -> Examined:
        """What could be read of it, and all that is wrong."""
        return selectors.examined(self.draft)

    @cached_property
    def language(self) -> str:
        """The reader's language."""
        return services.language()

    def url(self, name: str, *more: object, **query: str) -> str:
        """The address of one of its pages."""
        address = reverse(f"editor:{name}", args=[self.draft.pk, *more])
        pairs = {key: value for key, value in query.items() if value}
        return address + (f"?{urlencode(pairs)}" if pairs else "")

    def text(self, file: str) -> str:
        """The text of a file; empty where there is none."""
        return self.draft.files.get(file, "")

    def tree(self, file: str) -> Tree | None:
        """The tree of a file; none where it cannot be changed by clicking."""
        try:
            return opened(self.text(file), file)
        except CannotChange:
            return None

    def mark(self, file: str, *keys: str) -> str:
        """The mark of a part, for a form that changes it."""
        return parts.mark(self.draft.files, Part(file, keys))

    def show(self, template: str, tab: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of the draft."""
        problems, draft = self.examined.problems, self.draft
        shared = {
            "desk": self, "draft": draft, "tab": tab, "problems": problems[:MOST_SHOWN], "language": self.language,
            "problem_count": len(problems), "says": sayings, "name": draft.title(self.language),
            "is_writer": allows(self.person, "services.edit", draft) and draft.is_open,
            "last": actions.last_change(draft) if draft.is_open else None,
            "notices": messages.get_messages(self.request), "state": sayings.STATES[draft.state],
            "may_approve": draft.state == State.ASKED and allows(self.person, "services.approve", draft),
            "reason": sayings.REASONS.get(draft.reason, draft.reason),
        }  # fmt: skip
        response = render(self.request, f"editor/{template}", shared | context, status=status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def keep(self, part: Part, make: actions.Make, what: str, about: str = "") -> HttpResponse | None:
        """Keep a change of the files; none where that was done, else the page that says why not."""
        try:
            self.draft = actions.change(
                draft_id=self.draft.pk, part=part, seen=self.request.POST.get(SEEN, ""), make=make, what=what,
                about=about, by=self.person, at=timezone.now(),
            )  # fmt: skip
        except actions.Clash as clash:
            return self.clash(clash, part)
        except actions.Frozen:
            return self.refused(_("The draft cannot be changed now: it waits for review or is published."), 409)
        except CannotChange as problem:
            return self.refused(str(problem), 422)
        self.__dict__.pop("examined", None)
        return None

    def edit(self, file: str, keys: tuple[str, ...], make: Edit, what: str, about: str = "") -> HttpResponse | None:
        """The same of a file of YAML, whose tree `make` changes."""

        def changed(files: actions.Files) -> dict[str, str]:
            tree = opened(files.get(file, ""), file)
            make(tree)
            return dict(files) | {file: written(tree)}

        return self.keep(Part(file, keys), changed, what, about)

    def clash(self, clash: actions.Clash, part: Part) -> HttpResponse:
        """What somebody else did meanwhile, beside what was typed here, which can still be kept."""
        typed = [
            (name, value) for name, values in self.request.POST.lists() for value in values
            if name not in {SEEN, "csrfmiddlewaretoken"}
        ]  # fmt: skip
        told = [(name, value) for name, value in typed if value and not name.startswith("_")]
        return self.show(
            "clash.html",
            "",
            409,
            clash=clash,
            part=part,
            typed=typed,
            told=told[:60],
            path=self.request.get_full_path(),
        )

    def refused(self, text: str, status: int) -> HttpResponse:
        """A page that says why a change was not kept."""
        typed = [
            (name, value) for name, values in self.request.POST.lists() for value in values if not name.startswith("_")
        ]
        told = [(name, value) for name, value in typed if value and name != "csrfmiddlewaretoken"]
        return self.show("refused.html", "", status, text=text, told=told[:60])

    def done(self, address: str, text: str = "") -> HttpResponseRedirect:
        """On to a page, which says what was done."""
        messages.success(self.request, text or _("Kept."))
        return HttpResponseRedirect(address)


def of_draft(view: View) -> View:
    """A page of a draft, for those who may write in it; whoever may approve it may write in it too."""

    @requires("services.edit")
    @wraps(view)
    def guarded(request: HttpRequest, draft_key: UUID, **more: Any) -> HttpResponse:
        draft = get_object_or_404(Draft.objects.select_related("begun_by", "asked_by", "approved_by"), pk=draft_key)
        check(request.user, "services.edit", draft)
        return view(request, Desk(request, draft), **more)

    return guarded


def asked(request: HttpRequest, name: str) -> str:
    """What stands in an address under a name."""
    return request.GET.get(name, "") or request.POST.get(f"_{name}", "")
