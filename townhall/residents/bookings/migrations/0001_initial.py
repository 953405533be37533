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
            name='Resource',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60)),
                ('name', models.TextField(unique=True)),
                ('name_cy', models.TextField(blank=True)),
                ('openings', models.JSONField(default=list)),
                ('capacity', models.IntegerField(default=1)),
                ('slot_minutes', models.IntegerField(default=0)),
                ('notice_days', models.IntegerField(default=1)),
                ('ahead_days', models.IntegerField(default=42)),
                ('hold_minutes', models.IntegerField(default=30)),
                ('change_days', models.IntegerField(default=1)),
                ('is_active', models.BooleanField(default=True)),
                ('is_proposal', models.BooleanField(default=False)),
                ('feed_number', models.IntegerField(default=1)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__gt', 0)), name='a_resource_takes_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('begins', models.DateTimeField()),
                ('ends', models.DateTimeField()),
                ('capacity', models.IntegerField()),
                ('taken', models.IntegerField(default=0)),
                ('resource', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='bookings.resource')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resource', 'begins'), name='a_slot_is_there_once'), models.CheckConstraint(condition=models.Q(('taken__gte', 0), ('taken__lte', models.F('capacity'))), name='never_overbooked')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=200)),
                ('code', models.CharField(max_length=60)),
                ('about', models.TextField()),
                ('about_cy', models.TextField(blank=True)),
                ('places', models.IntegerField(default=1)),
                ('is_held', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                ('made_at', models.DateTimeField()),
                ('waits_since', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('waits_since__isnull', False)), fields=['waits_since'], name='waiting_list')],
                'constraints': [models.UniqueConstraint(fields=('case', 'key'), name='a_case_wishes_once'), models.CheckConstraint(condition=models.Q(('places__gt', 0)), name='a_wish_is_for_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(default=townhall.kernel.modules.keys.reference, max_length=8, unique=True)),
                ('places', models.IntegerField(default=1)),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('held', 'Held'), ('firm', 'Firm'), ('lapsed', 'Lapsed'), ('given_up', 'Given Up'), ('moved', 'Moved'), ('called_off', 'Called Off')], max_length=10)),
                ('held_until', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='bookings.slot')),
                ('wish', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='bookings.wish')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['offered', 'held'])), fields=['held_until'], name='booking_for_a_while')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['offered', 'held', 'firm'])), fields=('wish',), name='one_place_for_a_wish'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['offered', 'held']), _negated=True), ('held_until__isnull', False), _connector='OR'), name='what_is_held_is_held_until')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='bookings.resource')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resource', 'on'), name='a_day_is_closed_once')],
            },
        ),
    ]
