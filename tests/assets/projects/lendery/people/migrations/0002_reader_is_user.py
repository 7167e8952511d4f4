"""Readers become users, whose first data migration knows nothing of other modules."""

import django.contrib.auth.models
from django.db import migrations, models


def branches(apps, schema_editor):
    apps.get_model("people", "Branch").objects.create(name="Main Street")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    # The admin's log refers to the user model by its name of today.
    run_before = [("admin", "0001_initial")]
    operations = [
        migrations.RenameModel("Reader", "User"),
        migrations.AddField("user", "phone", models.CharField(blank=True, max_length=20)),
        migrations.AddField(
            "user",
            "guardian",
            models.ForeignKey(
                blank=True, null=True, on_delete=models.deletion.SET_NULL, to="people.user"
            ),
        ),
        migrations.AddField(
            "user", "friends", models.ManyToManyField(blank=True, to="people.user")
        ),
        migrations.RunPython(branches, migrations.RunPython.noop),
        migrations.RunSQL("UPDATE people_branch SET name = 'High Street'", migrations.RunSQL.noop),
        migrations.AlterModelManagers(
            "user", [("objects", django.contrib.auth.models.UserManager())]
        ),
    ]
