"""What requests are judged by, kept in memory and read again as soon as it has changed."""
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import close_old_connections, connection

from townhall.kernel.authority import selectors as authority
from townhall.kernel.geo import selectors as geo
from townhall.residents.open311.models import ApiKey
from townhall.residents.reports import actions as reports
from townhall.residents.reports import selectors as categories

WATCHED = ("authority.Authority", "reports.Category", "cases.Routing")
KEY = "(k.id, k.scopes, k.per_minute, k.jurisdiction, k.authority_gss, k.ended_at)::text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One reading. `edition` is what `edition_now` says as long as nothing has changed; keys are by their digest."""

    edition: str
    keys: Mapping[str, ApiKey]
    categories: Mapping[str, Any]
    reports: reports.Standing

    @property
    def names(self) -> tuple[str, str]:
        """What this council is called as a jurisdiction."""
        ours = next((one for one in self.reports.authorities.values() if one.is_ours), authority.UNNAMED)
        return ours.open311_jurisdiction, ours.gss_code


@cache
def edition_now() -> str:
    """A statement whose answer changes with everything that requests are judged by.

    A row that is written has a transaction's number above all before it, so of two readings with as many rows the
    later has the greater sum.
    """
    written = "count(*) || '.' || coalesce(sum(xmin::text::bigint), 0)"
    parts = [f"(select {written} from {_table(name)})" for name in WATCHED]  # noqa: S608
    parts.append(f"(select coalesce(sum(hashtextextended({KEY}, 0)), 0)::text from {_table('open311.ApiKey')} k)")  # noqa: S608
    parts.append(f"(select max(id::text) from {_table('geo.Load')})")  # noqa: S608
    return f"select concat_ws(' ', {', '.join(parts)})"


def _table(model: str) -> str:
    return apps.get_model(model)._meta.db_table


def read() -> Standing:
    """Everything as it is now, on this thread's connection."""
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute(edition_now())
        edition = cursor.fetchone()[0]
    authority.forget()
    geo.forget()
    return Standing(
        edition=edition, keys={key.digest: key for key in ApiKey.objects.filter(ended_at=None)},
        categories=categories.by_code(), reports=reports.standing(),
    )  # fmt: skip
