SECRET_KEY = "of the shop"
# MODULES: accounts catalogue orders reports
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "accounts",
    "catalogue",
    "orders",
    "reports",
]
AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "shop.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
