"""The list of changes is append-only, whoever asks."""

from django.db import migrations

FORWARDS = """
create function identity_refuse_rewriting() returns trigger language plpgsql as $$
begin
    raise exception 'the list of changes is append-only';
end $$;
create trigger changes_are_append_only before update or delete on identity_change
    for each row execute function identity_refuse_rewriting();
"""
BACKWARDS = """
drop trigger changes_are_append_only on identity_change;
drop function identity_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_unlogged")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
