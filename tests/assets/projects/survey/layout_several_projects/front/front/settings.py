# MODULES: users orders bills payers
SECRET_KEY = "x"
INSTALLED_APPS = ["users", "orders"]
