SECRET_KEY = "x"
INSTALLED_APPS = ["users", "teams", "orders", "bills", "posts"]
