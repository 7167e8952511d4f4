from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_refund"),
    ]

    operations = [
        migrations.AddField("payment", "number", models.CharField(blank=True, max_length=20)),
    ]
