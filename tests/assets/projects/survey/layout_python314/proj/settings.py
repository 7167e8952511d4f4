# MODULES: users orders
SECRET_KEY = "x"
INSTALLED_APPS: list[str] = ["users", "orders"]
