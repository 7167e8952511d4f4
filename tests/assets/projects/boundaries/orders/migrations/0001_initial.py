from django.db import migrations


def fill(apps, schema_editor):
    from users.services import register

    register(apps.get_model("users", "User").objects.first())


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial")]  # EXPECT: E111
    operations = [
        migrations.RunPython(fill),
        migrations.RunSQL("UPDATE users_user SET email = ''"),  # EXPECT: E107
    ]
