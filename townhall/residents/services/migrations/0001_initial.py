import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import townhall.kernel.modules.fields
import townhall.kernel.modules.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('documents', '0001_initial'),
        ('identity', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartnerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=60)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], default='en', max_length=2)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug', 'name'), name='a_partner_has_one_address')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('slug', models.CharField(max_length=60)),
                ('hash', models.CharField(max_length=64)),
                ('files', models.JSONField()),
                ('name', models.TextField()),
                ('name_cy', models.TextField()),
                ('summary', models.TextField(blank=True)),
                ('summary_cy', models.TextField(blank=True)),
                ('kept_days', models.IntegerField()),
                ('is_live', models.BooleanField(default=False)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug', 'hash'), name='a_version_is_kept_once'), models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('slug',), name='one_version_is_live')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('states', models.JSONField(default=dict)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undoes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='services.transfer')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.version')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.version')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('source', 'target'), name='one_transfer_at_a_time'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='a_transfer_leads_elsewhere')],
            },
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('page', models.CharField(blank=True, max_length=60)),
                ('what', models.CharField(max_length=8)),
                ('question', models.CharField(blank=True, max_length=60)),
                ('rule', models.CharField(blank=True, max_length=20)),
                ('number', models.IntegerField()),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.version')),
            ],
            options={
                'indexes': [models.Index(fields=['version', 'day'], name='count_of_version'), models.Index(fields=['day'], name='count_age')],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('owner', models.CharField(max_length=64)),
                ('devices', models.JSONField(default=list)),
                ('language', models.CharField(default='en', max_length=2)),
                ('answers', models.JSONField(default=dict)),
                ('typed', models.JSONField(default=dict)),
                ('pages', models.JSONField(default=dict)),
                ('files', models.JSONField(default=dict)),
                ('prefilled', models.JSONField(default=dict)),
                ('number', models.IntegerField(default=0)),
                ('counted', models.JSONField(default=list)),
                ('at_page', models.CharField(blank=True, max_length=60)),
                ('is_left', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='application', to='cases.case')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='applications', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='services.version')),
            ],
            options={
                'indexes': [models.Index(fields=['owner'], name='application_of_browser'), models.Index(condition=models.Q(('sent_at', None)), fields=['updated_at'], name='application_age'), django.contrib.postgres.indexes.GinIndex(fields=['devices'], name='application_of_devices')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sent_at', None), ('case__isnull', False), _connector='OR'), name='a_sent_application_has_a_case')],
            },
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='course', serialize=False, to='services.application')),
                ('state', townhall.kernel.modules.fields.QuickJSONField()),
                ('tasks', townhall.kernel.modules.fields.QuickJSONField(default=dict)),
                ('told', townhall.kernel.modules.fields.QuickJSONField(default=list)),
                ('decided', townhall.kernel.modules.fields.QuickJSONField(default=list)),
                ('next_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='course_due')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationLink',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='en', max_length=2)),
                ('is_reminder', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='services.application')),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Lower('email'), name='application_link_address')],
            },
        ),
        migrations.CreateModel(
            name='DocumentOrder',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField()),
                ('number', models.IntegerField()),
                ('name', models.CharField(max_length=60)),
                ('to', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(max_length=2)),
                ('title', models.TextField()),
                ('title_cy', models.TextField()),
                ('blocks', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('ordered', 'Ordered'), ('made', 'Made'), ('failed', 'Failed'), ('withdrawn', 'Withdrawn')], default='ordered', max_length=9)),
                ('tries', models.SmallIntegerField(default=0)),
                ('ordered_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='services.application')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.document')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(condition=models.Q(('state', 'ordered')), fields=['next_at'], name='document_order_due')],
                'constraints': [models.UniqueConstraint(fields=('application', 'key'), name='an_order_makes_one_document'), models.UniqueConstraint(fields=('application', 'number'), name='documents_are_numbered'), models.CheckConstraint(condition=models.Q(models.Q(('next_at__isnull', False), ('state', 'ordered')), models.Q(models.Q(('state', 'ordered'), _negated=True), ('next_at', None)), _connector='OR'), name='what_waits_to_be_made_has_its_moment')],
            },
        ),
        migrations.CreateModel(
            name='Signing',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('signed', 'Signed'), ('refused', 'Refused'), ('lapsed', 'Lapsed'), ('withdrawn', 'Withdrawn')], default='asked', max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('letters', models.IntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='signings', to='services.application')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'asked')), fields=['until'], name='signing_until'), models.Index(django.db.models.functions.text.Lower('email'), name='signing_address')],
                'constraints': [models.UniqueConstraint(fields=('application', 'question'), name='a_signature_is_asked_for_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_refusal_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=64)),
                ('body', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='submission', to='services.application')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('by', 'word'), name='a_word_sends_one_application')],
            },
        ),
        migrations.CreateModel(
            name='TransferredCase',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('moved', 'Moved'), ('returned', 'Returned'), ('stuck', 'Stuck')], max_length=8)),
                ('states', models.TextField()),
                ('why', models.TextField(blank=True)),
                ('before', townhall.kernel.modules.fields.QuickJSONField(default=dict)),
                ('mark', models.CharField(blank=True, max_length=64)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='services.application')),
                ('transfer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='services.transfer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('transfer', 'application'), name='a_case_is_transferred_once')],
            },
        ),
    ]
