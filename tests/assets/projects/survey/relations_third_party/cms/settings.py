# MODULES: people pages shop
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.contenttypes", "mptt", "modelcluster", "taggit", "people", "pages", "shop"]
