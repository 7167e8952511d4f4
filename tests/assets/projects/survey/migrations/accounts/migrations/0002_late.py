# ALL EXPECTED, code too
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    run_before = [
        ("archive", "0001_initial"),  # EXPECT: migration accounts->archive
    ]
