"""The first table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Breads."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Bread",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=50)),
            ],
        )
    ]
