# MODULES: users orders
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.auth", "comments", "users", "orders"]
