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
            name='Document',
            fields=[
                ('id', models.UUIDField(default=townhall.kernel.modules.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('content_type', models.TextField()),
                ('size', models.IntegerField()),
                ('width', models.IntegerField(null=True)),
                ('height', models.IntegerField(null=True)),
                ('name', models.TextField()),
                ('purpose', models.TextField()),
                ('scan', models.TextField(choices=[('not_scanned', 'Not Scanned'), ('clean', 'Clean'), ('infected', 'Infected')], default='not_scanned')),
                ('is_public', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='cases.case')),
            ],
            options={
                'ordering': ['created_at', 'id'],
                'indexes': [models.Index(fields=['sha256'], name='document_content'), models.Index(condition=models.Q(('case__isnull', True)), fields=['created_at'], name='document_abandoned'), models.Index(condition=models.Q(('scan', 'not_scanned')), fields=['created_at'], name='document_not_scanned')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_public', True), ('scan', 'infected'), _negated=True), name='an_infected_document_is_not_public'), models.CheckConstraint(condition=models.Q(models.Q(('content_type__startswith', 'image/'), ('height__gt', 0), ('width__gt', 0)), models.Q(('content_type', 'application/pdf'), ('height__isnull', True), ('width__isnull', True)), _connector='OR'), name='a_picture_has_a_width_and_a_height')],
            },
        ),
    ]
