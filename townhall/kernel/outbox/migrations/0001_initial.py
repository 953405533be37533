import django.db.models.deletion
import townhall.kernel.modules.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('case_id', models.UUIDField(null=True)),
                ('number', models.IntegerField(default=0)),
                ('payload', models.JSONField()),
                ('at', models.DateTimeField()),
                ('relayed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('relayed_at', None)), fields=['id'], name='event_waits'), models.Index(condition=models.Q(('case_id__isnull', False)), fields=['case_id', 'number'], name='event_of_case')],
            },
        ),
        migrations.CreateModel(
            name='Retry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subscriber', models.TextField()),
                ('case_id', models.UUIDField(null=True)),
                ('attempts', models.IntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('error', models.TextField()),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='outbox.event')),
            ],
            options={
                'indexes': [models.Index(fields=['subscriber', 'case_id'], name='retry_of_case')],
                'constraints': [models.UniqueConstraint(fields=('event', 'subscriber'), name='retry_once_per_subscriber')],
            },
        ),
    ]
