from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0004_fill_numbers"),
    ]

    operations = [
        migrations.AlterField(
            "order", "number", models.CharField(max_length=20, null=True, unique=True)
        ),
    ]
