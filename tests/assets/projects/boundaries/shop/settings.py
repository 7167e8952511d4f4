INSTALLED_APPS = ["users", "orders", "payments", "shipping", "reports", "toolbox"]
ROOT_URLCONF = "shop.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}
CARDS = "https://cards.example"
