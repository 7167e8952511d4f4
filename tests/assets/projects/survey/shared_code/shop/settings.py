# MODULES: users orders
SECRET_KEY = "x"
INSTALLED_APPS = ["shop.users", "shop.orders"]
