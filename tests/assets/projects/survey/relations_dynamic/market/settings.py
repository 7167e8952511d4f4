SECRET_KEY = "of the market"
# MODULES: customer basket offer wishes
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "market.customer.apps.CustomerConfig",
    "market.basket",
    "market.offer",
    "market.wishes",
]
AUTH_USER_MODEL = "customer.Client"
MARKET_BASKET_MODEL = "basket.Basket"
WISHES = {"OWNER_MODEL": "customer.Client"}
