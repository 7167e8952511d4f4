from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("shipping", "0006_copy_orders_and_addresses"),
    ]

    operations = [
        migrations.RemoveField("shipment", "address"),
        # The column stays as it is, with its values and its unique index; only the constraint goes.
        migrations.AlterField(
            "shipment", "order", models.BigIntegerField(db_column="order_id", unique=True)
        ),
        migrations.RenameField("shipment", "order", "order_id"),
        migrations.AlterField("shipment", "order_id", models.BigIntegerField(unique=True)),
    ]
