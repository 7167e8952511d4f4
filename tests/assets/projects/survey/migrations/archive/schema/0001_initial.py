# ALL EXPECTED, code too
from django.db import migrations


class Migration(migrations.Migration):
    replaces = [("orders", "0009_archive")]  # MAY: migration archive->orders
    dependencies = migrations.Migration.dependencies + [("orders", "0002_fill")]  # EXPECT: migration archive->orders
