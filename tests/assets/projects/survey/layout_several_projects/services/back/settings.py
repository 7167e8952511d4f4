SECRET_KEY = "x"
INSTALLED_APPS = ["bills", "payers"]
