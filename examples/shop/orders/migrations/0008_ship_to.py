from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_watchers"),
    ]

    operations = [
        migrations.AddField("order", "ship_name", models.CharField(default="", max_length=120)),
        migrations.AddField("order", "ship_street", models.CharField(default="", max_length=200)),
        migrations.AddField("order", "ship_postcode", models.CharField(default="", max_length=16)),
        migrations.AddField("order", "ship_city", models.CharField(default="", max_length=100)),
    ]
