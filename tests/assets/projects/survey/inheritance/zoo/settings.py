SECRET_KEY = "of the zoo"
# MODULES: animals birds shows
INSTALLED_APPS = ["animals", "birds", "shows"]
