SECRET_KEY = "of the blog"
# MODULES: tags posts pictures
INSTALLED_APPS = ["django.contrib.contenttypes", "tags", "posts", "pictures"]
