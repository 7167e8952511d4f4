SECRET_KEY = "of the shop"
# MODULES: accounts orders archive
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "accounts", "orders", "archive"]
AUTH_USER_MODEL = "accounts.User"
MIGRATION_MODULES = {"archive": "archive.schema"}
