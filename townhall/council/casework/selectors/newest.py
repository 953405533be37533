"""The newest cases with some words, however common or rare the words are.

A common word is in most of a million cases, and sorting those takes seconds; a rare one is in none of the newest. So
the newest cases are read first, in their order, until enough have the words. Where they have too few, the words are
rare enough for their index, which is asked for one stretch of time after another, each ten times as long as the last.
What is found is always the newest there is, never a sample.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Q

from townhall.council.casework.selectors.lists import with_words
from townhall.kernel.cases.models import CaseQuerySet
from townhall.kernel.modules import databases

NEWEST = 10_000
STRETCHES = (10, 100)
"""How many times the time of the NEWEST cases each stretch reaches back; what is older is the last."""
AMONG_NEWEST = "WITH cases_case AS (SELECT * FROM public.cases_case ORDER BY opened_at DESC, id LIMIT %s) "
"""Put before a question about cases_case, it is asked about the newest alone."""
BOUND = "SELECT opened_at FROM cases_case ORDER BY opened_at DESC OFFSET %s LIMIT 1"


def newest_with(text: str, cases: CaseQuerySet, *, most: int, at: datetime) -> list[UUID]:
    """The keys of the newest `most` of the cases that have the words, newest first. Five statements at most."""
    having = with_words(cases, text)
    try:
        found = _keys(*_among_newest(having, most))
        for stretch in _stretches(at) if len(found) < most else ():
            more = _keys(*_by_index(having.filter(stretch), most))
            found += [key for key in more if key not in found]
            if len(found) >= most:
                break
    except EmptyResultSet:
        return []
    return found[:most]


def _among_newest(having: CaseQuerySet, most: int) -> tuple[str, list[Any]]:
    sql, params = having.order_by("-opened_at", "id").values_list("pk")[:most].query.sql_with_params()
    return AMONG_NEWEST + sql, [NEWEST, *params]


def _by_index(having: CaseQuerySet, most: int) -> tuple[str, list[Any]]:
    """All of a stretch first, then the newest of it: asked at once, the planner would read the cases one by one."""
    sql, params = having.order_by().values_list("pk", "opened_at").query.sql_with_params()
    newest = "SELECT id FROM found ORDER BY opened_at DESC, id LIMIT %s"
    return f"WITH found (id, opened_at) AS MATERIALIZED ({sql}) {newest}", [*params, most]


def _stretches(at: datetime) -> Iterator[Q]:
    """The time before that of the newest cases, in stretches, latest first; none where there are no more cases."""
    with databases.reading().cursor() as cursor:
        cursor.execute(BOUND, [NEWEST])
        row = cursor.fetchone()
    if row is None:
        return
    until, span = row[0], at - row[0]
    for times in STRETCHES:
        yield Q(opened_at__lte=until, opened_at__gt=at - span * times)
        until = at - span * times
    yield Q(opened_at__lte=until)


def _keys(sql: str, params: list[Any]) -> list[UUID]:
    with databases.reading().cursor() as cursor:
        cursor.execute(sql, params)
        return [key for (key,) in cursor.fetchall()]
