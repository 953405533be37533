import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import townhall.kernel.modules.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('identity', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(unique=True)),
                ('name', models.TextField()),
                ('name_cy', models.TextField(blank=True)),
                ('group', models.TextField()),
                ('group_cy', models.TextField(blank=True)),
                ('order', models.IntegerField(default=0)),
                ('owner_gss', models.CharField(blank=True, max_length=9)),
                ('target_days', models.SmallIntegerField(blank=True, null=True)),
                ('is_anonymous_allowed', models.BooleanField(default=True)),
                ('is_public', models.BooleanField(default=True)),
                ('is_active', models.BooleanField(default=True)),
                ('asks_place_of', models.TextField(blank=True)),
                ('questions', models.JSONField(blank=True, default=list)),
                ('keywords', models.JSONField(blank=True, default=list)),
                ('stop_message', models.TextField(blank=True)),
                ('stop_message_cy', models.TextField(blank=True)),
                ('stops', models.BooleanField(default=False)),
                ('next_step', models.TextField(blank=True)),
                ('next_step_cy', models.TextField(blank=True)),
                ('status_words', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'verbose_name_plural': 'categories',
                'ordering': ['order', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('target_days', None), ('target_days__gte', 0), _connector='OR'), name='category_target_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('description', models.TextField()),
                ('language', models.CharField(default='en', max_length=2)),
                ('answers', models.JSONField(default=dict)),
                ('asset', models.TextField(blank=True)),
                ('asset_label', models.TextField(blank=True)),
                ('source', models.TextField(default='web')),
                ('source_id', models.TextField(blank=True)),
                ('is_anonymous', models.BooleanField(default=False)),
                ('shows_name', models.BooleanField(default=False)),
                ('is_held', models.BooleanField(default=False)),
                ('safeguarding', models.TextField(blank=True)),
                ('photo_count', models.SmallIntegerField(default=0)),
                ('received_at', models.DateTimeField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='report', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='report_comes_once_from_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('text', models.TextField(blank=True)),
                ('photos', models.JSONField(default=list)),
                ('state', models.TextField(choices=[('held', 'Held'), ('shown', 'Shown'), ('refused', 'Refused')], default='held')),
                ('at', models.DateTimeField()),
                ('looked_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='reports.report')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'held')), fields=['at'], name='note_is_held')],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='note_goes_with_one_entry')],
            },
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='en', max_length=2)),
                ('is_supporter', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='reports.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('report', 'person'), name='person_follows_once'), models.UniqueConstraint(models.F('report'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='address_follows_once'), models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('email', ''), _negated=True), _connector='OR'), name='follower_can_be_reached')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('owner', models.CharField(max_length=64)),
                ('devices', models.JSONField(default=list)),
                ('answers', models.JSONField(default=dict)),
                ('photos', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='report_drafts', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='reports.report')),
            ],
            options={
                'indexes': [models.Index(fields=['owner'], name='draft_of_browser'), models.Index(fields=['updated_at'], name='draft_age'), django.contrib.postgres.indexes.GinIndex(fields=['devices'], name='draft_of_devices')],
            },
        ),
        migrations.CreateModel(
            name='DraftLink',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='en', max_length=2)),
                ('is_reminder', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='reports.draft')),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Lower('email'), name='draft_link_address')],
            },
        ),
    ]
