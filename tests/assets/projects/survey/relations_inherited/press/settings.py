SECRET_KEY = "of the press"
# MODULES: stamps writers articles photos
INSTALLED_APPS = ("django.contrib.contenttypes", "stamps", "writers", "articles", "photos")
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
