"""What letters add to the shell: the officers' navigation and the set-up pages."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from townhall.kernel.design.registries import NavEntry, officer_nav
from townhall.kernel.identity.permissions import allows
from townhall.kernel.identity.registries import SetUpPage, set_up_pages
from townhall.kernel.notify import selectors


def may_hand_to_print(request: HttpRequest) -> bool:
    """Whether the reader may print letters."""
    return allows(request.user, "notify.hand_to_print")


def to_see_to(request: HttpRequest) -> selectors.ToSeeTo:
    """The letters that wait for somebody, looked up once for a page."""
    kept: dict[str, selectors.ToSeeTo] = vars(request)
    return kept.get("letters_to_see_to") or kept.setdefault("letters_to_see_to", selectors.to_see_to())


def waiting(request: HttpRequest) -> int | None:
    """How many letters wait to be printed; nothing at none."""
    return to_see_to(request).to_print or None


def may_mend_letters(request: HttpRequest) -> bool:
    """Whether the reader may send failed letters again, and there are some."""
    return allows(request.user, "notify.mend_letters") and to_see_to(request).failed > 0


def reached_nobody(request: HttpRequest) -> int:
    """How many letters failed."""
    return to_see_to(request).failed


officer_nav.add(
    "failed letters",
    NavEntry(
        _("Failed letters"), "notify:failed", order=71, may=may_mend_letters, count=reached_nobody,
        prefix="/letters/failed/",
    ),
)  # fmt: skip
officer_nav.add(
    "letters",
    NavEntry(_("Letters"), "notify:post", order=70, may=may_hand_to_print, count=waiting, prefix="/letters/post/"),
)
set_up_pages.add(
    "letters", SetUpPage(_("Letters"), "notify:wordings", _("What letters say, in English and Welsh"), order=30)
)
set_up_pages.add("post", SetUpPage(_("Letters to print"), "notify:post", _("Hand posted letters to print"), order=31))
set_up_pages.add(
    "failed letters",
    SetUpPage(
        _("Failed letters"), "notify:failed", _("Letters that reached nobody: why, and what can be done"), order=31
    ),
)  # fmt: skip
if settings.TOWNHALL_DEMO:
    set_up_pages.add(
        "mailbox", SetUpPage(_("Mailbox"), "notify:mailbox", _("Every letter that this demo sent"), order=32)
    )
