from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0012_let_go_of_users"),
    ]

    operations = [
        migrations.AddField(
            "order", "checkout", models.CharField(max_length=40, null=True, unique=True)
        ),
    ]
