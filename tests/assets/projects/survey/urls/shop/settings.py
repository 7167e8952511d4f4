SECRET_KEY = "of the shop"
# MODULES: accounts orders reports
INSTALLED_APPS = ["django.contrib.admin", "accounts", "orders", "reports"]
ROOT_URLCONF = "shop.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["templates"], "APP_DIRS": True}]
LOGIN_URL = "accounts:login"
