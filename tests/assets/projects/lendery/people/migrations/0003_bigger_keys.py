"""Keys grow, and the loans refer to them already."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_reader_is_user"), ("loans", "0002_cards_and_numbers")]
    operations = [
        migrations.AlterField(
            "branch",
            "id",
            models.BigAutoField(
                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
            ),
        ),
        migrations.AlterField(
            "user",
            "id",
            models.BigAutoField(
                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
            ),
        ),
        migrations.AddField(
            "user",
            "last_loan",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to="loans.loan",
            ),
        ),
        migrations.AlterField(
            "user",
            "branch",
            models.ForeignKey(
                blank=True, null=True, on_delete=models.deletion.SET_NULL, to="people.branch"
            ),
        ),
    ]
