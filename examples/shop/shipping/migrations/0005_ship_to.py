from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("shipping", "0004_first_carrier"),
    ]

    operations = [
        migrations.AddField("shipment", "ship_name", models.CharField(default="", max_length=120)),
        migrations.AddField(
            "shipment", "ship_street", models.CharField(default="", max_length=200)
        ),
        migrations.AddField(
            "shipment", "ship_postcode", models.CharField(default="", max_length=16)
        ),
        migrations.AddField("shipment", "ship_city", models.CharField(default="", max_length=100)),
        migrations.AddField("shipment", "number", models.CharField(blank=True, max_length=20)),
        migrations.AddField(
            "shipment", "user_id", models.BigIntegerField(db_index=True, default=0)
        ),
    ]
