# ALL EXPECTED
# A migration of South, before Django had any.
from south.db import db
from south.v2 import SchemaMigration


class Migration(SchemaMigration):
    def forwards(self, orm):
        db.create_table("south_like_change", (("id", orm["south_like.Change"]),))

    models = {
        "users.user": {"email": ("django.db.models.fields.EmailField", [], {"max_length": "75"})},
    }
