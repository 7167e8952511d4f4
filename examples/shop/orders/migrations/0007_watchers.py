from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("orders", "0006_address"),
    ]

    operations = [
        migrations.AddField(
            "product",
            "watchers",
            models.ManyToManyField(
                blank=True, related_name="watched_products", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
