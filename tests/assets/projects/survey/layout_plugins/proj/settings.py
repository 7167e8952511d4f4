# MODULES: users orders acme_gifts acme_notes
from importlib.metadata import entry_points

SECRET_KEY = "x"
INSTALLED_APPS = ["users", "orders"]
PLUGINS = []
for entry_point in entry_points(group="shop.plugin"):
    PLUGINS.append(entry_point.module)
    INSTALLED_APPS.append(entry_point.module)
