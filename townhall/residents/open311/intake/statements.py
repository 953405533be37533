"""What the writers say to the database. Parameters are lists, one member for each request of a batch."""
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.apps import apps

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.geo.fields import point_text
from townhall.kernel.identity.models import Person
from townhall.kernel.modules.rows import Insert
from townhall.residents.open311.models import Receipt, RemotePhoto

LOCKS = """
select given.place, pg_try_advisory_xact_lock(hashtextextended(given.word, 311))
from unnest(%(words)s::text[]) with ordinality as given (word, place)
"""
"""The same locks that the pages' lane waits for; here whoever does not get one comes again."""

KNOWN = """
select given.place, known.id, known.body, known.answer, known.created_at
from unnest(%(api_keys)s::uuid[], %(keys)s::text[], %(bodies)s::text[], %(since)s::timestamptz[]) with ordinality
    as given (api_key, key, body, since, place)
cross join lateral (
    select id, body, answer, created_at from open311_receipt
    where api_key_id = given.api_key and not is_update and not (key = '') and key = given.key
    union all
    select id, body, answer, created_at from open311_receipt
    where given.key = '' and key = '' and api_key_id = given.api_key and body = given.body
        and created_at > given.since and not is_update
    limit 1
) known
"""

SEEN = """
update open311_apikey set last_used_at = %(at)s
where id = any(%(ids)s::uuid[]) and (last_used_at is null or last_used_at < %(before)s)
"""

WORDS = "to_tsvector('simple'::regconfig, public.unaccent(x.search))"


@cache
def inserts() -> Sequence[Insert]:
    """What is written of requests, in the order in which rows need one another."""
    points = {"point": lambda point: None if point is None else point_text(point.easting, point.northing)}
    report, event = apps.get_model("reports.Report"), apps.get_model("outbox.Event")
    plain: Mapping[str, Any] = {}
    return (
        Insert(Person, plain, plain), Insert(Case, {"search": WORDS}, points), Insert(Entry, plain, plain),
        Insert(report, plain, plain), Insert(event, plain, plain), Insert(Receipt, plain, plain),
        Insert(RemotePhoto, plain, plain),
    )  # fmt: skip
