"""What this council puts on every page: its name, colours, telephone and hours."""

from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext

from townhall.kernel.authority import rules, selectors
from townhall.kernel.design import dates
from townhall.kernel.design.registries import Face, faces, page_context

MONDAY = date(2024, 1, 1)


@page_context.register("authority")
def context(_request: HttpRequest) -> dict[str, Any]:
    """`council` for every template: this authority."""
    return {"council": selectors.ours()}


def face() -> Face:
    """Who the shell says we are, in the language of the page."""
    ours, language = selectors.ours(), "cy" if get_language() == "cy" else "en"
    return Face(
        name=ours.short_name,
        title=second_line(ours, language),
        council_1=ours.colour_1,
        council_2=ours.colour_2,
        telephone=ours.telephone,
        hours=hours_in_words(ours, language),
        is_open=ours.is_open(timezone.localtime()),
        text_relay=ours.text_relay,
        address=ours.address,
        out_of_hours=ours.emergency_telephone,
        desk_telephone=ours.staff_telephone,
        desk_hours=hours_in_words(ours, language),
    )


def second_line(authority: rules.Authority, language: str) -> str:
    """What stands under the short name: `Borough Council`; in Welsh the full name without the short one."""
    if language != "cy" or not authority.name_cy:
        return authority.second_line
    return " ".join(authority.name_cy.replace(authority.short_name, "").split()) or authority.name_cy


def hours_in_words(authority: rules.Authority, language: str) -> str:
    """`Monday to Friday, 8:30am to 5pm`."""
    return "; ".join(
        gettext("%(days)s, %(opens)s to %(shuts)s")
        % {
            "days": days_in_words(hours.days, language),
            "opens": dates.hour(hours.opens, language),
            "shuts": dates.hour(hours.shuts, language),
        }
        for hours in authority.hours
    )


def days_in_words(days: tuple[int, ...], language: str) -> str:
    """`Monday to Friday` for neighbouring weekdays, else each by name."""
    names = [format_date(MONDAY + timedelta(days=day), "EEEE", locale=language) for day in days]
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return gettext("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return ", ".join(names)


faces.add("council", face)
