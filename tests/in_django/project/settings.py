"""The settings of the Django project that the tests run in: SQLite in memory, our apps, no more."""

SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tests.in_django.project.urls"

INSTALLED_APPS = [
    "banyan.calls",
    "tests.in_django.apps.stock",
    "tests.in_django.apps.sales",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "banyan.events",
    "banyan.identity",
]

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "banyan.identity.middleware.TokenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = ["banyan.identity.backends.TokenBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the tests' time is dear

DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
    # For modules that keep their rows elsewhere.
    "other": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
}

# stock's contract has a method that joins its caller's transaction, to be tested.
SILENCED_SYSTEM_CHECKS = ["banyan.W305"]
