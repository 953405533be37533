import django.contrib.postgres.fields
import django.db.models.deletion
import townhall.kernel.modules.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('identity', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name', models.TextField()),
                ('name_cy', models.TextField(blank=True)),
                ('weight', models.SmallIntegerField(default=1)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='a_skill_is_some_work')],
            },
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rota_worker', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('week', models.JSONField(default=list)),
                ('capacity', models.SmallIntegerField(default=10)),
                ('works_holidays', models.BooleanField(default=False)),
                ('is_given_work', models.BooleanField(default=True)),
                ('last_given_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__gte', 0), ('capacity__lte', 1000)), name='capacity_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='GaveBack',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('task', 'person'), name='a_task_is_given_back_once')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('leave', 'Leave'), ('sick', 'Sick'), ('training', 'Training'), ('other', 'Other'), ('extra', 'Extra shift')])),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('begins', models.CharField(blank=True, max_length=5)),
                ('ends', models.CharField(blank=True, max_length=5)),
                ('is_cleared', models.BooleanField(default=False)),
                ('worker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='rota.worker')),
            ],
            options={
                'ordering': ['since', 'id'],
                'indexes': [models.Index(fields=['worker', 'until'], name='rota_change_of_worker'), models.Index(condition=models.Q(('is_cleared', False), models.Q(('kind', 'extra'), _negated=True)), fields=['since'], name='rota_change_to_clear')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='a_change_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'extra'), _negated=True), models.Q(('until', models.F('since')), models.Q(('begins', ''), _negated=True), models.Q(('ends', ''), _negated=True)), _connector='OR'), name='an_extra_shift_has_hours_on_one_day')],
            },
        ),
    ]
