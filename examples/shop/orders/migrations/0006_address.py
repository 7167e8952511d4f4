import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0002_address"),
        ("orders", "0005_unique_number"),
    ]

    operations = [
        migrations.AddField(
            "order",
            "address",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="users.address",
            ),
        ),
    ]
