"""Tags become labels, keys grow, and titles learn of loans and people."""

from django.conf import settings
from django.db import migrations, models


def count(apps, schema_editor):
    assert apps.get_model("catalogue", "Title").objects.count() == 0


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
        ("loans", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RenameModel("Tag", "Label"),
        migrations.RenameField("title", "tags", "labels"),
        migrations.AlterField(
            "label",
            "id",
            models.BigAutoField(
                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
            ),
        ),
        migrations.AlterField(
            "title",
            "id",
            models.BigAutoField(
                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
            ),
        ),
        migrations.AlterField("title", "isbn", models.CharField(max_length=17, unique=True)),
        migrations.AlterField("title", "name", models.CharField(max_length=80)),
        migrations.AddField("title", "shelf", models.CharField(blank=True, max_length=8)),
        migrations.AddField(
            "title",
            "newest_loan",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to="loans.loan",
            ),
        ),
        migrations.AddField(
            "title",
            "fans",
            models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddIndex("title", models.Index(fields=["name", "shelf"], name="old_name")),
        migrations.RenameIndex("title", new_name="catalogue_name_shelf", old_name="old_name"),
        migrations.AddConstraint(
            "title",
            models.CheckConstraint(condition=~models.Q(name=""), name="catalogue_named"),
        ),
        migrations.AlterUniqueTogether("title", {("name", "shelf")}),
        migrations.AlterUniqueTogether("title", set()),
    ]
