from django.db import migrations


def copy(apps, schema_editor):
    """The address of an order is what it was when it was ordered, so it belongs to the order."""
    Order = apps.get_model("orders", "Order")
    # A service that starts empty has no orders to copy for, and no table of addresses to ask.
    if not Order.objects.filter(address_id__isnull=False).exists():
        return
    for order in Order.objects.select_related("address").iterator():
        order.ship_name = order.address.name
        order.ship_street = order.address.street
        order.ship_postcode = order.address.postcode
        order.ship_city = order.address.city
        order.save(update_fields=["ship_name", "ship_street", "ship_postcode", "ship_city"])


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0008_ship_to"),
    ]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
