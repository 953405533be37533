import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'category', 'x', 'y', 'kind', 'is_public', 'status', 'standing', 'is_late', 'age', 'ward', 'team_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.SmallIntegerField()),
                ('category', models.TextField()),
                ('x', models.IntegerField()),
                ('y', models.IntegerField()),
                ('kind', models.TextField()),
                ('is_public', models.BooleanField()),
                ('status', models.TextField()),
                ('standing', models.SmallIntegerField()),
                ('is_late', models.BooleanField()),
                ('age', models.SmallIntegerField()),
                ('ward', models.TextField()),
                ('team_id', models.UUIDField(default=uuid.UUID('00000000-0000-0000-0000-000000000000'))),
                ('count', models.IntegerField()),
                ('eastings', models.BigIntegerField()),
                ('northings', models.BigIntegerField()),
                ('high', models.BigIntegerField()),
                ('low', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('tag', models.UUIDField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_edition')],
            },
        ),
        migrations.CreateModel(
            name='Spot',
            fields=[
                ('case', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('x', models.IntegerField()),
                ('y', models.IntegerField()),
                ('easting', models.IntegerField()),
                ('northing', models.IntegerField()),
                ('kind', models.TextField()),
                ('is_public', models.BooleanField()),
                ('category', models.TextField()),
                ('status', models.TextField()),
                ('standing', models.SmallIntegerField()),
                ('is_late', models.BooleanField()),
                ('age', models.SmallIntegerField()),
                ('ward', models.TextField()),
                ('team_id', models.UUIDField(null=True)),
                ('changes_at', models.DateTimeField(null=True)),
                ('high', models.BigIntegerField()),
                ('low', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['x', 'y'], name='spot_place'), models.Index(condition=models.Q(('changes_at__isnull', False)), fields=['changes_at'], name='spot_changes')],
            },
        ),
    ]
