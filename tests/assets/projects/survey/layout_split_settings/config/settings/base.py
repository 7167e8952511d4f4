# MODULES: users orders bills payers
SECRET_KEY = "x"
DJANGO_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
THIRD_PARTY_APPS = ["rest_framework"]
LOCAL_APPS = ["users", "orders"]
INSTALLED_APPS = DJANGO_APPS + THIRD_PARTY_APPS + LOCAL_APPS
