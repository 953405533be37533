import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Borough',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.IntegerField()),
                ('size', models.TextField()),
                ('people', models.IntegerField()),
                ('cases', models.IntegerField()),
                ('seconds', models.FloatField()),
                ('until', models.DateTimeField()),
                ('pictured', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Truth',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('duplicate_of', models.UUIDField(null=True)),
                ('safeguarding', models.TextField(blank=True)),
            ],
        ),
    ]
