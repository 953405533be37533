import townhall.kernel.modules.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('is_ours', models.BooleanField(default=False)),
                ('is_fictional', models.BooleanField(default=False)),
                ('gss_code', models.CharField(max_length=9, unique=True)),
                ('tier', models.TextField(choices=[('district', 'district'), ('county', 'county'), ('unitary', 'unitary')])),
                ('nation', models.TextField(default='england')),
                ('short_name', models.TextField()),
                ('name', models.TextField()),
                ('name_cy', models.TextField(blank=True)),
                ('second_line', models.TextField(blank=True)),
                ('colour_1', models.CharField(default='#571c45', max_length=7)),
                ('colour_2', models.CharField(default='#b9cf4a', max_length=7)),
                ('telephone', models.TextField(blank=True)),
                ('emergency_telephone', models.TextField(blank=True)),
                ('staff_telephone', models.TextField(blank=True)),
                ('text_relay', models.TextField(blank=True)),
                ('address', models.TextField(blank=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('website', models.TextField(blank=True)),
                ('hours', models.JSONField(default=list)),
                ('does', models.JSONField(default=list)),
                ('does_cy', models.JSONField(default=list)),
                ('open311_url', models.TextField(blank=True)),
                ('open311_jurisdiction', models.TextField(blank=True)),
                ('open311_key', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_ours', True)), fields=('is_ours',), name='one_authority_is_ours')],
            },
        ),
    ]
