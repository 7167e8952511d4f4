SECRET_KEY = "of the shop"
# MODULES: accounts catalogue orders reports checkout
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "accounts",
    "catalogue",
    "orders",
    "reports",
    "checkout",
]
AUTH_USER_MODEL = "accounts.User"
# Each request in a transaction: that is the framework's block, and stands on no line of the code.
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "ATOMIC_REQUESTS": True}}
