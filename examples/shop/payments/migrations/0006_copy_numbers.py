from django.db import migrations


def copy(apps, schema_editor):
    """What customers call an order, for when payments can no longer look it up."""
    Payment = apps.get_model("payments", "Payment")
    # A service that starts empty has no payments, and no table of orders to ask.
    if not Payment.objects.exists():
        return
    for payment in Payment.objects.select_related("order").iterator():
        payment.number = payment.order.number or ""
        payment.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0005_unique_number"),
        ("payments", "0005_number"),
    ]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
