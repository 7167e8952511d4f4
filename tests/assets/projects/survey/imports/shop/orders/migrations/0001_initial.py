# ALL EXPECTED, code too
from django.db import migrations, models

import shop.accounts.text.names  # EXPECT: import orders->accounts face=internal place=migration


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),  # EXPECT: migration orders->accounts
    ]
    operations = []
