from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0007_let_go_of_orders_and_users"),
    ]

    operations = [
        migrations.AlterField(
            "payment",
            "status",
            models.CharField(
                choices=[
                    ("started", "started"),
                    ("received", "received"),
                    ("refused", "refused"),
                    ("refunded", "refunded"),
                ],
                default="received",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "payment",
            models.UniqueConstraint(
                condition=models.Q(("status__in", ["started", "received"])),
                fields=("order_id",),
                name="payments_one_per_order",
            ),
        ),
        migrations.CreateModel(
            name="SandboxCharge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=40, unique=True)),
                ("number", models.CharField(max_length=20)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                ("accepted", models.BooleanField()),
                ("refunded", models.BooleanField(default=False)),
            ],
        ),
    ]
