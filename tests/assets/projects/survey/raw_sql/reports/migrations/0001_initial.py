# ALL EXPECTED
from django.db import migrations, models

FORWARD = """
CREATE VIEW paid AS
    SELECT o.id, u.email FROM orders_order o JOIN accounts_user u ON u.id = o.user_id;
CREATE INDEX status ON orders_order (status);
"""


def fill(apps, schema_editor):
    schema_editor.execute("UPDATE accounts_user SET email = ''")  # EXPECT: raw_sql reports->accounts table=accounts_user
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT * FROM catalogue_product")  # EXPECT: raw_sql reports->catalogue table=catalogue_product


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.CreateModel("Daily", [("id", models.BigAutoField(primary_key=True)), ("day", models.DateField())], {"db_table": "daily"}),
        migrations.RunSQL(FORWARD, reverse_sql="DROP VIEW paid"),  # EXPECT: raw_sql reports->orders table=orders_order; raw_sql reports->accounts table=accounts_user
        migrations.RunSQL(  # EXPECT: raw_sql reports->catalogue table=catalogue_category
            sql=[
                ("UPDATE catalogue_category SET name = %s", ["x"]),
                "SELECT 1",
            ],
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
