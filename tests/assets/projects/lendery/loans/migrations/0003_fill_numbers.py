"""Numbers for the loans that have none: a data migration within its own module."""

from django.db import migrations


def fill(apps, schema_editor):
    Loan = apps.get_model("loans", "Loan")
    for loan in Loan.objects.filter(number=None):
        loan.number = f"L{loan.pk:06}"
        loan.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [("loans", "0002_cards_and_numbers")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL("UPDATE loans_loan SET number = trim(number)", migrations.RunSQL.noop),
    ]
