SECRET_KEY = "x"
INSTALLED_APPS = ["users", "orders"]
