"""What this council adds to every page: itself, and what the shell says about it."""
from typing import Any

from babel.dates import get_day_names
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townhall.kernel.authority import selectors
from townhall.kernel.authority.rules import Hours
from townhall.kernel.design import dates
from townhall.kernel.design.registries import Face, faces, page_context


@page_context.register("council")
def council(_request: HttpRequest) -> dict[str, Any]:
    """`council` in every template."""
    return {"council": selectors.ours()}


@faces.register("council")
def face() -> Face:
    """Our name, colours, telephone and hours, in the language of the page."""
    ours = selectors.ours()
    locale = "cy" if (get_language() or "en").startswith("cy") else "en"
    name = ours.short_name
    full = (ours.name_cy if locale == "cy" else ours.name) or ours.name
    hours = "; ".join(hours_in_words(one, locale) for one in ours.hours)
    return Face(
        name=name,
        title=ours.second_line or full.removeprefix(name).strip() or full,
        council_1=ours.colour_1,
        council_2=ours.colour_2,
        telephone=ours.telephone,
        hours=f"{hours}." if hours else "",
        is_open=ours.is_open(timezone.localtime()) if ours.hours else None,
        text_relay=ours.text_relay,
        address=ours.address,
        out_of_hours=ours.emergency_telephone,
        desk_telephone=ours.staff_telephone,
        desk_hours=hours,
    )


def hours_in_words(hours: Hours, locale: str) -> str:
    """`Monday to Friday, 8:30am to 5pm`; days that do not follow on are named one by one."""
    names = get_day_names("wide", locale=locale)
    days = sorted(hours.days)
    is_run = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    named = (
        _("%(first)s to %(last)s") % {"first": names[days[0]], "last": names[days[-1]]}
        if is_run
        else ", ".join(names[day] for day in days)
    )
    times = {"opens": dates.hour(hours.opens, locale), "shuts": dates.hour(hours.shuts, locale)}
    return f"{named}, {_('%(opens)s to %(shuts)s') % times}"
