from django.db import migrations


def lower(apps, schema_editor):
    """People log in by e-mail now, and write it as they like."""
    User = apps.get_model("users", "User")
    for user in User.objects.exclude(email="").iterator():
        if user.email != user.email.lower():
            user.email = user.email.lower()
            user.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0003_phone_and_newsletter"),
    ]

    operations = [
        migrations.RunPython(lower, migrations.RunPython.noop),
    ]
