from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0006_copy_numbers"),
    ]

    operations = [
        # The columns stay as they are, with their values and indexes; only the constraints go.
        migrations.AlterField(
            "payment", "order", models.BigIntegerField(db_column="order_id", db_index=True)
        ),
        migrations.RenameField("payment", "order", "order_id"),
        migrations.AlterField("payment", "order_id", models.BigIntegerField(db_index=True)),
        migrations.AlterField(
            "payment", "user", models.BigIntegerField(db_column="user_id", db_index=True, null=True)
        ),
        migrations.RenameField("payment", "user", "user_id"),
        migrations.AlterField(
            "payment", "user_id", models.BigIntegerField(db_index=True, null=True)
        ),
    ]
