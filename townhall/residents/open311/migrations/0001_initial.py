import django.db.models.deletion
import townhall.kernel.modules.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField(unique=True)),
                ('start', models.CharField(max_length=8)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scopes', models.JSONField(default=list)),
                ('per_minute', models.PositiveIntegerField(default=60)),
                ('jurisdiction', models.TextField(blank=True)),
                ('authority_gss', models.CharField(blank=True, max_length=9)),
                ('created_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['ended_at', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Neighbour',
            fields=[
                ('gss_code', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('fetched_until', models.DateTimeField(null=True)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Forwarded',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('gss_code', models.CharField(max_length=9)),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting')),
                ('their_id', models.TextField(blank=True)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('is_done', models.BooleanField(default=False)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='forwarded', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='forwarded_waits'), models.Index(condition=models.Q(('is_done', False), ('state', 'sent')), fields=['gss_code', 'fetched_at'], name='forwarded_follow')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('their_id', ''), _negated=True), fields=('gss_code', 'their_id'), name='their_id_is_one_case'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), models.Q(models.Q(('their_id', ''), _negated=True), ('sent_at__isnull', False)), _connector='OR'), name='what_was_sent_has_their_id')],
            },
        ),
        migrations.CreateModel(
            name='Fetched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('update_id', models.TextField()),
                ('at', models.DateTimeField()),
                ('forwarded', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='open311.forwarded')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('forwarded', 'update_id'), name='their_update_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('source', models.TextField()),
                ('rows', models.IntegerField(default=0)),
                ('loaded', models.IntegerField(default=0)),
                ('known', models.IntegerField(default=0)),
                ('wrong', models.IntegerField(default=0)),
                ('outside', models.IntegerField(default=0)),
                ('error_bytes', models.BigIntegerField(default=0)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest', 'source'), name='file_is_loaded_once_from_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField()),
                ('body', models.CharField(max_length=64)),
                ('is_update', models.BooleanField(default=False)),
                ('answer', models.JSONField()),
                ('created_at', models.DateTimeField()),
                ('api_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='open311.apikey')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['api_key', 'body', 'created_at'], name='receipt_of_body')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('api_key', 'is_update', 'key'), name='sent_once_under_a_key')],
            },
        ),
        migrations.CreateModel(
            name='RemotePhoto',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('address', models.TextField()),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting')),
                ('attempts', models.SmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='photo_waits')],
                'constraints': [models.UniqueConstraint(fields=('case', 'address'), name='photo_comes_once_to_a_case')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_id', models.UUIDField(unique=True)),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting')),
                ('attempts', models.SmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
                ('forwarded', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='open311.forwarded')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='told_waits')],
            },
        ),
    ]
