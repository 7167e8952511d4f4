"""The first loans, tied to people and titles by keys that will grow."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("catalogue", "0001_initial"), ("people", "0002_reader_is_user")]
    operations = [
        migrations.CreateModel(
            name="Loan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, to="catalogue.title"),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.title",
                        to_field="isbn",
                    ),
                ),
                ("labels", models.ManyToManyField(blank=True, to="catalogue.tag")),
            ],
        ),
        migrations.CreateModel(
            name="Fine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cents", models.PositiveIntegerField()),
                (
                    "loan",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, to="loans.loan"),
                ),
            ],
        ),
    ]
