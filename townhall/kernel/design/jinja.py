"""The template engine of our own pages: Jinja2 with gettext, GOV.UK components, and dates in words."""

import datetime as dt
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import jinja2
from django.apps import apps
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from jinja2.runtime import Context

from townhall.kernel.design import dates, fields, shapes
from townhall.kernel.design.addresses import address
from townhall.kernel.design.context import page_language
from townhall.kernel.design.statuses import STATUSES

STYLESHEETS = ("tokens", "base", "controls", "parts", "resident", "officer", "modes", "print")


class DesignTemplates(Jinja2):
    """Finds templates only in our own apps, so that a library's templates stay with Django's engine."""

    app_dirname = "templates"  # pyright: ignore[reportIncompatibleMethodOverride, reportAssignmentType]

    def __init__(self, params: dict[str, Any]) -> None:
        options = {
            "environment": "townhall.kernel.design.jinja.environment",
            "undefined": jinja2.Undefined,
            "context_processors": ["townhall.kernel.design.context.page"],
            **params["OPTIONS"],
        }
        super().__init__(params | {"OPTIONS": options})

    @cached_property
    def template_dirs(self) -> tuple[str, ...]:
        """The settings' folders, then `templates/` of each app whose module is ours."""
        ours = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("townhall.")]
        return (*map(str, self.dirs), *(str(folder) for folder in ours if self.app_dirs and folder.is_dir()))


class Environment(jinja2.Environment):
    """Templates that share one dict of globals: none of ours has any of its own, and each import in a template compares
    the names of two sets of globals, which takes a tenth of a page where they are chained maps.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own globals, unless a template brings some."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> jinja2.Environment:
    """Jinja2 as our templates expect it: globals, filters, translation and the GOV.UK macros."""
    components = jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")})
    options.pop("autoescape", None)
    options["loader"] = jinja2.ChoiceLoader([options["loader"], components])
    options["extensions"] = [*options.get("extensions", []), "jinja2.ext.i18n", "jinja2.ext.do"]
    env = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, **options)
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # pyright: ignore[reportAttributeAccessIssue]
    env.globals.update(
        url=url,
        static=static,
        STYLESHEETS=STYLESHEETS,
        STATUSES=STATUSES,
        STATUS_SHAPES=shapes.STATUS_SHAPES,
        GLYPHS=shapes.GLYPHS,
        TOWNHALL_MARK=shapes.TOWNHALL_MARK,
        dial_drawing=shapes.dial,
        emblem_drawing=shapes.emblem,
        govuk_field=fields.component,
        form_errors=fields.errors_of,
    )
    env.filters.update(
        day=day,
        short_day=short_day,
        month=month,
        moment=moment,
        hour=hour,
        number=number,
        iso=iso,
        initials=initials,
        slug=slugify,
    )
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a URL name. Raises NoReverseMatch."""
    return reverse(name, args=args or None, kwargs=kwargs or None) if args or kwargs else address(name)


@jinja2.pass_context
def day(context: Context, value: dt.date | None) -> str:
    """`Thursday 14 May`, with the year where it is not this one."""
    return dates.day(_date(value), page_language(), today=_today(context)) if value else ""


def short_day(value: dt.date | None) -> str:
    """`Thu 14`."""
    return dates.short_day(_date(value), page_language()) if value else ""


def month(value: dt.date | None) -> str:
    """`Oct`."""
    return dates.month(_date(value), page_language()) if value else ""


@jinja2.pass_context
def moment(context: Context, value: dt.datetime | None) -> str:
    """`Monday 11 May, 4:52pm`, in local time."""
    return dates.moment(timezone.localtime(value), page_language(), today=_today(context)) if value else ""


def hour(value: dt.datetime | dt.time | None) -> str:
    """`4:52pm`, in local time."""
    if value is None:
        return ""
    return dates.hour(timezone.localtime(value) if isinstance(value, dt.datetime) else value, page_language())


def number(value: float | None) -> str:
    """`1,204`."""
    return "" if value is None else dates.number(value, page_language())


def iso(value: dt.date | None) -> str:
    """The moment or day for a `datetime` attribute."""
    return value.isoformat() if value else ""


def initials(name: str) -> str:
    """`DP` for Dev Patel: first and last."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _date(value: dt.date) -> dt.date:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


def _today(context: Context) -> dt.date:
    return context.get("today") or timezone.localdate()
