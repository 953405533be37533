import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import townhall.kernel.geo.fields
import townhall.kernel.modules.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('identity', '0001_initial'),
        ('identity', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(default=townhall.kernel.modules.keys.reference, max_length=8)),
                ('kind', models.TextField()),
                ('category', models.TextField(blank=True)),
                ('title', models.TextField()),
                ('title_cy', models.TextField(blank=True)),
                ('status', models.TextField(choices=[('received', 'Received'), ('looking', 'Looking'), ('booked', 'Booked'), ('waiting', 'Waiting'), ('passed', 'Passed'), ('fixed', 'Fixed'), ('closed', 'Closed')], default='received')),
                ('is_public', models.BooleanField(default=False)),
                ('channel', models.TextField(default='web')),
                ('point', townhall.kernel.geo.fields.PointField(null=True)),
                ('place', models.TextField(blank=True)),
                ('place_cy', models.TextField(blank=True)),
                ('ward', models.TextField(blank=True)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('target_days', models.SmallIntegerField(null=True)),
                ('paused_at', models.DateTimeField(null=True)),
                ('paused_reason', models.TextField(blank=True)),
                ('paused_minutes', models.IntegerField(default=0)),
                ('closed_at', models.DateTimeField(null=True)),
                ('was_late', models.BooleanField(default=False)),
                ('reopened', models.SmallIntegerField(default=0)),
                ('followers', models.IntegerField(default=0)),
                ('routed_by', models.JSONField(null=True)),
                ('passed_to', models.TextField(blank=True)),
                ('version', models.IntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('search', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('assignee', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assigned_cases', to=settings.AUTH_USER_MODEL)),
                ('joined_to', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='cases.case')),
                ('reporter', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reported_cases', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='identity.team')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['team', 'due_at', 'id'], include=('assignee', 'paused_at'), name='case_queue'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['assignee', 'due_at', 'id'], name='case_mine'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['due_at', 'id'], include=('team', 'assignee', 'paused_at', 'ward', 'category', 'status'), name='case_by_clock'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['category', 'ward', 'due_at'], name='case_open_category'), models.Index(condition=models.Q(('closed_at__isnull', True), ('paused_at__isnull', False)), fields=['paused_at'], name='case_paused'), models.Index(condition=models.Q(('closed_at__isnull', True), ('reopened__gt', 0)), fields=['due_at'], name='case_back_again'), models.Index(fields=['team', '-opened_at'], name='case_of_team'), models.Index(condition=models.Q(('assignee__isnull', False)), fields=['assignee', '-opened_at'], name='case_of_assignee'), models.Index(fields=['reporter', '-opened_at'], name='case_of_person'), models.Index(condition=models.Q(('joined_to__isnull', False)), fields=['joined_to'], name='case_joined'), models.Index(fields=['category', '-opened_at'], name='case_category'), models.Index(fields=['-opened_at', 'id'], name='case_newest'), models.Index(fields=['-updated_at', 'id'], include=('closed_at', 'team', 'assignee', 'ward', 'category', 'status'), name='case_changed'), django.contrib.postgres.indexes.GistIndex(fields=['point'], name='case_point'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='case_search'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('title'), name='gin_trgm_ops'), name='case_title_trigram')],
                'constraints': [models.UniqueConstraint(fields=('reference',), name='a_reference_is_one_cases'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('status__in', ('received', 'looking', 'booked', 'waiting', 'passed'))), models.Q(('closed_at__isnull', False), ('status__in', ('fixed', 'closed'))), _connector='OR'), name='done_cases_have_a_closing_time'), models.CheckConstraint(condition=models.Q(('joined_to', models.F('id')), _negated=True), name='a_case_is_not_joined_to_itself'), models.CheckConstraint(condition=models.Q(('paused_at__isnull', True), ('closed_at__isnull', True), _connector='OR'), name='done_cases_are_not_paused')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('kind', models.TextField()),
                ('at', models.DateTimeField()),
                ('is_public', models.BooleanField(default=False)),
                ('status', models.TextField(blank=True, choices=[('received', 'Received'), ('looking', 'Looking'), ('booked', 'Booked'), ('waiting', 'Waiting'), ('passed', 'Passed'), ('fixed', 'Fixed'), ('closed', 'Closed')])),
                ('text', models.TextField(blank=True)),
                ('text_cy', models.TextField(blank=True)),
                ('data', models.JSONField(default=dict)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='cases.case')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='entries_of_a_case_are_numbered')],
            },
        ),
        migrations.CreateModel(
            name='Routing',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('order', models.IntegerField()),
                ('name', models.TextField()),
                ('categories', models.JSONField(default=list)),
                ('wards', models.JSONField(default=list)),
                ('words', models.JSONField(default=list)),
                ('channels', models.JSONField(default=list)),
                ('reason', models.TextField()),
                ('reason_cy', models.TextField(blank=True)),
                ('version', models.IntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('is_active', models.BooleanField(default=True)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='identity.team')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SavedList',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('query', models.TextField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'name'), name='saved_lists_have_different_names')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.TextField()),
                ('title_cy', models.TextField(blank=True)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('is_shared', models.BooleanField(default=False)),
                ('weight', models.SmallIntegerField(default=1)),
                ('due_on', models.DateField(null=True)),
                ('is_asked', models.BooleanField(default=False)),
                ('done_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('given_at', models.DateTimeField(null=True)),
                ('given_why', models.TextField(blank=True)),
                ('given_why_cy', models.TextField(blank=True)),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='cases.case')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='done_tasks', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='identity.team')),
            ],
            options={
                'ordering': ['created_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('assignee__isnull', True), ('done_at__isnull', True), ('is_shared', True)), fields=['team', 'skills', 'due_on', 'created_at', 'id'], name='task_waiting'), models.Index(condition=models.Q(('assignee__isnull', False), ('done_at__isnull', True)), fields=['assignee', 'due_on', 'id'], include=('weight', 'is_shared'), name='task_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('given_at__isnull', True), ('assignee__isnull', False), _connector='OR'), name='what_is_given_is_somebodys'), models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='a_task_is_some_work')],
            },
        ),
    ]
