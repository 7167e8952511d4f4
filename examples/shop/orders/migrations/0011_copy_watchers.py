from django.db import migrations


def copy(apps, schema_editor):
    """Who waits for a product, without the table that ties products to users."""
    StockAlert = apps.get_model("orders", "StockAlert")
    through = apps.get_model("orders", "Product").watchers.through
    for product_id, user_id in through.objects.values_list("product_id", "user_id"):
        StockAlert.objects.get_or_create(product_id=product_id, user_id=user_id)


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0010_stock_alert"),
    ]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
