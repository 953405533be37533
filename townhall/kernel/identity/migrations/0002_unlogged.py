"""The shared cache and the tallies of attempts: fast, shared by all processes, and no loss if a crash empties them."""

from django.db import migrations

CACHE = """
create unlogged table identity_cache (
    cache_key varchar(255) primary key, value text not null, expires timestamptz not null
);
create index identity_cache_expires on identity_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]
    operations = [
        migrations.RunSQL(CACHE, "drop table identity_cache"),
        migrations.RunSQL("alter table identity_tally set unlogged", "alter table identity_tally set logged"),
    ]
