from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_stock_and_picture"),
    ]

    operations = [
        migrations.AddField("order", "number", models.CharField(max_length=20, null=True)),
    ]
