import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0002_address"),
        ("shipping", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "shipment",
            "address",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shipments",
                to="users.address",
            ),
        ),
    ]
