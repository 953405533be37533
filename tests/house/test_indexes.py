"""No index of ours is the beginning of another: each costs every write, and would be read by nobody."""

import pytest
from django.apps import apps
from django.db import connection

TWICE = """
select short.indexrelid::regclass::text, long.indexrelid::regclass::text
from pg_index short
join pg_index long on long.indrelid = short.indrelid and long.indexrelid <> short.indexrelid
where short.indrelid::regclass::text = any(%s)
    and not short.indisunique and short.indnatts = 1 and short.indkey[0] <> 0
    and long.indkey[0] = short.indkey[0] and long.indclass[0] = short.indclass[0]
    and short.indpred is null and long.indpred is null
"""


@pytest.mark.django_db
def test_no_index_is_the_beginning_of_another():
    ours = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("townhall.")]
    with connection.cursor() as cursor:
        cursor.execute(TWICE, [ours])
        assert cursor.fetchall() == []
