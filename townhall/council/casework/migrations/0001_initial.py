import django.db.models.deletion
import townhall.kernel.modules.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('channel', models.TextField(default='phone')),
                ('about', models.TextField(choices=[('chasing', 'Chasing'), ('new', 'New'), ('question', 'Question'), ('complaint', 'Complaint')])),
                ('text', models.TextField(blank=True)),
                ('minutes', models.IntegerField(default=0)),
                ('is_answered', models.BooleanField(default=True)),
                ('is_verified', models.BooleanField(default=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='cases.case')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['person', '-at'], name='contact_of_person')],
            },
        ),
    ]
