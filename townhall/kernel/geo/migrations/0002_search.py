"""Indexes for search and nearest-first that Django cannot say: trigrams, words, and a kind with its point."""

from django.db import migrations

NAMED = ("street", "place", "asset")
MAKE = [
    "create extension if not exists pg_trgm",
    "create extension if not exists btree_gist",
    *(f"create index {table}_sought_trigrams on geo_{table} using gin (sought gin_trgm_ops)" for table in NAMED),
    *(f"create index {table}_sought_words on geo_{table} using gin (to_tsvector('simple', sought))" for table in NAMED),
    "create index asset_kind_point on geo_asset using gist (kind, point)",
]
UNMAKE = [
    *(f"drop index {table}_sought_trigrams" for table in NAMED),
    *(f"drop index {table}_sought_words" for table in NAMED),
    "drop index asset_kind_point",
]


class Migration(migrations.Migration):
    dependencies = [("geo", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
