from django.db import migrations


def make(apps, schema_editor):
    """There is always one to send a parcel with."""
    Carrier = apps.get_model("shipping", "Carrier")
    Carrier.objects.get_or_create(code="SN", defaults={"name": "Snail & Sons"})


class Migration(migrations.Migration):
    dependencies = [
        ("shipping", "0003_tracking_steps"),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
