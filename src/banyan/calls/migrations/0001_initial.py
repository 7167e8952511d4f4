"""Makes the table of idempotency keys."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("method", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=200)),
                ("fingerprint", models.BinaryField(max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[("started", "Started"), ("done", "Done")],
                        default="started",
                        max_length=7,
                    ),
                ),
                ("declared_error", models.CharField(blank=True, default="", max_length=200)),
                ("outcome", models.BinaryField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("method", "key"), name="banyan_calls_key_once")
                ],
            },
        ),
    ]
