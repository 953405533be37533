import django.contrib.postgres.indexes
import townhall.kernel.geo.fields
import townhall.kernel.modules.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin', models.TextField()),
                ('title', models.TextField()),
                ('counts', models.JSONField(default=dict)),
                ('credit', models.TextField(blank=True, help_text="words the source's licence wants beside the map")),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('uprn', models.BigIntegerField(null=True, unique=True)),
                ('usrn', models.BigIntegerField(null=True)),
                ('number', models.TextField()),
                ('street', models.TextField()),
                ('locality', models.TextField(blank=True)),
                ('postcode', models.TextField(blank=True)),
                ('ward_code', models.TextField(blank=True)),
                ('point', townhall.kernel.geo.fields.PointField()),
                ('origin', models.TextField(help_text='where the row came from: town, osm or boundaries; loading again replaces the rows of the same origin')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['point'], name='address_point'), models.Index(django.contrib.postgres.indexes.OpClass('postcode', name='text_pattern_ops'), name='address_postcode'), models.Index(fields=['street', 'number'], name='address_street_number')],
            },
        ),
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('reference', models.TextField()),
                ('label', models.TextField()),
                ('label_cy', models.TextField(blank=True)),
                ('usrn', models.BigIntegerField(null=True)),
                ('owner', models.TextField(blank=True)),
                ('sought', models.TextField()),
                ('point', townhall.kernel.geo.fields.PointField()),
                ('origin', models.TextField(help_text='where the row came from: town, osm or boundaries; loading again replaces the rows of the same origin')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'reference'), name='asset_has_one_reference')],
            },
        ),
        migrations.CreateModel(
            name='Boundary',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('council', 'Council'), ('ward', 'Ward'), ('neighbour', 'Neighbour')])),
                ('code', models.TextField()),
                ('name', models.TextField()),
                ('name_cy', models.TextField(blank=True)),
                ('geometry', models.BinaryField()),
                ('box', townhall.kernel.geo.fields.BoxField()),
                ('origin', models.TextField(help_text='where the row came from: town, osm or boundaries; loading again replaces the rows of the same origin')),
            ],
            options={
                'ordering': ['kind', 'name'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='boundary_has_one_code')],
            },
        ),
        migrations.CreateModel(
            name='Feature',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('layer', models.TextField()),
                ('kind', models.TextField()),
                ('name', models.TextField(blank=True)),
                ('name_cy', models.TextField(blank=True)),
                ('width_metres', models.FloatField(default=0)),
                ('min_zoom', models.SmallIntegerField()),
                ('geometry', models.BinaryField()),
                ('box', townhall.kernel.geo.fields.BoxField()),
                ('origin', models.TextField(help_text='where the row came from: town, osm or boundaries; loading again replaces the rows of the same origin')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['box'], name='feature_box'), django.contrib.postgres.indexes.GistIndex(condition=models.Q(('min_zoom__lt', 13)), fields=['box'], name='feature_box_far')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('name_cy', models.TextField(blank=True)),
                ('kind', models.TextField()),
                ('sought', models.TextField()),
                ('point', townhall.kernel.geo.fields.PointField()),
                ('origin', models.TextField(help_text='where the row came from: town, osm or boundaries; loading again replaces the rows of the same origin')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['point'], name='place_point')],
            },
        ),
        migrations.CreateModel(
            name='Street',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('usrn', models.BigIntegerField(null=True, unique=True)),
                ('name', models.TextField()),
                ('name_cy', models.TextField(blank=True)),
                ('kind', models.TextField()),
                ('locality', models.TextField(blank=True)),
                ('ward_code', models.TextField(blank=True)),
                ('sought', models.TextField()),
                ('point', townhall.kernel.geo.fields.PointField()),
                ('geometry', models.BinaryField()),
                ('box', townhall.kernel.geo.fields.BoxField()),
                ('origin', models.TextField(help_text='where the row came from: town, osm or boundaries; loading again replaces the rows of the same origin')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['box'], name='street_box')],
            },
        ),
    ]
