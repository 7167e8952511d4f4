from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0011_copy_watchers"),
    ]

    operations = [
        migrations.RemoveField("product", "watchers"),
        migrations.RemoveField("order", "address"),
        # The column stays as it is, with its values and its index; only the constraint goes.
        migrations.AlterField(
            "order", "user", models.BigIntegerField(db_column="user_id", db_index=True)
        ),
        migrations.RenameField("order", "user", "user_id"),
        migrations.AlterField("order", "user_id", models.BigIntegerField(db_index=True)),
    ]
