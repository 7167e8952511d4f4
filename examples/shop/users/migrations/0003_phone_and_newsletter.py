from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0002_address"),
    ]

    operations = [
        migrations.AddField("user", "phone", models.CharField(max_length=30, blank=True)),
        migrations.AddField("user", "newsletter", models.BooleanField(default=False)),
    ]
