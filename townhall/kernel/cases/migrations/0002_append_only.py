"""The database itself refuses to change or remove a timeline entry, unless a redaction says so in its transaction.

When two records turn out to be one person, their key may change on an entry, and nothing else of it.
"""

from django.db import migrations

GUARD = """
create function cases_entry_is_append_only() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('townhall.redacting', true), '') = 'on' then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    if tg_op = 'UPDATE' and coalesce(current_setting('townhall.joining', true), '') = 'on'
       and (to_jsonb(new) - 'actor_id') #- '{data,caller}' = (to_jsonb(old) - 'actor_id') #- '{data,caller}' then
        return new;
    end if;
    raise exception 'the timeline of a case is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger entry_is_append_only before update or delete on cases_entry
    for each row execute function cases_entry_is_append_only();
"""


class Migration(migrations.Migration):
    """Adds the guard."""

    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(
            GUARD, "drop trigger entry_is_append_only on cases_entry; drop function cases_entry_is_append_only();"
        )
    ]
