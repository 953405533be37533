from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.TextField()),
                ('day', models.DateField()),
                ('category', models.TextField()),
                ('ward', models.TextField()),
                ('team_id', models.UUIDField(default='00000000-0000-0000-0000-000000000000')),
                ('bin', models.SmallIntegerField(default=0)),
                ('count', models.IntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure', 'day', 'category', 'ward', 'team_id', 'bin'), name='one_tally_for_each')],
            },
        ),
    ]
