from django.db import migrations


def fill(apps, schema_editor):
    """Whoever ordered, paid."""
    Payment = apps.get_model("payments", "Payment")
    # A service that starts empty has no payments, and no table of orders to ask.
    if not Payment.objects.exists():
        return
    for payment in Payment.objects.filter(user=None).select_related("order").iterator():
        payment.user_id = payment.order.user_id
        payment.save(update_fields=["user"])


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0001_initial"),
        ("payments", "0002_user_and_reference"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
