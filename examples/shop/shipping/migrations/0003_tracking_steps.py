import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("shipping", "0002_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrackingStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("text", models.CharField(max_length=120)),
                (
                    "shipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="shipping.shipment",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        )
    ]
