# MODULES: users orders
SECRET_KEY = "x"
INSTALLED_APPS = ["acme.users", "acme.orders"]
