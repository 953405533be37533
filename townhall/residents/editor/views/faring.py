"""How residents fare with a service's form: where they leave it, which page does not take what they type."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townhall.kernel.identity.permissions import allows, requires
from townhall.kernel.modules.cells import safe
from townhall.residents.editor import selectors
from townhall.residents.editor.models import Draft
from townhall.residents.services import selectors as services

if TYPE_CHECKING:
    from townhall.residents.services.models import Version

PERIODS = (7, 28, 90)
"""Days that can be chosen, today among them."""
USUAL = 28


@dataclass(frozen=True)
class Chosen:
    """The version and the days that are looked at."""

    slug: str
    versions: "Sequence[Version]"
    version: "Version"
    days: int

    @property
    def since(self) -> date:
        """The first day."""
        return timezone.localdate() - timedelta(days=self.days - 1)

    @property
    def query(self) -> str:
        """The same choice, for an address."""
        return urlencode({"version": self.version.hash, "days": self.days})

    @cached_property
    def figures(self) -> services.Figures:
        """What was counted."""
        return services.figures(self.version, self.since)


def chosen(request: HttpRequest, slug: str) -> Chosen:
    """What is asked for: the live version and 28 days, unless others that there are. Whoever may write the service may
    see it. Raises Http404, PermissionDenied.
    """
    versions = services.versions_of(slug)
    live = next((each for each in versions if each.is_live), None)
    if live is None:
        raise Http404
    if not allows(request.user, "services.edit", selectors.owner_now(slug)):
        raise PermissionDenied("services.edit")
    wanted, days = request.GET.get("version", ""), request.GET.get("days", "")
    return Chosen(
        slug, versions, next((each for each in versions if each.hash == wanted), live),
        next((each for each in PERIODS if str(each) == days), USUAL),
    )  # fmt: skip


@require_safe
@requires("services.edit")
def fares(request: HttpRequest, slug: str) -> HttpResponse:
    """Page by page in the order asked: how many came, went on, were refused and left, and which mistakes they made."""
    asked, language = chosen(request, slug), services.language()
    draft = Draft.objects.under_way().filter(slug=slug).defer("files").first()
    shown = {
        "chosen": asked, "slug": slug, "title": asked.version.title(language), "figures": asked.figures,
        "periods": PERIODS, "draft": draft if draft and allows(request.user, "services.edit", draft) else None,
    }  # fmt: skip
    return render(request, "editor/fares.html", shown)


@require_safe
@requires("services.edit")
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as CSV: a line for each page, and after it one for each kind of mistake made there."""
    asked, written = chosen(request, slug), StringIO()
    lines = csv.writer(written)
    lines.writerow([_("Page"), _("Reached"), _("Went on"), _("Refused"), _("Left here"), _("Mistake"), _("Forms")])
    for page in asked.figures.pages:
        lines.writerow([safe(page.title), page.reached, page.answered, page.refused, page.left, "", ""])
        lines.writerows([safe(page.title), "", "", "", "", safe(each.text), each.count] for each in page.troubles)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{slug}-{asked.version.hash[:8]}-{asked.since.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
