"""Numbers become unique, users required, titles optional."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("loans", "0003_fill_numbers"),
        ("people", "0003_bigger_keys"),
        ("catalogue", "0002_labels_and_bigger_keys"),
    ]
    operations = [
        migrations.AlterField("loan", "number", models.CharField(max_length=12, unique=True)),
        migrations.AlterField(
            "loan",
            "user",
            models.ForeignKey(on_delete=models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            "loan",
            "title",
            models.ForeignKey(null=True, on_delete=models.deletion.SET_NULL, to="catalogue.title"),
        ),
    ]
