import django.db.models.deletion
import townhall.kernel.modules.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('identity', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('slug', models.CharField(max_length=60)),
                ('files', models.JSONField()),
                ('base', models.CharField(blank=True, max_length=64)),
                ('owner', models.TextField(blank=True)),
                ('title_en', models.TextField(blank=True)),
                ('title_cy', models.TextField(blank=True)),
                ('number', models.IntegerField(default=0)),
                ('state', models.CharField(choices=[('open', 'Open'), ('asked', 'Asked'), ('planned', 'Planned'), ('published', 'Published'), ('dropped', 'Dropped')], default='open', max_length=10)),
                ('begun_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField(null=True)),
                ('publish_on', models.DateField(null=True)),
                ('live_then', models.CharField(blank=True, max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'planned')), fields=['publish_on'], name='draft_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'asked', 'planned'))), fields=('slug',), name='one_draft_of_a_service')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('at', models.DateTimeField()),
                ('what', models.CharField(max_length=40)),
                ('about', models.TextField(blank=True)),
                ('files', models.JSONField(default=dict)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='undone_by', to='editor.change')),
                ('draft', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='editor.draft')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draft', 'number'), name='changes_of_a_draft_are_numbered'), models.CheckConstraint(condition=models.Q(('undoes', None), models.Q(('undoes', models.F('id')), _negated=True), _connector='OR'), name='undoing_undoes_an_earlier_change')],
            },
        ),
    ]
