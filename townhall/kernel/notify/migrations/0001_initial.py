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
            name='Preference',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to=settings.AUTH_USER_MODEL)),
                ('channel', models.TextField(blank=True, choices=[('email', 'email'), ('sms', 'sms'), ('post', 'post')])),
                ('large_print', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='ChangedWording',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('version', models.IntegerField()),
                ('is_default', models.BooleanField(default=False)),
                ('subject_en', models.TextField(blank=True)),
                ('body_en', models.TextField(blank=True)),
                ('subject_cy', models.TextField(blank=True)),
                ('body_cy', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind', '-version'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='versions_of_a_wording_are_numbered'), models.CheckConstraint(condition=models.Q(('is_default', True), models.Q(('subject_en', ''), ('body_en', ''), _connector='OR', _negated=True), _connector='OR'), name='a_wording_has_english')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(unique=True)),
                ('kind', models.TextField()),
                ('wording_version', models.IntegerField(default=0)),
                ('number', models.IntegerField(null=True)),
                ('language', models.CharField(max_length=2)),
                ('large_print', models.BooleanField(default=False)),
                ('channel', models.TextField(choices=[('email', 'email'), ('sms', 'sms'), ('post', 'post')])),
                ('ways', models.JSONField(default=list)),
                ('address', models.JSONField()),
                ('subject', models.TextField()),
                ('blocks', models.JSONField()),
                ('is_secret', models.BooleanField(default=False)),
                ('state', models.TextField(choices=[('held', 'Held'), ('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting')),
                ('next_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('sends', models.SmallIntegerField(default=0)),
                ('is_uncertain', models.BooleanField(default=False)),
                ('provider', models.TextField(blank=True)),
                ('provider_id', models.TextField(blank=True)),
                ('problem', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='notify.batch')),
                ('case', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='cases.case')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state__in', ('held', 'waiting'))), fields=['next_at'], name='letter_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='letter_being_sent'), models.Index(condition=models.Q(('provider', 'notify'), ('state', 'sent')), fields=['next_at'], name='letter_on_its_way'), models.Index(condition=models.Q(('state', 'failed')), fields=['-ended_at', 'id'], name='letter_failed'), models.Index(fields=['case', 'created_at'], name='letter_of_case'), models.Index(fields=['person', '-created_at'], name='letter_of_person'), models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='letter_of_provider'), models.Index(fields=['-created_at'], name='letter_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sent_at__isnull', False), models.Q(('state__in', ('sent', 'delivered')), _negated=True), _connector='OR'), name='sent_letters_have_a_time'), models.CheckConstraint(condition=models.Q(('claimed_at__isnull', False), models.Q(('state', 'sending'), _negated=True), _connector='OR'), name='letters_being_sent_were_claimed')],
            },
        ),
    ]
