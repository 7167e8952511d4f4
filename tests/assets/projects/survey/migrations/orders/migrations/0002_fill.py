# ALL EXPECTED, code too
from django.db import migrations
from django.db.migrations import Migration as Base, RunPython


def fill(apps, schema_editor):
    User = apps.get_model("accounts", "User")  # EXPECT: get_model orders->accounts target=accounts.User place=migration
    Order = apps.get_model("orders", "Order")
    for user in User.objects.using(schema_editor.connection.alias).all():  # EXPECT: model_access orders->accounts target=accounts.User verb=read place=migration
        Order.objects.create(user_id=user.pk)
    User.objects.update(email="")  # EXPECT: model_access orders->accounts verb=update


def empty(apps, schema_editor):
    apps.get_model("orders.Order").objects.all().delete()


class Migration(Base):
    dependencies = [("orders", "0001_initial"), ("accounts", "__latest__")]  # EXPECT: migration orders->accounts
    operations = [RunPython(fill, empty)]


Migration.dependencies.append(("archive", "__first__"))  # MAY: migration orders->archive
