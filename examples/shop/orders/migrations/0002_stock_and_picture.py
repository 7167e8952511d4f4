from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0001_initial"),
    ]

    operations = [
        migrations.AddField("product", "stock", models.PositiveIntegerField(default=0)),
        migrations.AddField("product", "picture", models.CharField(default="pots", max_length=30)),
        migrations.AddField("product", "care", models.CharField(blank=True, max_length=200)),
    ]
