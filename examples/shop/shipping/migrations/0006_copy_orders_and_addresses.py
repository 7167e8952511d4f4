from django.db import migrations


def copy(apps, schema_editor):
    """All that a parcel needs to know, for when shipping can no longer look it up."""
    Shipment = apps.get_model("shipping", "Shipment")
    # A service that starts empty has no parcels, and no tables of others to ask.
    if not Shipment.objects.exists():
        return
    for shipment in Shipment.objects.select_related("order", "address").iterator():
        shipment.number = shipment.order.number or ""
        shipment.user_id = shipment.order.user_id
        if shipment.address:
            shipment.ship_name = shipment.address.name
            shipment.ship_street = shipment.address.street
            shipment.ship_postcode = shipment.address.postcode
            shipment.ship_city = shipment.address.city
        shipment.save()


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0005_unique_number"),
        ("shipping", "0005_ship_to"),
    ]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
