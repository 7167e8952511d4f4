"""Loans get a card and a number, and anybody may watch them."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loans", "0001_initial"), ("people", "0002_reader_is_user")]
    operations = [
        migrations.AddField(
            "loan",
            "card",
            models.ForeignKey(null=True, on_delete=models.deletion.SET_NULL, to="people.card"),
        ),
        migrations.AddField("loan", "number", models.CharField(max_length=12, null=True)),
        migrations.AddField(
            "loan",
            "watchers",
            models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
    ]
