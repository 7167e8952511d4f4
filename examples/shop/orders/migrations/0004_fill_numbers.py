from django.db import migrations


def fill(apps, schema_editor):
    """Orders were known by their ids; customers get numbers that are easier to read out."""
    Order = apps.get_model("orders", "Order")
    for order in Order.objects.filter(number=None).iterator():
        order.number = f"FF-{1000 + order.pk}"
        order.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0003_number"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
