import django.db.models.deletion
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
            name='SandboxCharge',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=100, unique=True)),
                ('amount_pence', models.IntegerField()),
                ('reference', models.CharField(max_length=8)),
                ('about', models.TextField()),
                ('return_url', models.TextField()),
                ('outcome', models.CharField(default='pending', max_length=10)),
                ('taken_pence', models.IntegerField(default=0)),
                ('silent_for', models.IntegerField(default=0)),
                ('refuses_refunds', models.BooleanField(default=False)),
                ('refunded', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=200)),
                ('reference', models.CharField(default=townhall.kernel.modules.keys.reference, max_length=8, unique=True)),
                ('about', models.TextField()),
                ('about_cy', models.TextField(blank=True)),
                ('amount_pence', models.IntegerField()),
                ('paid_pence', models.IntegerField(default=0)),
                ('state', models.CharField(choices=[('open', 'Open'), ('paid', 'Paid'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn'), ('disputed', 'Disputed')], default='open', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='payments', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['expires_at'], name='payment_open')],
                'constraints': [models.UniqueConstraint(fields=('case', 'key'), name='a_case_asks_once_for_a_payment'), models.CheckConstraint(condition=models.Q(('amount_pence__gt', 0)), name='a_payment_is_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_pence', models.F('amount_pence')), _connector='OR'), name='what_is_paid_is_the_whole')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=30)),
                ('provider_reference', models.CharField(blank=True, max_length=100)),
                ('return_url', models.TextField(blank=True)),
                ('next_url', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('starting', 'Starting'), ('started', 'Started'), ('paid', 'Paid'), ('wrong_amount', 'Wrong Amount'), ('declined', 'Declined'), ('cancelled', 'Cancelled'), ('expired', 'Expired')], default='starting', max_length=12)),
                ('started_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('asked', models.IntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='payments.payment')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='try_hangs')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['starting', 'started'])), fields=('payment',), name='one_try_at_a_time'), models.UniqueConstraint(condition=models.Q(('provider_reference', ''), _negated=True), fields=('provider', 'provider_reference'), name='a_try_of_the_provider_is_known_once')],
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=200)),
                ('amount_pence', models.IntegerField()),
                ('reason', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('refused', 'Refused')], default='waiting', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('asked', models.IntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='refunds', to='payments.payment')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='refund_waits')],
                'constraints': [models.UniqueConstraint(fields=('payment', 'key'), name='a_refund_is_ordered_once'), models.CheckConstraint(condition=models.Q(('amount_pence__gt', 0)), name='a_refund_is_of_something')],
            },
        ),
    ]
