import django.db.models.deletion
import townhall.kernel.modules.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('jobs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.TextField(choices=[('collecting', 'Collecting'), ('review', 'Review'), ('ready', 'Ready')], default='collecting')),
                ('made_at', models.DateTimeField()),
                ('collected_at', models.DateTimeField(null=True)),
                ('ready_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures_made', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disclosures', to=settings.AUTH_USER_MODEL)),
                ('progress', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='jobs.progress')),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('holding', models.TextField(primary_key=True, serialize=False)),
                ('days', models.IntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='periods_are_of_days')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks_made', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='looks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at'], name='look_of_person'), models.Index(fields=['at'], name='look_at')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holding', models.TextField()),
                ('number', models.IntegerField()),
                ('title', models.TextField()),
                ('at', models.DateTimeField(null=True)),
                ('values', models.JSONField(default=dict)),
                ('files', models.JSONField(default=list)),
                ('removed', models.JSONField(default=list)),
                ('left_out', models.TextField(blank=True)),
                ('disclosure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='privacy.disclosure')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'number'), name='parts_are_numbered')],
            },
        ),
    ]
