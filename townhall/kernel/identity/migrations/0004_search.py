"""Finding people by a part of their name, however it is accented, and by postcode with or without its blank."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

FORWARDS = """
create function identity_plain(words text) returns text language sql immutable strict parallel safe
    as $$ select lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;
create index person_name_trigram on identity_person using gin (identity_plain(name) gin_trgm_ops);
"""
BACKWARDS = """
drop index person_name_trigram;
drop function identity_plain(text);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_append_only")]
    operations = [TrigramExtension(), UnaccentExtension(), migrations.RunSQL(FORWARDS, BACKWARDS)]
